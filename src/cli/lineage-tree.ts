/** One hop of an answer, seen from the start: `by` says what leads to it. */
export type Hop = Readonly<{ to: string; by: string }>

/**
 * A graph as a tree of lines. What was shown before is shown again without what lies behind it, so
 * the tree ends though the graph goes round.
 */
export function treeLines(
  start: string,
  hopsFrom: (key: string) => readonly Hop[],
  labelOf: (key: string) => string,
): readonly string[] {
  const lines: string[] = []
  const shown = new Set([start])
  const walk = (key: string, indent: string): void => {
    const hops = hopsFrom(key).toSorted((a, b) => compare(labelOf(a.to), labelOf(b.to)))
    for (const [index, { to, by }] of hops.entries()) {
      const isLast = index === hops.length - 1
      const isAgain = shown.has(to)
      shown.add(to)
      const mark = isAgain && hopsFrom(to).length > 0 ? '  (shown above)' : ''
      lines.push(`${indent}${isLast ? '└─' : '├─'} ${labelOf(to)}  ${by}${mark}`.trimEnd())
      if (!isAgain) walk(to, `${indent}${isLast ? '   ' : '│  '}`)
    }
  }
  walk(start, '')
  return lines
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
