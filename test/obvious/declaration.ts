import type { DatasetId, Declarer, JobId, Micros } from '../../src/model/index.ts'
import type { MovedFlow } from './moved.ts'
import type { Said } from './said.ts'
import { datasetIdOf, jobIdOf } from './id.ts'
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

/**
 * "A declaration is a member whose interval is its active time, one per version of the declaration."
 * (design.md section 5) "On a JobEvent … the newest event replaces." (openlineage.md section 2) What
 * is stated again unchanged is the same version; of several at one moment the last in order counts.
 */
export function versionsOf(said: readonly Said[]): readonly Version[] {
  const byDeclarer = Map.groupBy(ofKind(said, 'declaration'), ({ fact }) => declarerOf(fact))
  return [...byDeclarer].flatMap(([declarer, statements]) => {
    const moments = Map.groupBy(statements, ({ fact }) => fact.at)
    const stated = [...moments.values()]
      .map((of) => best(of, byTime) as Said<'declaration'>)
      .toSorted(byTime)
    const changes = stated.filter(
      ({ fact }, index) => index === 0 || textOf(fact) !== textOf(stated[index - 1]?.fact),
    )
    return changes.map(({ fact }, index): Version => {
      const until = changes[index + 1]?.fact.at
      const inForce = stated.filter(
        ({ fact: { at } }) => at >= fact.at && (until === undefined || at < until),
      )
      return {
        declarer,
        flows: flowsOfSets('job' in fact.by ? jobIdOf(fact.by.job) : undefined, {
          copies: [],
          ...fact.moved,
        }),
        from: fact.at,
        until,
        lastStated: inForce.at(-1)?.fact.at ?? fact.at,
      }
    })
  })
}

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

function textOf(fact: Said<'declaration'>['fact'] | undefined): string {
  return JSON.stringify(fact?.moved)
}
