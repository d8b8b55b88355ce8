import type { Json, JsonObject } from '../../model/index.ts'
import type { Detector } from './marker.ts'
import type { TextReader } from './text.ts'
import { isJsonObject } from '../../model/index.ts'
import { nameKeys, resultKeys, valueKeys } from './value-keys.ts'
import { secretNamed } from './secret-name.ts'

/**
 * The name that a value in an object goes by, and the secret that the name makes of it: its key, or
 * what the object says beside it (`{"name": "DB_PASSWORD", "value": …}`, a comparison's field, a
 * result's column), or the name above. `shown` is the key as it is stored. A name with a find in it
 * is judged as it was and as it is stored, so that a second run judges no differently.
 */
export function nameOf({
  object,
  key,
  shown,
  above,
  reader,
}: {
  readonly object: JsonObject
  readonly key: string
  readonly shown: string
  readonly above: string
  readonly reader: TextReader
}): { readonly name: string; readonly secret?: Detector | undefined } {
  const child = object[key]
  const isResult = resultKeys.has(shown)
  if (!isResult && !valueKeys.has(shown) && !/^[\d.]+$/.test(shown)) {
    const secret = secretNamed(shown, child)
    return { name: shown, secret: shown === key ? secret : (secret ?? secretNamed(key, child)) }
  }
  const paired = isResult ? undefined : textUnder(object, nameKeys)
  const said = paired ?? columnBeside(object) ?? above
  const name = reader.clean(said)
  // A result is a count more often than a value; and where a name speaks for what lies deeper, the
  // values there are judged one by one.
  if (isResult || (paired === undefined && isJsonObject(child))) return { name }
  return { name, secret: secretNamed(name, child) ?? secretNamed(said, child) }
}

function textUnder(object: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value: Json | undefined = Object.hasOwn(object, key) ? object[key] : undefined
    if (typeof value === 'string') return value
  }
  return undefined
}

/** The column that a result or a literal is about: `{"column": …}`, or a comparison's other side. */
function columnBeside(object: JsonObject): string | undefined {
  const column = textUnder(object, ['column', 'field'])
  if (column !== undefined) return column
  for (const side of ['left', 'right']) {
    const value = object[side]
    const field = isJsonObject(value) ? textUnder(value, ['field']) : undefined
    if (field !== undefined) return field
  }
  return undefined
}
