import type { Entry, EntryKey, Fact, FactKind, Micros } from '../../src/model/index.ts'
import type { Translated } from '../../src/graph/index.ts'
import { compareCodePoints } from '../../src/model/index.ts'

/** One fact as an entry in effect says it. `ahead`: dated later than clocks can be wrong. */
export type Said<Kind extends FactKind = FactKind> = Readonly<{
  fact: Extract<Fact, { kind: Kind }>
  entry: Entry
  ahead: boolean
}>

/** An entry in effect, with the first receipt of any of its copies. */
export type InEffect = Translated & Readonly<{ receivedFirst: number }>

/**
 * The entries in effect, each once, whatever the order and the number of their copies.
 *
 * "A retraction names entry keys and ends the effect of the copies received before it; a copy
 * received later counts again." "The same event key with another digest is a conflict: … one is in
 * effect (an addendum over what it corrects, else the least digest)." (design.md section 3)
 */
export function entriesInEffect(received: readonly Translated[]): readonly InEffect[] {
  const copies = Map.groupBy(received, ({ entry }) => entry.key)
  const standing = [...copies.values()].filter((of) => isStanding(of, received))
  const events = Map.groupBy(standing, ([copy]) => (copy as Translated).entry.eventKey)
  return [...events.values()].flatMap((rivals) => {
    const [chosen = []] = rivals.toSorted(
      (a, b) => Number(isAddendum(b)) - Number(isAddendum(a)) || compareDigests(a[0], b[0]),
    )
    const [copy] = chosen
    const receivedFirst = Math.min(...chosen.map(({ entry }) => entry.receivedAt))
    if (copy === undefined) return []
    const { entry, facts } = copy
    return [{ entry: { ...entry, receivedAt: receivedFirst as Micros }, facts, receivedFirst }]
  })
}

/**
 * What they say. "A fact dated further ahead of the earliest receipt of its entry than clocks can be
 * wrong is kept, flagged and ranked last." (design.md section 3)
 */
export function saidBy(entries: readonly InEffect[], clockSkewMax: number): readonly Said[] {
  return entries.flatMap(({ entry, facts, receivedFirst }) =>
    facts.map((fact) => ({ fact, entry, ahead: fact.at > receivedFirst + clockSkewMax })),
  )
}

function isStanding(copies: readonly Translated[], received: readonly Translated[]): boolean {
  const key = copies[0]?.entry.key as EntryKey
  const retractions = received.filter(
    ({ entry }) => entry.key !== key && entry.retracts.includes(key),
  )
  return copies.some((copy) =>
    retractions.every((retraction) => retraction.entry.receivedAt < copy.entry.receivedAt),
  )
}

function isAddendum(copies: readonly Translated[]): boolean {
  return copies.some(({ entry }) => entry.corrects === true)
}

function compareDigests(a: Translated | undefined, b: Translated | undefined): number {
  return compareCodePoints(a?.entry.digest ?? '', b?.entry.digest ?? '')
}

export function ofKind<Kind extends FactKind>(
  said: readonly Said[],
  kind: Kind,
): readonly Said<Kind>[] {
  return said.filter((one): one is Said<Kind> => one.fact.kind === kind)
}

/** "asOf T is the graph that the events up to T make (their own times, not their arrival)." */
export function upTo(said: readonly Said[], asOf: Micros | undefined): readonly Said[] {
  return asOf === undefined ? said : said.filter(({ fact }) => fact.at <= asOf)
}

/** Latest by (rank, event time, entry key), last; `rankOf` is the property's own precedence. */
export function byRank<Kind extends FactKind>(
  rankOf: (fact: Said<Kind>['fact']) => number = () => 1,
): (a: Said<Kind>, b: Said<Kind>) => number {
  const rank = ({ fact, ahead }: Said<Kind>): number => (ahead ? 0 : rankOf(fact))
  return (a, b) => rank(a) - rank(b) || byTime(a, b)
}

/** In order of event time, what is dated ahead of its receipt before the rest of its moment. */
export function byTime(a: Said, b: Said): number {
  return (
    a.fact.at - b.fact.at ||
    Number(b.ahead) - Number(a.ahead) ||
    compareCodePoints(a.entry.key, b.entry.key)
  )
}

/** The last one in that order; of what one entry says twice, the first counts. */
export function best<Item>(
  items: readonly Item[],
  order: (a: Item, b: Item) => number,
): Item | undefined {
  const [first, ...rest] = items
  if (first === undefined) return undefined
  return rest.reduce((found, item) => (order(item, found) > 0 ? item : found), first)
}

export function least(times: readonly Micros[]): Micros | undefined {
  return best(times, (a, b) => b - a)
}

export function greatest(times: readonly Micros[]): Micros | undefined {
  return best(times, (a, b) => a - b)
}
