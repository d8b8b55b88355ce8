import type { DatasetId, Declarer, JobId, Micros, Moved } from '../../src/model/index.ts'
import type { MovedFlow } from './moved.ts'
import type { Said } from './said.ts'
import { datasetIdOf, definitionIdOf, jobIdOf } from './id.ts'
import { flowsOfSets, renameFlow } from './moved.ts'
import { best, byTime, ofKind } from './said.ts'

/** What a job, or a dataset's own statement, declared for a time. */
export type Version = Readonly<{
  declarer: JobId | DatasetId
  flows: readonly MovedFlow[]
  from: Micros
  until: Micros | undefined
  lastStated: Micros
}>

type Stating = 'declaration' | 'amendment' | 'active'
type Statement = Readonly<{ declarer: JobId | DatasetId; of: Said<Stating> }>

/** All that states what a job or dataset declares: in whole, in part, or that it is on or off. */
export function statementsOf(said: readonly Said[]): readonly Statement[] {
  const all: readonly Said<Stating>[] = [
    ...ofKind(said, 'declaration'),
    ...ofKind(said, 'amendment'),
    ...ofKind(said, 'active'),
  ]
  return all.map((of) => ({ declarer: declarerOf(of.fact), of }))
}

/**
 * A configuration that names other jobs alone ends what it consisted of before: each of those declares
 * nothing from then on.
 */
export function endingsOf(said: readonly Said[]): readonly Statement[] {
  const wholes = Map.groupBy(ofKind(said, 'configuration'), ({ fact }) => definitionIdOf(fact.key))
  return [...wholes.values()].flatMap((of) =>
    of.flatMap((one) => {
      const { at, jobs } = one.fact
      const before = of.filter(({ fact }) => fact.at <= at).flatMap(({ fact }) => fact.jobs)
      const parts = new Map(before.map((job) => [jobIdOf(job), job]))
      for (const job of jobs) parts.delete(jobIdOf(job))
      return [...parts].map(([declarer, job]): Statement => {
        const fact = { kind: 'declaration', at, by: { job }, moved: nothing } as const
        return { declarer, of: { ...one, fact } }
      })
    }),
  )
}

/**
 * "A declaration is a member whose interval is its active time, one per version of the declaration."
 * (design.md section 5) "On a JobEvent … the newest event replaces." (openlineage.md section 2) What
 * is stated again unchanged is the same version; of several at one moment the last in order counts.
 * What is in force at a moment is the last whole, with the last of each part that was stated with it or
 * since, unless it was switched off since.
 */
export function versionsOf(said: readonly Said[]): readonly Version[] {
  const all = [...statementsOf(said), ...endingsOf(said)]
  const byDeclarer = Map.groupBy(all, ({ declarer }) => declarer)
  return [...byDeclarer].flatMap(([declarer, statements]) => {
    const own = statements.map(({ of }) => of)
    const job = own.flatMap(({ fact: { by } }) => ('job' in by ? [jobIdOf(by.job)] : []))[0]
    const moments = [...new Set(own.map(({ fact }) => fact.at))].toSorted((a, b) => a - b)
    const stated = moments.map((at) => ({ at, moved: inForceAt(own, at) }))
    const changes = stated.filter(
      ({ moved }, index) => index === 0 || textOf(moved) !== textOf(stated[index - 1]?.moved),
    )
    return changes.map(({ at: from, moved }, index): Version => {
      const until = changes[index + 1]?.at
      const during = moments.filter((at) => at >= from && (until === undefined || at < until))
      return {
        declarer,
        flows: flowsOfSets(job, { copies: [], ...moved }),
        from,
        until,
        lastStated: during.at(-1) ?? from,
      }
    })
  })
}

function inForceAt(all: readonly Said<Stating>[], at: Micros): Moved {
  const known = all.filter(({ fact }) => fact.at <= at)
  const whole = best(ofKind(known, 'declaration'), byTime)
  const since = known.filter(({ fact }) => fact.at >= (whole?.fact.at ?? -Infinity))
  if (best(ofKind(since, 'active'), byTime)?.fact.active === false) return nothing
  const bySlot = Map.groupBy(ofKind(since, 'amendment'), ({ fact }) => fact.slot)
  const parts = [...bySlot]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, of]) => best(of, byTime)?.fact.moved ?? nothing)
  const moved = [whole?.fact.moved ?? nothing, ...parts]
  return {
    inputs: moved.flatMap(({ inputs }) => inputs),
    outputs: moved.flatMap(({ outputs }) => outputs),
    maps: moved.flatMap(({ maps }) => maps),
    explicit: moved.flatMap(({ explicit }) => explicit),
    copies: moved.flatMap(({ copies = [] }) => copies),
  }
}

const nothing: Moved = { inputs: [], outputs: [], maps: [], explicit: [] }

/** A rename that no run did: it happened at the moment that it is dated. */
export type DeclaredRename = Readonly<{
  declarer: JobId | DatasetId
  flow: MovedFlow
  at: Micros
}>

export function declaredRenamesOf(said: readonly Said[]): readonly DeclaredRename[] {
  const renames = ofKind(said, 'rename').flatMap(({ fact: { at, by, from, to } }) => {
    if ('run' in by) return []
    const job = 'job' in by ? jobIdOf(by.job) : undefined
    return [{ declarer: declarerOf({ by }), flow: renameFlow(job, from, to), at }]
  })
  // However many say so, it happened once at that moment.
  const distinct = renames.map((one) => [`${one.declarer} ${one.flow.id} ${one.at}`, one] as const)
  return [...new Map(distinct).values()]
}

function declarerOf({ by }: Readonly<{ by: Declarer }>): JobId | DatasetId {
  return 'job' in by ? jobIdOf(by.job) : datasetIdOf(by.dataset)
}

/** One set of datasets, however often a name is in it: duplicates make no other version. */
function textOf(moved: Moved | undefined): string {
  if (moved === undefined) return ''
  const ids = (names: Moved['inputs']) => [...new Set(names.map(datasetIdOf))]
  return JSON.stringify({ ...moved, inputs: ids(moved.inputs), outputs: ids(moved.outputs) })
}
