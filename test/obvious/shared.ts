import type { EntryKey, Fact, Micros, Moved } from '../../src/model/index.ts'
import type { Said } from './said.ts'
import { definitionIdOf, transactionIdOf } from './id.ts'
import { best, byRank, byTime, greatest, least, ofKind } from './said.ts'

/** What is said of saved jobs and transactions that these statements of a run name. */
export function sharedBy(own: readonly Said[], all: readonly Said[]): readonly Said[] {
  const used = new Set(ofKind(own, 'uses').map(({ fact }) => definitionIdOf(fact.key)))
  const within = new Set(ofKind(own, 'within').map(({ fact }) => fact.transaction))
  return [
    ...ofKind(all, 'definition').filter(({ fact }) => used.has(definitionIdOf(fact.key))),
    ...ofKind(all, 'transaction').filter(({ fact }) => within.has(fact.id)),
  ]
}

export type Executed = Readonly<{ part: string; moved: Moved; entry: EntryKey }>

/**
 * "`sqoop job --exec` with its `--create`" (design.md section 3): in each part of the run that
 * executes one, the latest definition at or before it, else the earliest later one.
 */
export function executedBy(own: readonly Said[], shared: readonly Said[]): readonly Executed[] {
  const uses = Map.groupBy(ofKind(own, 'uses'), ({ fact: { part, key } }) =>
    JSON.stringify([part, definitionIdOf(key)]),
  )
  return [...uses.values()].flatMap((of): readonly Executed[] => {
    const at = least(of.map(({ fact }) => fact.at)) as Micros
    const [{ fact: use }] = of as [Said<'uses'>]
    const saved = ofKind(shared, 'definition').filter(
      ({ fact }) => definitionIdOf(fact.key) === definitionIdOf(use.key),
    )
    const first = least(saved.map(({ fact }) => fact.at))
    const before = saved.filter(({ fact }) => fact.at <= at)
    const chosen =
      best(before, byTime) ??
      best(
        saved.filter(({ fact }) => fact.at === first),
        byTime,
      )
    if (chosen === undefined) return []
    return [{ part: use.part, moved: chosen.fact.moved, entry: chosen.entry.key }]
  })
}

type Ends = Readonly<{ undone: boolean; open: boolean; decided: Micros | undefined }>

/**
 * "Transactions count only when committed": what was seen to begin and not to end is open, and an
 * end that is not a commit undoes it. What was never seen to begin stands by itself.
 */
export function endsOf(own: readonly Said[], shared: readonly Said[]): Ends {
  const ids = new Set(ofKind(own, 'within').map(({ fact }) => transactionIdOf(fact.transaction)))
  const ends = [...ids].map((id) => {
    const events = ofKind(shared, 'transaction').filter(
      ({ fact }) => transactionIdOf(fact.id) === id,
    )
    const firstOf = (event: (Fact & { kind: 'transaction' })['event']) =>
      least(events.filter(({ fact }) => fact.event === event).map(({ fact }) => fact.at))
    const [begun, committed, rolledBack] = [
      firstOf('BEGIN'),
      firstOf('COMMIT'),
      firstOf('ROLLBACK'),
    ]
    if (rolledBack !== undefined && rolledBack <= (committed ?? Infinity)) {
      return { undone: true, open: false, decided: rolledBack }
    }
    if (begun === undefined) return { undone: false, open: false, decided: undefined }
    return { undone: false, open: committed === undefined, decided: committed }
  })
  return {
    undone: ends.some(({ undone }) => undone),
    open: ends.some(({ open }) => open),
    decided: greatest(ends.flatMap(({ decided }) => decided ?? [])),
  }
}

/** The events of a run as its transactions make them. */
export function eventsWithin(
  events: readonly Said<'run'>[],
  { undone, open, decided }: Ends,
): readonly Said<'run'>[] {
  const completes = ({ fact }: Said<'run'>): boolean => fact.event === 'COMPLETE'
  const dated = (one: Said<'run'>, event: Said<'run'>['fact']['event']): Said<'run'> => ({
    ...one,
    fact: { ...one.fact, event, at: greatest([one.fact.at, decided ?? one.fact.at]) as Micros },
  })
  if (undone) {
    const [any] = events
    const last = best(events.filter(completes), byTime) ?? any
    const others = events.filter((one) => !completes(one))
    if (last === undefined) return []
    const end = completes(last) ? last : { ...last, fact: { ...last.fact, at: decided as Micros } }
    return [...others, dated(end, 'ABORT')]
  }
  if (open) {
    return events.map((one) =>
      completes(one) ? { ...one, fact: { ...one.fact, event: 'RUNNING' } } : one,
    )
  }
  return events.map((one) => (completes(one) ? dated(one, 'COMPLETE') : one))
}

/** The entries without which the run would not have moved what it did. */
export function reliedOn(own: readonly Said[], shared: readonly Said[]): readonly EntryKey[] {
  const within = new Set(ofKind(own, 'within').map(({ fact }) => fact.transaction))
  const events = Map.groupBy(
    ofKind(shared, 'transaction').filter(({ fact }) => within.has(fact.id)),
    ({ fact }) => JSON.stringify([fact.id, fact.event]),
  )
  return [
    ...executedBy(own, shared).map(({ entry }) => entry),
    ...[...events.values()].flatMap((of) => best(of, byRank<'transaction'>())?.entry.key ?? []),
  ]
}

/** Runs that were rolled back: what they created, dropped or renamed is as it was before. */
export function undoneRuns(all: readonly Said[]): ReadonlySet<string> {
  const byRun = Map.groupBy(ofKind(all, 'within'), ({ fact }) => fact.run)
  const undone = [...byRun].filter(([, own]) => endsOf(own, sharedBy(own, all)).undone)
  return new Set(undone.map(([run]) => run))
}

/** Whether a change in the life of a dataset was not undone. */
export function isLeft(
  fact: Extract<Fact, { kind: 'lifecycle' | 'rename' }>,
  undone: ReadonlySet<string>,
): boolean {
  const run = fact.kind === 'lifecycle' ? fact.run : 'run' in fact.by ? fact.by.run : undefined
  return run === undefined || !undone.has(run)
}
