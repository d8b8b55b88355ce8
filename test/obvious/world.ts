import type {
  DatasetId,
  DatasetName,
  FlowId,
  Interval,
  Micros,
  RunId,
} from '../../src/model/index.ts'
import type { Flow } from './flow.ts'
import type { Class } from './identity.ts'
import type { Met } from './meeting.ts'
import type { Run } from './run.ts'
import type { InEffect, Said } from './said.ts'
import { datasetIdOf } from './id.ts'
import { existenceOf, retiredSince } from './existence.ts'
import { flowsFrom } from './flow.ts'
import { classesOf } from './identity.ts'
import { meetingsOf } from './meeting.ts'
import { runsOf } from './run.ts'
import { greatest, least, saidBy, upTo } from './said.ts'

export type WorldOptions = Readonly<{ asOf: Micros | undefined; clockSkewMax: number }>

/**
 * Everything that the entries in effect make, as of one moment: worked out from nothing at each
 * question. "Only classes of names and the first known location use all events." (design.md
 * section 5)
 */
export class World {
  readonly entries: readonly InEffect[]
  /** All that is said, and the part of it that counts at the moment. */
  readonly all: readonly Said[]
  readonly said: readonly Said[]
  readonly asOf: Micros | undefined
  readonly classes: ReadonlyMap<DatasetId, Class>
  #runs: ReadonlyMap<RunId, Run> | undefined
  #runsInTheEnd: ReadonlyMap<RunId, Run> | undefined
  #flows: ReadonlyMap<FlowId, Flow> | undefined

  constructor(entries: readonly InEffect[], { asOf, clockSkewMax }: WorldOptions) {
    this.entries = entries
    this.asOf = asOf
    this.all = saidBy(entries, clockSkewMax)
    this.said = upTo(this.all, asOf)
    this.classes = classesOf(this.all)
  }

  get runs(): ReadonlyMap<RunId, Run> {
    this.#runs ??= runsOf(this.said)
    return this.#runs
  }

  /** As everything makes them, whatever the moment. */
  get runsInTheEnd(): ReadonlyMap<RunId, Run> {
    this.#runsInTheEnd ??= runsOf(this.all)
    return this.#runsInTheEnd
  }

  get flows(): ReadonlyMap<FlowId, Flow> {
    this.#flows ??= flowsFrom(this.said, this.runs.values())
    return this.#flows
  }

  /** Each dataset once. */
  datasets(): readonly Class[] {
    return [...new Set(this.classes.values())]
  }

  /** "Any member's id leads to it." */
  classOf(id: DatasetId): Class | undefined {
    return this.classes.get(id)
  }

  /** The dataset of a name; its own id where nothing in effect names it. */
  datasetOf(id: DatasetId): DatasetId {
    return this.classes.get(id)?.id ?? id
  }

  /** Distinct datasets of names, sorted. */
  datasetsOf(names: readonly DatasetId[]): readonly DatasetId[] {
    return [...new Set(names.map((id) => this.datasetOf(id)))].toSorted()
  }

  namesOf(id: DatasetId): readonly DatasetName[] {
    return this.classes.get(id)?.names ?? []
  }

  nameIdsOf(id: DatasetId): ReadonlySet<DatasetId> {
    return new Set(this.namesOf(id).map(datasetIdOf))
  }

  meetings(id: DatasetId): readonly Met[] {
    const of = this.classes.get(id)
    return of === undefined ? [] : meetingsOf(of, this.datasets(), this.asOf)
  }

  existence(id: DatasetId): readonly Interval[] {
    const of = this.classes.get(id)
    return of === undefined ? [] : existenceOf(of, this.all, this.asOf)
  }

  /**
   * "What was retired (a dropped table, a deleted rule, an old version of a job) still bridges,
   * marked as retired": since one of its datasets ended, or all that ever said it were declarations
   * and each was replaced.
   */
  retiredAt({ inputs, outputs, members }: Flow): Micros | undefined {
    const ends = [...inputs, ...outputs].map((name) => retiredSince(this.existence(name)))
    const replaced = members.map(({ basis, active }) =>
      basis === 'DECLARED' ? active.at(-1)?.end : undefined,
    )
    if (replaced.every((at) => at !== undefined)) ends.push(greatest(replaced))
    return least(ends.filter((at) => at !== undefined))
  }
}
