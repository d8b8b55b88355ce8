import type { JsonObject } from '../../model/index.ts'
import type { Place } from './place.ts'
import { placeOfCode, text } from './place.ts'

/** The place under a key, and whether the key is a name that stays as it is. */
type Child = Readonly<{ place: Place; isName: boolean }>

/** The place under a key of an object. */
export function childOf(place: Place, object: JsonObject, key: string): Child {
  const chosen = place.isFolded === true ? place.chosen?.(object, key) : undefined
  const child = chosen === undefined ? childByKey(place, key) : { place: chosen, isName: true }
  if (!child.isName || child.place.reading !== 'code') return child
  return { place: placeOfCode(object['language']), isName: true }
}

/** Far more than any table has; a sender may think of more. */
const keysMax = 2000
const found = new WeakMap<Place, Map<string, Child>>()

/** As the tables say, which are asked once for each key. */
function childByKey(place: Place, key: string): Child {
  const known = found.get(place) ?? new Map<string, Child>()
  const before = known.get(key)
  if (before !== undefined) return before
  const child = childInTable(place, key)
  if (known.size >= keysMax) known.clear()
  found.set(place, known.set(key, child))
  return child
}

function childInTable(place: Place, key: string): Child {
  const known = knownPlace(place, key)
  if (known !== undefined) return { place: known, isName: true }
  if (place.named !== undefined) return { place: place.named, isName: true }
  return { place: place.others ?? text, isName: false }
}

function knownPlace(place: Place, key: string): Place | undefined {
  if (place.isFolded !== true) return place.fields.get(key)
  const folded = key.toLowerCase()
  return place.fields.get(folded) ?? place.endings?.find(([ending]) => ending.test(folded))?.[1]
}
