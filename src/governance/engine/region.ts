import type { Link, Node } from './links.ts'

/** Where links lead from a node, and whose links are grouped by it. */
export type Ahead = (node: Node) => Readonly<{ out: readonly Link[]; groups: Iterable<Link> }>

/**
 * Everything that these nodes get to, they themselves too; undefined when that is more than `most`.
 * Nodes come before what they get to, as far as there are no cycles.
 */
export function regionOf(
  nodes: Iterable<Node>,
  ahead: Ahead,
  most = Infinity,
): ReadonlySet<Node> | undefined {
  const seen = new Set<Node>()
  const finished: Node[] = []
  for (const start of nodes) {
    if (seen.has(start)) continue
    seen.add(start)
    const path = [{ node: start, left: nextOf(start, ahead) }]
    for (let last = path.at(-1); last !== undefined; last = path.at(-1)) {
      const next = last.left.next()
      if (next.done === true) {
        finished.push(last.node)
        path.pop()
      } else if (!seen.has(next.value)) {
        seen.add(next.value)
        if (seen.size > most) return undefined
        path.push({ node: next.value, left: nextOf(next.value, ahead) })
      }
    }
  }
  return new Set(finished.toReversed())
}

function* nextOf(node: Node, ahead: Ahead): Generator<Node> {
  const { out, groups } = ahead(node)
  for (const { to } of out) yield to
  for (const { to } of groups) yield to
}
