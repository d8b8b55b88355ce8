import type { EntryKey } from '../model/index.ts'
import type { Cell } from './cells.ts'
import type { FacetRecord } from './port.ts'
import { compareCodePoints } from '../model/index.ts'

/** Facets in effect, by key: a tombstone hides its facet. A cell's member is the key. */
export function facetRecords(cells: readonly (Cell | undefined)[]): readonly FacetRecord[] {
  const records = cells.flatMap((cell) =>
    cell === undefined || cell.value === undefined || cell.value === null
      ? []
      : [{ key: cell.member, value: cell.value, at: cell.at, evidence: cell.entry as EntryKey }],
  )
  return records.toSorted((a, b) => compareCodePoints(a.key, b.key))
}
