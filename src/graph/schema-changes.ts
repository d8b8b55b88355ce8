import type { EntryKey, Micros, SchemaField } from '../model/index.ts'
import type { Cell } from './cells.ts'
import type { SchemaRecord } from './port.ts'

/**
 * Every change of a schema, newest first, by those alone who know it best. `said` is all that was
 * said of it, in order of event time, rank and entry key; of several at one moment the last counts.
 */
export function schemaChanges(said: readonly Cell[]): readonly SchemaRecord[] {
  const best = said.reduce((most, { rank }) => Math.max(most, rank), 0)
  const moments = new Map<Micros, Cell>()
  for (const cell of said.filter(({ rank }) => rank === best)) {
    // Of what one entry says of several names of the dataset, the least name counts, as everywhere.
    if (moments.get(cell.at)?.entry !== cell.entry) moments.set(cell.at, cell)
  }
  const changes: SchemaRecord[] = []
  for (const { at, entry, value } of moments.values()) {
    const fields = value as unknown as readonly SchemaField[]
    if (JSON.stringify(changes.at(-1)?.fields) === JSON.stringify(fields)) continue
    changes.push({ since: at, fields, evidence: entry as EntryKey })
  }
  return changes.toReversed()
}
