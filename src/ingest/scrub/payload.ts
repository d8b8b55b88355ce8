import type { Place } from './place.ts'
import { isMarker } from './marker.ts'
import { isRedaction } from './redaction.ts'

/** Nothing below is kept but what the place names: an attribute, by the kind of its value. */
export function isWholePayload(value: object, place: Place): boolean {
  const keys = Object.keys(value)
  if (keys.length === 0) return false
  if (Array.isArray(value)) return place.items === undefined
  return place.named === undefined && !keys.every((key) => place.fields.has(key))
}

/** Nothing to take out: an empty text or document, a marker, what AWS itself has taken out. */
export function isEmptyPayload(text: string): boolean {
  return /^(?:\{\}|\[\]|null|"")?$/.test(text.trim()) || isMarker(text) || isRedaction(text)
}
