import type { DatasetId, Json } from '../../model/index.ts'
import type { Source } from './source.ts'
import type { Link, Node } from './links.ts'
import { covers, valuesAt } from './by-column.ts'
import { labelsMade } from './carry.ts'
import { tellsByFilter, tellsOfPersons, tellsPersons } from '../label.ts'

/** A label on a node, by all ways together: the best confidence, the earliest time. */
export type Mark = Readonly<{
  label: string
  column: string | undefined
  confidence: number
  coarse: boolean
  from: number
  rule: string
}>

/** What a link brings: a mark, and the column it had where it came from. */
export type Brought = Readonly<{
  mark: Mark
  from: Readonly<{ label: string; column: string | undefined }>
}>

/** How bad what a node comes from is: the level of the worst. */
export type Reach = 0 | 1 | 2

/** What got where; kept up to date by `spread`. */
export type Spread = Readonly<{
  /** Labels that came from elsewhere. */
  marks: Map<Node, ReadonlyMap<string, Mark>>
  reach: Map<Node, Reach>
  /** Nodes that come from a limited data set, as far as that is told by ways alone. */
  limited: Set<Node>
  /** Nodes whose rows were joined or grouped by a key of persons (P-11, P-13). */
  keyed: Map<Node, Keyed>
}>

/** `JOIN`: rows of one person from here and there were put together, too. */
export type Keyed = 'GROUP_BY' | 'JOIN'

/** Carried without a map, or by what lies on the same place: it may not be there. */
export const coarseConfidence = 0.6

export function markKey({
  column,
  label,
}: Readonly<{ column: string | undefined; label: string }>): string {
  return `${column ?? ''}\0${label}`
}

export type SpreadParts = Readonly<{
  /** To be worked out anew: with a node everything that it gets to. Nodes before what they get to. */
  region: ReadonlySet<Node>
  /** What is known outside of the region, and is made known in it. */
  state: Spread
  sourceOf: (node: Node) => Source
  /** How bad the content of a node is by its own labels, and what people state of it. */
  levelOf: (node: Node, known: Known) => Reach
}>

/** What is known of a node: all its labels, its own too, and what it comes from. */
export type Known = Readonly<{ marks: readonly Mark[]; reach: Reach; keyed: Keyed | undefined }>

/**
 * Labels and the health context along all links of a region, to the least fixed point: whatever the
 * order in which links are followed, and through cycles. Everything only grows on the way there; it
 * begins with what nodes have by themselves, and with what gets into the region from outside. Gives
 * control back after each node.
 */
export function* spread(parts: SpreadParts): Generator<undefined> {
  const { region, state, sourceOf, levelOf } = parts
  const { marks, reach, keyed } = state
  for (const node of region) {
    marks.delete(node)
    reach.delete(node)
    keyed.delete(node)
  }
  spreadLimits(parts)
  const own = new Map<Node, readonly Mark[]>()
  const marksOf = (node: Node): readonly Mark[] => {
    const alone = own.get(node) ?? ownMarks(node, sourceOf(node))
    own.set(node, alone)
    return [...alone, ...(marks.get(node)?.values() ?? [])]
  }
  const levels = new Map<Node, Reach>()
  const levelAt = (node: Node, carried: readonly Mark[]): Reach => {
    const before = reach.get(node) ?? 0
    return worse(before, levelOf(node, { marks: carried, reach: before, keyed: keyed.get(node) }))
  }
  /** What the link brings; gives whether anything is new by it. */
  const follow = (link: Link, carried: readonly Mark[], level: Reach): boolean => {
    const { to } = link
    const arrived = (marks.get(to) ?? new Map<string, Mark>()) as Map<string, Mark>
    const reached = worse(reach.get(to) ?? 0, reachBy(link, level))
    const joined = worseKey(keyed.get(to), keyedBy(link, carried))
    let grown = reached !== (reach.get(to) ?? 0) || joined !== keyed.get(to)
    if (reached > 0) reach.set(to, reached)
    if (joined !== undefined) keyed.set(to, joined)
    for (const { mark } of broughtBy(link, carried, { sourceOf, marksOf })) {
      grown = add(arrived, mark) || grown
    }
    if (arrived.size > 0) marks.set(to, arrived)
    return grown
  }
  for (const node of region) {
    for (const link of node.into) {
      const { from } = link
      if (region.has(from)) continue
      const carried = marksOf(from)
      const level = levels.get(from) ?? levelAt(from, carried)
      levels.set(from, level)
      follow(link, carried, level)
    }
  }
  const waiting = new Set<Node>(region)
  while (waiting.size > 0) {
    for (const node of region) {
      if (!waiting.delete(node)) continue
      yield
      const carried = marksOf(node)
      const level = levelAt(node, carried)
      for (const link of node.out) {
        if (!follow(link, carried, level)) continue
        waiting.add(link.to)
        for (const { from } of link.to.groups) if (region.has(from)) waiting.add(from)
      }
      // What is outside is not worked out again, but can be grouped by what is inside.
      for (const link of node.groups) {
        if (region.has(link.from)) continue
        const beside = marksOf(link.from)
        if (follow(link, beside, levelAt(link.from, beside))) waiting.add(link.to)
      }
    }
  }
}

/**
 * What comes from a limited data set, as far as that is told by ways alone. It is found before
 * anything else: a dataset is no more than limited by it, so that must not depend on the order.
 */
function spreadLimits({ region, state, sourceOf }: SpreadParts): void {
  const { limited, reach } = state
  for (const node of region) limited.delete(node)
  const isStated = (node: Node): boolean => sourceOf(node).stated.status?.status === 'PHI_LIMITED'
  const waiting = new Set<Node>()
  for (const node of region) {
    const isLimited = node.into.some(({ cut, from }) => {
      if (cut !== undefined && cut.columns === undefined) return cut.as === 'PHI_LIMITED'
      return isStated(from) || limited.has(from)
    })
    if (isLimited) waiting.add(node)
  }
  for (const node of waiting) {
    limited.add(node)
    reach.set(node, 1)
    for (const link of node.out) {
      if (reachBy(link, 1) > 0 && !limited.has(link.to)) waiting.add(link.to)
    }
  }
}

/** What a node has by itself, as marks. */
export function ownMarks({ dataset }: Node, { labels }: Source): readonly Mark[] {
  return labels
    .filter(({ decision }) => decision === 'CONFIRMED')
    .map(({ label, column, confidence, from }) => ({
      label,
      column,
      confidence,
      coarse: false,
      from: Math.min(from, dataset.firstSeen ?? from),
      rule: 'source',
    }))
}

function add(known: Map<string, Mark>, mark: Mark): boolean {
  const key = markKey(mark)
  const before = known.get(key)
  const better = before === undefined ? mark : betterMark(before, mark)
  if (better === before) return false
  known.set(key, better)
  return true
}

/** What two ways tell of one label together; the first itself where the other adds nothing. */
export function betterMark(before: Mark, mark: Mark): Mark {
  const better = {
    ...before,
    confidence: Math.max(before.confidence, mark.confidence),
    coarse: before.coarse && mark.coarse,
    from: Math.min(before.from, mark.from),
    rule: before.rule < mark.rule ? before.rule : mark.rule,
  }
  const isSame =
    better.confidence === before.confidence &&
    better.coarse === before.coarse &&
    better.from === before.from &&
    better.rule === before.rule
  return isSame ? before : better
}

/** As it is on what merely meets the dataset that has it. */
export function coarsely(mark: Mark): Mark {
  const confidence = Math.min(mark.confidence, coarseConfidence)
  return { ...mark, column: undefined, confidence, coarse: true, rule: 'P-24' }
}

/** Rows were joined by what persons have in common, or are told by. */
export function isJoinedByTraits({ carry }: Link, marks: readonly Mark[]): boolean {
  if (carry.kind !== 'mapped') return false
  return carry.keys.some(
    ({ column, by }) =>
      by === 'JOIN' &&
      marks.some(
        (mark) =>
          tellsOfPersons(mark.label) && (mark.column === undefined || covers(column, mark.column)),
      ),
  )
}

function worse(a: Reach, b: Reach): Reach {
  return a > b ? a : b
}

function worseKey(a: Keyed | undefined, b: Keyed | undefined): Keyed | undefined {
  return a === 'JOIN' || b === 'JOIN' ? 'JOIN' : (a ?? b)
}

/** A certificate for the whole output ends what its input was; a limited data set stays one. */
export function reachBy({ cut }: Link, level: Reach): Reach {
  if (cut === undefined || cut.columns !== undefined) return level
  return cut.as === 'PHI_LIMITED' && level > 0 ? 1 : 0
}

/** The rows at the link's end are of persons: a key of persons joined them, or made the groups. */
function keyedBy({ carry }: Link, marks: readonly Mark[]): Keyed | undefined {
  if (carry.kind !== 'mapped') return undefined
  const found = carry.keys.filter(({ column }) => isOfPersons(column, marks))
  return found.some(({ by }) => by === 'JOIN') ? 'JOIN' : found[0]?.by
}

/** What is on a dataset as a whole may be in this column. */
function isOfPersons(column: string, marks: readonly Mark[]): boolean {
  return marks.some(
    (mark) =>
      tellsPersons(mark.label) && (mark.column === undefined || covers(column, mark.column)),
  )
}

export type MarkParts = Readonly<{
  sourceOf: (node: Node) => Source
  /** All labels of a node, its own too. */
  marksOf: (node: Node) => readonly Mark[]
}>

/** What the marks of the link's beginning become at its end, and by which rules. */
export function broughtBy(
  link: Link,
  marks: readonly Mark[],
  { sourceOf, marksOf }: MarkParts,
): readonly Brought[] {
  const { cut, carry, move, to, from } = link
  if (carry.kind === 'unproved' || (cut !== undefined && cut.columns === undefined)) return []
  const { attested } = sourceOf(to).stated
  const isPersonal = ({ dataset, column }: Readonly<{ dataset: DatasetId; column: string }>) =>
    dataset === from.dataset.id
      ? isOfPersons(column, marks)
      : (link.beside?.get(dataset) ?? []).some((other) => isOfPersons(column, marksOf(other)))
  const brought = marks.flatMap((mark): readonly Brought[] => {
    const arrived = (label: string, column: string | undefined, rule: string): Brought => {
      const coarse = mark.coarse || (column === undefined && rule !== 'P-07')
      return {
        mark: {
          label,
          column,
          confidence:
            carry.kind === 'coarse' ? Math.min(mark.confidence, coarseConfidence) : mark.confidence,
          coarse,
          from: Math.max(mark.from, move.start),
          rule,
        },
        from: { label: mark.label, column: mark.column },
      }
    }
    const { column, label } = mark
    // What is on a dataset as a whole may be in any column that is read.
    if (carry.kind === 'coarse' || column === undefined) {
      return [arrived(label, undefined, link.meeting === undefined ? 'P-14' : 'P-24')]
    }
    const same = carry.every ? [arrived(label, column, 'P-01')] : []
    const filtered =
      tellsByFilter(label) && valuesAt(carry.filters, column).length > 0
        ? [arrived(label, undefined, 'P-07')]
        : []
    const made = valuesAt(carry.fields, column)
      .flat()
      .flatMap((field) =>
        labelsMade(label, field.transformations, {
          isPersonal: field.groupedBy.some(isPersonal),
          attested,
        }).map((result) => arrived(result.label, field.to, result.rule)),
      )
    return [...same, ...filtered, ...made]
  })
  return cut?.columns === undefined
    ? brought
    : brought.filter(({ mark }) => mark.column === undefined || !cut.columns?.includes(mark.column))
}

/** For answers: what a mark went by. */
export function attributesOf({ rule }: Mark): Readonly<Record<string, Json>> {
  return rule === 'source' ? {} : { rule }
}
