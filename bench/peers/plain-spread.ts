import type { World } from '../world.ts'

/** Column edges in typed arrays and nothing else: columns are numbers, labels are bits. */
export type PlainColumns = Readonly<{ columns: number; from: Uint32Array; to: Uint32Array }>

/** The column edges of a generated world as its events tell them, `width` columns in each dataset. */
export function plainColumns({ datasets, jobs }: World, width: number): PlainColumns {
  const from: number[] = []
  const to: number[] = []
  for (const { inputs, outputs } of jobs) {
    if (inputs.length === 0) continue
    for (const output of outputs) {
      for (let at = 0; at < width; at += 1) {
        from.push((inputs[at % inputs.length] ?? 0) * width + at)
        to.push(output * width + at)
        if (at !== 1 || inputs.length === 1) continue
        from.push((inputs[2 % inputs.length] ?? 0) * width + at)
        to.push(output * width + at)
      }
    }
  }
  const columns = datasets.length * width
  return { columns, from: Uint32Array.from(from), to: Uint32Array.from(to) }
}

/** Carries the bits along all edges until nothing changes; gives how many columns have any. */
export function plainSpread({ columns, from, to }: PlainColumns, bits: Uint8Array): number {
  const starts = new Uint32Array(columns + 1)
  for (const column of from) starts[column + 1] = (starts[column + 1] ?? 0) + 1
  for (let column = 0; column < columns; column += 1) {
    starts[column + 1] = (starts[column + 1] ?? 0) + (starts[column] ?? 0)
  }
  const ends = new Uint32Array(from.length)
  const next = starts.slice()
  for (const [edge, column] of from.entries()) {
    ends[next[column] ?? 0] = to[edge] ?? 0
    next[column] = (next[column] ?? 0) + 1
  }
  const waiting: number[] = []
  for (let column = 0; column < columns; column += 1) if (bits[column] !== 0) waiting.push(column)
  for (let column = waiting.pop(); column !== undefined; column = waiting.pop()) {
    const own = bits[column] ?? 0
    for (let at = starts[column] ?? 0; at < (starts[column + 1] ?? 0); at += 1) {
      const end = ends[at] ?? 0
      const before = bits[end] ?? 0
      const after = before | own
      if (after === before) continue
      bits[end] = after
      waiting.push(end)
    }
  }
  return bits.reduce((sum, of) => sum + (of === 0 ? 0 : 1), 0)
}
