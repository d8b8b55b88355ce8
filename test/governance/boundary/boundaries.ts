import type { Boundary } from '../../../src/governance/index.ts'
import type { Placed } from '../../../src/governance/boundary/placement.ts'
import type { Subject } from '../../../src/governance/boundary/subject.ts'
import type { DatasetName, Selector, Zone } from '../../../src/model/index.ts'
import { compileBoundaries } from '../../../src/governance/boundary/compile.ts'
import { placementOf } from '../../../src/governance/boundary/placement.ts'
import { canonicalName } from '../../../src/model/index.ts'

export function boundary(name: string, zone: Zone, ...selectors: readonly Selector[]): Boundary {
  return { name, zone, selectors, version: 1 }
}

export type Spelled = readonly [namespace: string, name: string]

/** A dataset as the graph has it, under its canonical names. */
export function dataset(names: readonly Spelled[], tags: readonly string[] = []): Subject {
  return { kind: 'dataset', names: names.map(named), tags }
}

export function job(namespace: string, name: string, tags?: readonly string[]): Subject {
  return { kind: 'job', name: { namespace, name }, ...(tags === undefined ? {} : { tags }) }
}

export function principal(id: string): Subject {
  return { kind: 'principal', id }
}

export function placed(subject: Subject, boundaries: readonly Boundary[]): Placed | undefined {
  return placementOf(subject, compileBoundaries(boundaries))
}

/** Zone and boundary, as `PROTECTED hospital`. */
export function place(subject: Subject, boundaries: readonly Boundary[]): string | undefined {
  const found = placed(subject, boundaries)
  return found && `${found.zone} ${found.boundary?.name ?? '-'}`
}

function named([namespace, name]: Spelled): DatasetName {
  return canonicalName(namespace, name)
}
