import type { Link, Node } from './links.ts'

/**
 * Everything that these nodes get to, they themselves too; undefined when that is more than `most`.
 * Nodes come before what they get to, as far as there are no cycles. What a node groups is what it
 * gets to itself: the same move reads both.
 */
export function regionOf(
  nodes: Iterable<Node>,
  outOf: (node: Node) => Iterable<Link>,
  most = Infinity,
): ReadonlySet<Node> | undefined {
  const seen = new Set<Node>()
  const finished: Node[] = []
  for (const start of nodes) {
    if (seen.has(start)) continue
    seen.add(start)
    if (seen.size > most) return undefined
    const path = [{ node: start, left: outOf(start)[Symbol.iterator]() }]
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const next = last.left.next()
      if (next.done === true) {
        finished.push(last.node)
        path.pop()
      } else if (!seen.has(next.value.to)) {
        const { to } = next.value
        seen.add(to)
        if (seen.size > most) return undefined
        path.push({ node: to, left: outOf(to)[Symbol.iterator]() })
      }
    }
  }
  return new Set(finished.toReversed())
}
