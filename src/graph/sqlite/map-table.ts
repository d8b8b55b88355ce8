import type { DatasetId } from '../../model/index.ts'
import type { StoredMap } from '../cells.ts'
import type { KeyedMap } from '../derived.ts'
import type { Database } from './database.ts'
import { parseJson } from '../../model/index.ts'

/** A column map of a member, with the datasets that it mentions. */
export type LoadedMap = KeyedMap & Readonly<{ datasets: ReadonlySet<DatasetId> }>

const cachedMax = 20_000

/** Column maps, each stored once, and the sets of them that members have. */
export class MapTable {
  readonly #db: Database
  readonly #sets = new Map<string, number>()
  readonly #loaded = new Map<number, readonly LoadedMap[]>()

  constructor(db: Database) {
    this.#db = db
  }

  setOf(maps: readonly KeyedMap[]): number {
    const key = maps.map((map) => `${map.output}:${map.key}`).join()
    const cached = this.#sets.get(key)
    if (cached !== undefined) return cached
    const known = this.#db.one('SELECT id FROM mapset WHERE key = ?', key)
    const id = known === undefined ? this.#save(key, maps) : Number(known['id'])
    if (this.#sets.size >= cachedMax) this.#sets.clear()
    this.#sets.set(key, id)
    return id
  }

  mapsOf(mapset: number): readonly LoadedMap[] {
    const cached = this.#loaded.get(mapset)
    if (cached !== undefined) return cached
    const row = this.#db.one('SELECT maps FROM mapset WHERE id = ?', mapset)
    const pairs = JSON.parse(String(row?.['maps'] ?? '[]')) as [DatasetId, number][]
    const loaded = pairs.map(([output, id]) => {
      const stored = this.#db.one('SELECT key, body FROM map WHERE id = ?', id)
      const map = parseJson(String(stored?.['body'])) as unknown as StoredMap
      return { output, key: String(stored?.['key']), map, datasets: datasetsOf(map) }
    })
    if (this.#loaded.size >= cachedMax) this.#loaded.clear()
    this.#loaded.set(mapset, loaded)
    return loaded
  }

  /** After a transaction that was rolled back, what was cached may not be there. */
  forget(): void {
    this.#sets.clear()
    this.#loaded.clear()
  }

  #save(key: string, maps: readonly KeyedMap[]): number {
    const pairs = maps.map(({ output, key: mapKey, map }) => [output, this.#mapRow(mapKey, map)])
    return this.#db.insert(
      'INSERT INTO mapset (key, maps) VALUES (?, ?)',
      key,
      JSON.stringify(pairs),
    )
  }

  #mapRow(key: string, map: StoredMap): number {
    const known = this.#db.one('SELECT id FROM map WHERE key = ?', key)
    if (known !== undefined) return Number(known['id'])
    return this.#db.insert('INSERT INTO map (key, body) VALUES (?, ?)', key, JSON.stringify(map))
  }
}

function datasetsOf(map: StoredMap): ReadonlySet<DatasetId> {
  const inputs = [...map.fields.flatMap((field) => field.inputs), ...map.whole]
  return new Set(inputs.map(({ dataset }) => dataset))
}
