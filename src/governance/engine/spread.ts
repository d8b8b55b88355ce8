import type { DatasetId, Json } from '../../model/index.ts'
import type { Pause } from './pause.ts'
import type { Source } from './source.ts'
import type { Link, Links, Node } from './links.ts'
import { labelsMade } from './carry.ts'
import { tellsByFilter, tellsOfPersons, tellsPersons } from './derived-label.ts'

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

export type Spread = Readonly<{
  /** Labels that came from elsewhere. */
  marks: ReadonlyMap<Node, ReadonlyMap<string, Mark>>
  reach: ReadonlyMap<Node, Reach>
  /** Nodes whose rows were joined or grouped by a key of persons (P-11, P-13). */
  keyed: ReadonlyMap<Node, Keyed>
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
  links: Links
  sourceOf: (node: Node) => Source
  /** How bad the content of a node is by its own labels, and what people state of it. */
  levelOf: (node: Node, known: Known) => Reach
  pause: Pause
}>

/** What is known of a node: all its labels, its own too, and what it comes from. */
export type Known = Readonly<{ marks: readonly Mark[]; reach: Reach; keyed: Keyed | undefined }>

/**
 * Labels and the health context along all links, to the least fixed point: whatever the order in
 * which links are followed, and through cycles. Everything only grows on the way there.
 */
export async function spread({ links, sourceOf, levelOf, pause }: SpreadParts): Promise<Spread> {
  const marks = new Map<Node, Map<string, Mark>>()
  const reach = new Map<Node, Reach>(limitedFrom(links, sourceOf).map((node) => [node, 1]))
  const keyed = new Map<Node, Keyed>()
  const waiting = new Set<Node>([...links.nodes.values()].flat())
  const own = new Map<Node, readonly Mark[]>()
  const marksOf = (node: Node): readonly Mark[] => {
    const alone = own.get(node) ?? ownMarks(node, sourceOf(node))
    own.set(node, alone)
    return [...alone, ...(marks.get(node)?.values() ?? [])]
  }
  for (const node of waiting) {
    waiting.delete(node)
    await pause()
    const carried = marksOf(node)
    const before = reach.get(node) ?? 0
    const known = { marks: carried, reach: before, keyed: keyed.get(node) }
    const level = worse(before, levelOf(node, known))
    for (const link of node.out) {
      const { to } = link
      const arrived = marks.get(to) ?? new Map<string, Mark>()
      marks.set(to, arrived)
      const reached = worse(reach.get(to) ?? 0, reachBy(link, level))
      const joined = worseKey(keyed.get(to), keyedBy(link, carried))
      let grown = reached !== (reach.get(to) ?? 0) || joined !== keyed.get(to)
      reach.set(to, reached)
      if (joined !== undefined) keyed.set(to, joined)
      for (const { mark } of broughtBy(link, carried, { sourceOf, marksOf })) {
        grown = add(arrived, mark) || grown
      }
      if (!grown) continue
      waiting.add(to)
      for (const grouped of to.groups) waiting.add(grouped)
    }
  }
  return { marks, reach, keyed }
}

/**
 * What comes from a limited data set, as far as that is told by ways alone. It is found before
 * anything else: a dataset is no more than limited by it, so that must not depend on the order.
 */
function limitedFrom({ nodes }: Links, sourceOf: (node: Node) => Source): readonly Node[] {
  const found = new Set<Node>()
  const isStated = (node: Node): boolean => sourceOf(node).stated.status?.status === 'PHI_LIMITED'
  for (const node of [...nodes.values()].flat()) {
    for (const { cut, to } of node.out) {
      const isWhole = cut !== undefined && cut.columns === undefined
      if (isWhole ? cut.as === 'PHI_LIMITED' : isStated(node)) found.add(to)
    }
  }
  for (const node of found) {
    for (const link of node.out) if (reachBy(link, 1) > 0) found.add(link.to)
  }
  return [...found]
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
      tellsByFilter(label) && carry.filters.some((filter) => covers(filter, column))
        ? [arrived(label, undefined, 'P-07')]
        : []
    const made = carry.fields
      .filter(({ from: read }) => covers(read, column))
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

/** The same column, or one in it, by dotted paths. */
function covers(read: string, column: string): boolean {
  return read === column || column.startsWith(`${read}.`) || read.startsWith(`${column}.`)
}

/** For answers: what a mark went by. */
export function attributesOf({ rule }: Mark): Readonly<Record<string, Json>> {
  return rule === 'source' ? {} : { rule }
}
