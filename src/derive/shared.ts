import type { Cell, StoredMoved } from '../graph/index.ts'
import type { Micros } from '../model/index.ts'
import type { Course } from './run-life.ts'

/** What was said of a saved job or of a transaction, by its id. */
export type SharedCells = (id: string) => readonly Cell[]

/** A saved job that a run executed in one of its parts, with everything that was saved of it. */
export type Used = Readonly<{ part: string; first: Micros; definitions: readonly Definition[] }>
export type Definition = Readonly<{ at: Micros; moved: StoredMoved; entry: string }>

export function usedOf(part: string, first: Micros, cells: readonly Cell[]): Used {
  const definitions = cells
    .filter(({ property }) => property === 'definition')
    .toSorted((a, b) => a.at - b.at || a.rank - b.rank || (a.entry < b.entry ? -1 : 1))
    .map(({ at, value, entry }) => ({ at, moved: value as unknown as StoredMoved, entry }))
  return { part, first, definitions }
}

/**
 * What was in effect when the run executed it, by what was said up to `at`: the latest definition
 * until then, else the earliest later one. Of several at one moment the last by rank and entry key.
 */
export function definitionAt({ first, definitions }: Used, at: number): Definition | undefined {
  const known = definitions.filter((definition) => definition.at <= at)
  const [earliest] = known
  return (
    known.findLast((definition) => definition.at <= first) ??
    known.findLast((definition) => definition.at === earliest?.at)
  )
}

/** A transaction that a run was part of since it was told so; when it first began and ended. */
export type Within = Readonly<{
  first: Micros
  begun: Micros | undefined
  committed: Micros | undefined
  rolledBack: Micros | undefined
  entries: readonly string[]
}>

export function withinOf(first: Micros, cells: readonly Cell[]): Within {
  const events = cells.filter(({ property }) => property === 'transactionEvent')
  const firstOf = (event: string) => events.find(({ member }) => member === event)?.first
  return {
    first,
    begun: firstOf('BEGIN'),
    committed: firstOf('COMMIT'),
    rolledBack: firstOf('ROLLBACK'),
    entries: events.map(({ entry }) => entry),
  }
}

/** `at`: when that was decided; absent while the transaction is open. */
type Fate = Readonly<{ fate: 'undone' | 'done' | 'open'; at: Micros | undefined }>

/**
 * What became of a transaction by what was said up to `at`: its first end counts, of two at one
 * moment the rollback. Undefined where no beginning was seen: then each statement stands by itself.
 */
function fateAt({ first, begun, committed, rolledBack }: Within, at: number): Fate | undefined {
  if (first > at) return undefined
  const told = (moment: Micros | undefined): number =>
    moment !== undefined && moment <= at ? moment : Infinity
  const [done, undone] = [told(committed), told(rolledBack)]
  if (undone < Infinity && undone <= done) return { fate: 'undone', at: rolledBack }
  if (told(begun) === Infinity) return undefined
  return done < Infinity ? { fate: 'done', at: committed } : { fate: 'open', at: undefined }
}

/** Whether what a run wrote was undone, by what was said up to `at`. */
export function isUndone(within: readonly Within[], at: number): boolean {
  return within.some((one) => fateAt(one, at)?.fate === 'undone')
}

/**
 * A run's course as its transactions make it, by what was said up to `at`. What it completed counts
 * when that is committed, is not complete before, and was aborted when it is rolled back.
 */
export function courseWithin(course: Course, within: readonly Within[], at: number): Course {
  const marks = course.marks.filter((mark) => mark.at <= at)
  const fates = within.map((one) => fateAt(one, at)).filter((fate) => fate !== undefined)
  if (fates.length === 0) return { ...course, marks }
  const decided = Math.max(...fates.map((fate) => fate.at ?? -Infinity)) as Micros
  const others = marks.filter(({ event }) => event !== 'COMPLETE')
  const completed = marks.filter(({ event }) => event === 'COMPLETE')
  if (fates.some(({ fate }) => fate === 'undone')) {
    const last = Math.max(decided, ...completed.map((mark) => mark.at)) as Micros
    return { ...course, marks: [...others, { event: 'ABORT', at: last }] }
  }
  if (fates.some(({ fate }) => fate === 'open')) {
    return { ...course, marks: others, running: course.running || completed.length > 0 }
  }
  return {
    ...course,
    marks: [
      ...others,
      ...completed.map((mark) => ({ ...mark, at: Math.max(mark.at, decided) as Micros })),
    ],
  }
}

/** The moments at which what a run shares with others was told. */
export function momentsOf(used: readonly Used[], within: readonly Within[]): readonly Micros[] {
  return [
    ...used.flatMap(({ first, definitions }) => [first, ...definitions.map(({ at }) => at)]),
    ...within.flatMap(({ first, begun, committed, rolledBack }) => [
      first,
      ...[begun, committed, rolledBack].filter((at) => at !== undefined),
    ]),
  ]
}
