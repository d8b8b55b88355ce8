import type { Reading } from './detectors.ts'
import type { Detector } from './marker.ts'

/**
 * How a string is read where it is more than one of the readings by detectors says. `payload` goes
 * whatever it is, and all that lies below; `token` becomes a token. An object's `key` keeps its
 * folders, `form-key` is one encoded as in a form, `prefix` the beginning of some, `copy-source` a
 * bucket and a key; `arn` and `location` may hold one. A `statement` loses its literals, a `value` is
 * that of a partition, an `endpoint` is where messages go: an address of a host stays, a person's goes.
 */
export type Special =
  | 'payload'
  | 'token'
  | 'key'
  | 'form-key'
  | 'prefix'
  | 'copy-source'
  | 'arn'
  | 'location'
  | 'statement'
  | 'value'
  | 'endpoint'

/** How the strings at one place of an event are read, and which places lie under it. */
export type Place = Readonly<{
  reading: Reading | Special
  /** Places under keys that the specification knows. Their keys are never changed. */
  fields: ReadonlyMap<string, Place>
  /** Whether keys are looked up in lower case. */
  isFolded?: boolean | undefined
  /** Places under keys by how they end, in lower case; after `fields`. */
  endings?: readonly (readonly [RegExp, Place])[] | undefined
  /** Where every other key is a name, such as a column's: its place. */
  named?: Place | undefined
  /** The place under any other key; such a key is free text itself. */
  others?: Place | undefined
  /** The place of an array's elements. */
  items?: Place | undefined
  /** The place of JSON in a string here; free text where it is absent. */
  embedded?: Place | undefined
  /** Places that depend on what another key of the object says. */
  chosen?:
    ((object: Readonly<Record<string, unknown>>, key: string) => Place | undefined) | undefined
  /** What the marker of a payload says that it was. */
  detector?: Detector | undefined
}>

export type Fields = Readonly<Record<string, Place>>

/**
 * A place with every property, be it undefined: places of one shape are looked at faster, and this is
 * done for each value of each event.
 */
export function placeOf({
  reading,
  fields = new Map(),
  isFolded,
  endings,
  named,
  others,
  items,
  embedded,
  chosen,
  detector,
}: Partial<Place> & Pick<Place, 'reading'>): Place {
  return {
    reading,
    fields,
    isFolded,
    endings,
    named,
    others,
    items,
    embedded,
    chosen,
    detector,
  }
}

/** Free text, and all below it: what the tables say nothing about. */
export const text: Place = placeOf({ reading: 'text' })
const name: Place = placeOf({ reading: 'name' })
export const actor: Place = placeOf({ reading: 'actor' })
export const sql: Place = placeOf({ reading: 'sql' })
export const code: Place = placeOf({ reading: 'code' })
export const payload: Place = placeOf({ reading: 'payload' })

export function object(fields: Fields): Place {
  return placeOf({ reading: 'text', fields: new Map(Object.entries(fields)) })
}

export function list(items: Place): Place {
  return placeOf({ reading: 'text', items })
}

export function byName(named: Place): Place {
  return placeOf({ reading: 'text', named })
}

/** All the given keys at one place. */
export function names(...keys: readonly string[]): Fields {
  return Object.fromEntries(keys.map((key) => [key, name]))
}

/** How a program is read, by the language that its facet names. */
export function placeOfCode(language: unknown): Place {
  if (typeof language !== 'string') return text
  if (/sql|hql/i.test(language)) return sql
  return /^(?:ba|z|k|c|fi)?sh(?:ell)?$|powershell|batch/i.test(language) ? text : code
}
