import type { JsonObject } from '../../model/index.ts'
import type { Place } from './place.ts'
import { placeOfCode, text } from './place.ts'

/** The place under a key of an object, and whether the key is a name that stays as it is. */
export function childOf(
  place: Place,
  object: JsonObject,
  key: string,
): { readonly place: Place; readonly isName: boolean } {
  const known = knownPlace(place, object, key)
  if (known !== undefined) {
    const isCode = known.reading === 'code'
    return { place: isCode ? placeOfCode(object['language']) : known, isName: true }
  }
  if (place.named !== undefined) return { place: place.named, isName: true }
  return { place: place.others ?? text, isName: false }
}

function knownPlace(place: Place, object: JsonObject, key: string): Place | undefined {
  if (place.isFolded !== true) return place.fields.get(key)
  const chosen = place.chosen?.(object, key)
  if (chosen !== undefined) return chosen
  const folded = key.toLowerCase()
  return place.fields.get(folded) ?? place.endings?.find(([ending]) => ending.test(folded))?.[1]
}
