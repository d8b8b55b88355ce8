import type { Cell } from './cells.ts'
import { compareCodePoints } from '../model/index.ts'

/** The best of several cells by (rank, event time, entry key). */
export function bestOf(cells: readonly (Cell | undefined)[]): Cell | undefined {
  return cells
    .filter((cell) => cell !== undefined)
    .toSorted((a, b) => b.rank - a.rank || b.at - a.at || compareCodePoints(b.entry, a.entry))[0]
}
