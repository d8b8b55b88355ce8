import type { DatasetId, Json } from '../../model/index.ts'
import type { StoredMap } from '../cells.ts'
import type { KeyedMap } from '../derived.ts'
import type { Database } from './database.ts'
import type { Interning } from './interning.ts'
import { hash } from 'node:crypto'
import { parseJson } from '../../model/index.ts'
import { BoundedCache } from './bounded-cache.ts'

/** A column map of a member, with the datasets of which it tells columns. */
export type LoadedMap = KeyedMap & Readonly<{ datasets: ReadonlySet<DatasetId> }>

/**
 * Characters of the maps and of the names of their sets that are kept at hand. A map that was read
 * takes several times the memory of its text.
 */
const loadedMax = 8 << 20
const setsMax = 8 << 20

/** Column maps, each stored once, and the sets of them that members have. */
export class MapTable {
  readonly #db: Database
  readonly #interning: Interning
  readonly #sets = new BoundedCache<string, number>(setsMax)
  readonly #loaded = new BoundedCache<number, readonly LoadedMap[]>(loadedMax)

  constructor(db: Database, interning: Interning) {
    this.#db = db
    this.#interning = interning
  }

  setOf(maps: readonly KeyedMap[]): number {
    const key = keyOf(maps)
    const cached = this.#sets.get(key)
    if (cached !== undefined) return cached
    const known = this.#db.one('SELECT id FROM mapset WHERE key = ?', key)
    const id = known === undefined ? this.#save(key, maps) : Number(known['id'])
    this.#sets.add(key, id, key.length)
    return id
  }

  mapsOf(mapset: number): readonly LoadedMap[] {
    const cached = this.#loaded.get(mapset)
    if (cached !== undefined) return cached
    const row = this.#db.one('SELECT maps FROM mapset WHERE id = ?', mapset)
    const pairs = JSON.parse(String(row?.['maps'] ?? '[]')) as [DatasetId, number][]
    let weight = 1
    const loaded = pairs.map(([output, id]) => {
      const stored = this.#db.one(
        'SELECT key, body FROM map JOIN value ON value.id = map.value WHERE map.id = ?',
        id,
      )
      const body = String(stored?.['body'])
      weight += body.length
      const map = parseJson(body) as unknown as StoredMap
      return { output, key: String(stored?.['key']), map, datasets: datasetsOf(map) }
    })
    this.#loaded.add(mapset, loaded, weight)
    return loaded
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
    // The cell that it comes from has the same value, so the text is there already.
    const value = this.#interning.value(map as unknown as Json)
    return this.#db.insert('INSERT INTO map (key, value) VALUES (?, ?)', key, value)
  }
}

/** Equal for the same maps of the same outputs. A set can have very many. */
function keyOf(maps: readonly KeyedMap[]): string {
  const key = maps.map((map) => `${map.output}:${map.key}`).join()
  return maps.length > 1 ? hash('sha256', key, 'base64url') : key
}

function datasetsOf(map: StoredMap): ReadonlySet<DatasetId> {
  const inputs = [...map.fields.flatMap((field) => field.inputs), ...map.whole]
  return new Set(inputs.map(({ dataset }) => dataset))
}
