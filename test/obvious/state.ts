import type { Micros } from '../../src/model/index.ts'
import type { LogicalState } from '../../src/graph/index.ts'
import type { Run } from './run.ts'
import type { Said } from './said.ts'
import type { World } from './world.ts'
import { compareCodePoints } from '../../src/model/index.ts'
import { datasetIdOf } from './id.ts'
import { accessRows, originRows } from './access.ts'
import { unknownEntries } from './event-count.ts'
import { declaredRenamesOf, versionsOf } from './declaration.ts'
import { runRecord } from './catalog.ts'
import { subjectIdsOf } from './subject.ts'

type Row<Part extends keyof LogicalState> = LogicalState[Part][number]

/** What the digest is over, from everything that is said. */
export function logicalState(world: World): LogicalState {
  const { all, classes } = world
  const runs = [...world.runs.values()]
  const members = [...runs.flatMap(runMembers), ...declaredMembers(all), ...renameMembers(all)]
  return {
    names: [...classes].map(([id, { names }]) => {
      const name = names.find((one) => datasetIdOf(one) === id)
      return [id, name?.namespace ?? '', name?.name ?? '']
    }),
    classes: world
      .datasets()
      .filter(({ names, locations }) => names.length > 1 || locations.length > 0)
      .map(({ id, names, locations }) => [
        id,
        names.map(datasetIdOf).toSorted(),
        locations
          .map(({ name, from, until }) => ({ id: datasetIdOf(name), from, until }))
          .toSorted((x, y) => compareStarts(x.from, y.from) || compareCodePoints(x.id, y.id))
          .map(({ id: place, from, until }) => [place, orNull(from), orNull(until)]),
      ]),
    runs: runs.flatMap((run): readonly Row<'runs'>[] => {
      const record = runRecord(run)
      if (record === undefined) return []
      const { id, job, state, startedAt, endedAt, parent } = record
      return [[id, job, state, orNull(startedAt), orNull(endedAt), parent ?? null]]
    }),
    flows: [...new Map(members.map(({ flow }) => [flow[0], flow])).values()],
    members: members.map(({ member }) => member),
    replaced: runs.flatMap(({ id, replaced }) =>
      replaced.map(({ dataset, at }): Row<'replaced'> => [dataset, at, id]),
    ),
    evidence: evidenceRows(all),
    accesses: accessRows(world),
    origins: originRows(world),
    unknown: unknownEntries(world),
  }
}

function compareStarts(a: Micros | undefined, b: Micros | undefined): number {
  return a === b ? 0 : (a ?? -Infinity) < (b ?? -Infinity) ? -1 : 1
}

type MemberRow = Readonly<{ flow: Row<'flows'>; member: Row<'members'> }>

function runMembers(run: Run): readonly MemberRow[] {
  return run.versions.flatMap(({ flow, sessions, from, until, lastSeen }) =>
    sessions.map(({ start, end }): MemberRow => {
      const times = [from, until, start, end, lastSeen]
      const maps = flow.maps.map(({ output, key: mapKey }) => [output, mapKey] as const)
      return {
        flow: [flow.id, flow.job ?? null, flow.kind, flow.inputs, flow.outputs],
        member: [flow.id, run.id, 'OBSERVED', times.map(orNull), maps],
      }
    }),
  )
}

/** What was replaced stays shown: data went through it. */
function declaredMembers(all: readonly Said[]): readonly MemberRow[] {
  return versionsOf(all).flatMap(({ declarer, flows, from, until, lastStated }) =>
    flows.map(({ id, job, kind, inputs, outputs, maps }): MemberRow => {
      const times: readonly (Micros | undefined)[] = [from, undefined, from, until, lastStated]
      const keyed = maps.map(({ output, key }) => [output, key] as const)
      return {
        flow: [id, job ?? null, kind, inputs, outputs],
        member: [id, declarer, 'DECLARED', times.map(orNull), keyed],
      }
    }),
  )
}

function renameMembers(all: readonly Said[]): readonly MemberRow[] {
  return declaredRenamesOf(all).map(({ declarer, flow, at }) => ({
    flow: [flow.id, flow.job ?? null, flow.kind, flow.inputs, flow.outputs],
    member: [flow.id, declarer, 'OBSERVED', [at, null, at, at, at], []],
  }))
}

function evidenceRows(all: readonly Said[]): LogicalState['evidence'] {
  const bySubject = new Map<string, Set<string>>()
  for (const one of all) {
    for (const id of subjectIdsOf(one)) {
      bySubject.set(id, (bySubject.get(id) ?? new Set()).add(one.entry.key))
    }
  }
  return [...bySubject].map(([id, keys]) => [id, [...keys].toSorted(compareCodePoints)])
}

function orNull(at: Micros | undefined): number | null {
  return at ?? null
}
