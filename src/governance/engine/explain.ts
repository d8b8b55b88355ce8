import type { DatasetId } from '../../model/index.ts'
import type { Chain, ExplainedStep } from '../port.ts'
import type { Judged } from './judged.ts'
import type { Link, Node } from './links.ts'
import type { Mark } from './spread.ts'
import { broughtBy, coarseConfidence } from './spread.ts'

type Wanted = Readonly<{ label: string; column: string | undefined }>
type Place = Readonly<{ node: Node; wanted: Wanted }>
/** A place on the way back, and the way from it to what is explained. */
type Way = Readonly<{
  place: Place
  steps: readonly ExplainedStep[]
  confidence: number
  rules: readonly string[]
}>

export type Explained = Readonly<{
  chains: readonly Chain[]
  others: number
  rules: readonly string[]
}>

/** Ways are looked at so far. What is left over is counted as far as it was seen. */
const placesMax = 10_000

/**
 * The ways by which a label got to a node, from where it was first stated: those of highest
 * confidence first, and of these the shortest (P-23); one for each beginning.
 */
export function explained(judged: Judged, node: Node, wanted: Wanted, first: number): Explained {
  const all = beginnings(judged, { node, wanted }, 0)
  const chains = new Map<string, Begun>()
  for (const least of confidencesOf(judged, all.values())) {
    if (chains.size >= first) break
    for (const [key, begun] of beginnings(judged, { node, wanted }, least)) {
      if (chains.size < first && !chains.has(key)) chains.set(key, begun)
    }
  }
  const rules = new Set([...all.values(), ...chains.values()].flatMap((begun) => begun.rules))
  return {
    chains: [...chains.values()].map(({ chain }) => chain),
    others: all.size - chains.size,
    rules: [...rules].toSorted(),
  }
}

/** A way that is back where the label was stated. */
type Begun = Readonly<{ chain: Chain; place: Place; rules: readonly string[] }>

/** What a way can be worth, the best first. */
function confidencesOf(judged: Judged, begun: Iterable<Begun>): readonly number[] {
  const found = new Set([0, coarseConfidence])
  for (const { place } of begun) found.add(sourceOf(judged, place)?.confidence ?? 0)
  return [...found].toSorted((a, b) => b - a)
}

/** Breadth first by ways that are worth so much at least, so the shortest to each beginning. */
function beginnings(judged: Judged, place: Place, least: number): ReadonlyMap<string, Begun> {
  const found = new Map<string, Begun>()
  const seen = new Set<string>()
  let ways: readonly Way[] = [
    { place, steps: [], confidence: 1, rules: [] },
    ...waysByMeeting(judged, place),
  ]
  while (ways.length > 0 && seen.size < placesMax) {
    const next: Way[] = []
    for (const way of ways.toSorted((a, b) => b.confidence - a.confidence)) {
      const key = keyOf(way.place)
      if (seen.has(key) || way.confidence < least) continue
      seen.add(key)
      const chain = beginningAt(judged, way)
      if (chain !== undefined && chain.confidence >= least) {
        found.set(key, { chain, place: way.place, rules: way.rules })
      }
      next.push(...waysInto(judged, way))
    }
    ways = next
  }
  return found
}

/** The ways by which the health context got to a node: from what is PHI by itself. */
export function explainedReach(judged: Judged, node: Node, first: number): readonly Chain[] {
  const chains: Chain[] = []
  const seen = new Set<Node>([node])
  let ways: readonly Readonly<{ node: Node; steps: readonly ExplainedStep[] }>[] = [
    { node, steps: [] },
  ]
  while (ways.length > 0 && chains.length < first && seen.size < placesMax) {
    const next: { node: Node; steps: readonly ExplainedStep[] }[] = []
    for (const way of ways) {
      if (way.steps.length > 0 && judged.begins(way.node) && chains.length < first) {
        chains.push({ from: way.node.dataset.id, steps: way.steps, confidence: 1 })
      }
      for (const link of way.node.into) {
        if (seen.has(link.from) || !judged.isReached(link)) continue
        seen.add(link.from)
        next.push({ node: link.from, steps: [...stepsOf(link), ...way.steps] })
      }
    }
    ways = next
  }
  return chains
}

function beginningAt(judged: Judged, { place, steps, confidence }: Way): Chain | undefined {
  const own = sourceOf(judged, place)
  if (own === undefined) return undefined
  const from: DatasetId = place.node.dataset.id
  return { from, steps, confidence: Math.min(confidence, own.confidence) }
}

function sourceOf(judged: Judged, { node, wanted }: Place): Mark | undefined {
  return judged
    .sourceMarks(node)
    .find(({ label, column }) => label === wanted.label && column === wanted.column)
}

function waysInto(judged: Judged, way: Way): readonly Way[] {
  return way.place.node.into.flatMap((link) =>
    broughtBy(link, judged.own(link.from), judged.markParts)
      .filter(({ mark }) => isWanted(mark, way.place.wanted))
      .map(({ mark, from }) => ({
        place: { node: link.from, wanted: from },
        steps: [...stepsOf(link), ...way.steps],
        confidence: Math.min(way.confidence, mark.confidence),
        rules: [...way.rules, mark.rule],
      })),
  )
}

/** What merely meets it has the label, and no way goes on from there. */
function waysByMeeting(judged: Judged, { node, wanted }: Place): readonly Way[] {
  if (wanted.column !== undefined) return []
  return judged.met(node).flatMap(({ node: met, meeting }) =>
    judged
      .own(met)
      .filter(({ label }) => label === wanted.label)
      .map(({ label, column }) => ({
        place: { node: met, wanted: { label, column } },
        steps: [{ meeting }],
        confidence: coarseConfidence,
        rules: ['P-24'],
      })),
  )
}

function stepsOf({ move, meeting }: Link): readonly ExplainedStep[] {
  return meeting === undefined ? [{ flow: move.flow }] : [{ meeting }, { flow: move.flow }]
}

function isWanted(mark: Mark, { label, column }: Wanted): boolean {
  return mark.label === label && mark.column === column
}

function keyOf({ node, wanted }: Place): string {
  return `${node.dataset.id} ${node.era} ${wanted.column ?? ''}\0${wanted.label}`
}
