import type { Json } from '../../model/index.ts'
import type { Pause } from './pause.ts'
import type { Source } from './source.ts'
import type { Link, Links, Node } from './links.ts'
import { labelsMade } from './carry.ts'
import { tellsByFilter, tellsPersons } from './derived-label.ts'

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
}>

/** Carried without a map, or by what lies on the same place: it may not be there. */
const coarseConfidence = 0.6

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
  levelOf: (node: Node, marks: readonly Mark[], reach: Reach) => Reach
  pause: Pause
}>

/**
 * Labels and the health context along all links, to the least fixed point: whatever the order in
 * which links are followed, and through cycles. Everything only grows on the way there.
 */
export async function spread({ links, sourceOf, levelOf, pause }: SpreadParts): Promise<Spread> {
  const marks = new Map<Node, Map<string, Mark>>()
  const reach = new Map<Node, Reach>()
  const all = [...links.nodes.values()].flat()
  const unproved = Map.groupBy(links.unproved, ({ from }) => from)
  const waiting = new Set<Node>(all)
  const own = new Map<Node, readonly Mark[]>()
  const ownOf = (node: Node): readonly Mark[] => {
    const known = own.get(node) ?? ownMarks(node, sourceOf(node))
    own.set(node, known)
    return known
  }
  for (const node of waiting) {
    waiting.delete(node)
    await pause()
    const carried = [...ownOf(node), ...(marks.get(node)?.values() ?? [])]
    const level = worse(reach.get(node) ?? 0, levelOf(node, carried, reach.get(node) ?? 0))
    const bring = (to: Node, brought: readonly Mark[], reached: Reach): void => {
      const known = marks.get(to) ?? new Map<string, Mark>()
      marks.set(to, known)
      let grown = false
      for (const mark of brought) grown = add(known, mark) || grown
      const now = worse(reach.get(to) ?? 0, reached)
      if (now !== (reach.get(to) ?? 0)) {
        reach.set(to, now)
        grown = true
      }
      if (grown) waiting.add(to)
    }
    for (const link of node.out) {
      const brought = broughtBy(link, carried, sourceOf).map(({ mark }) => mark)
      bring(link.to, brought, reachBy(link, level))
    }
    for (const { to } of unproved.get(node) ?? []) bring(to, [], level)
  }
  return { marks, reach }
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
  if (before === undefined) {
    known.set(key, mark)
    return true
  }
  const better = {
    ...before,
    confidence: Math.max(before.confidence, mark.confidence),
    coarse: before.coarse && mark.coarse,
    from: Math.min(before.from, mark.from),
    rule: before.rule < mark.rule ? before.rule : mark.rule,
  }
  if (
    better.confidence === before.confidence &&
    better.coarse === before.coarse &&
    better.from === before.from &&
    better.rule === before.rule
  ) {
    return false
  }
  known.set(key, better)
  return true
}

function worse(a: Reach, b: Reach): Reach {
  return a > b ? a : b
}

/** A certificate for the whole output ends what its input was; a limited data set stays one. */
export function reachBy({ cut, carry }: Link, level: Reach): Reach {
  if (cut === undefined || !isWhole(cut.columns, carry)) return level
  return cut.as === 'PHI_LIMITED' && level > 0 ? 1 : 0
}

function isWhole(columns: readonly string[] | undefined, carry: Link['carry']): boolean {
  if (columns === undefined) return true
  return carry.kind === 'mapped' && carry.columns.every((column) => columns.includes(column))
}

/** What the marks of the link's beginning become at its end, and by which rules. */
export function broughtBy(
  link: Link,
  marks: readonly Mark[],
  sourceOf: (node: Node) => Source,
): readonly Brought[] {
  const { cut, carry, move, to } = link
  if (cut !== undefined && isWhole(cut.columns, carry)) return []
  const { attested } = sourceOf(to).stated
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
    if (carry.kind === 'every') return [arrived(label, column, 'P-01')]
    const filtered =
      tellsByFilter(label) && carry.filters.some((filter) => covers(filter, column))
        ? [arrived(label, undefined, 'P-07')]
        : []
    const made = carry.fields
      .filter(({ from }) => covers(from, column))
      .flatMap((field) => {
        const isPersonal = field.groupedBy.some((key) =>
          marks.some((other) => other.column === key && tellsPersons(other.label)),
        )
        const results = labelsMade(label, field.transformations, { isPersonal, attested })
        return results.map((result) => arrived(result.label, field.to, result.rule))
      })
    return [...filtered, ...made]
  })
  return cut === undefined
    ? brought
    : brought.filter(
        ({ mark }) => mark.column === undefined || !isCutColumn(cut.columns, mark.column),
      )
}

function isCutColumn(columns: readonly string[] | undefined, column: string): boolean {
  return columns?.includes(column) ?? true
}

/** The same column, or one in it, by dotted paths. */
function covers(read: string, column: string): boolean {
  return read === column || column.startsWith(`${read}.`) || read.startsWith(`${column}.`)
}

/** For answers: what a mark went by. */
export function attributesOf({ rule }: Mark): Readonly<Record<string, Json>> {
  return rule === 'source' ? {} : { rule }
}
