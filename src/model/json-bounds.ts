import { endOfString, isDeeperThan } from './json.ts'

/** How large the parts of one event may be. Lengths are in characters as written, escapes included. */
export type JsonBounds = Readonly<{
  depthMax: number
  stringCharactersMax: number
  keyCharactersMax: number
}>

/**
 * What in a JSON text is over which bound, in words that do not quote it; undefined when nothing is.
 * Looks at the text alone, before anybody parses it, and at most texts only once, in passing.
 */
export function overBounds(text: string, bounds: JsonBounds): string | undefined {
  const { depthMax, stringCharactersMax, keyCharactersMax } = bounds
  if (isDeeperThan(text, depthMax)) return `nests deeper than ${depthMax} levels`
  if (!mayHoldLongString(text, Math.min(stringCharactersMax, keyCharactersMax))) return undefined
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    const end = endOfString(text, at)
    const length = end - at - 1
    at = end + 1
    if (length > stringCharactersMax)
      return `holds a text of over ${stringCharactersMax} characters`
    if (length > keyCharactersMax && isKey(text, at)) {
      return `holds a key of over ${keyCharactersMax} characters`
    }
  }
  return undefined
}

/** Two quotes in a row lie far apart where a long string is, unless it is full of escaped ones. */
function mayHoldLongString(text: string, charactersMax: number): boolean {
  if (text.length <= charactersMax) return false
  if (text.includes('\\"')) return true
  let before = 0
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) {
    if (at - before > charactersMax) return true
    before = at
  }
  return text.length - before > charactersMax
}

function isKey(text: string, at: number): boolean {
  return /^\s{0,1000}:/.test(text.slice(at, at + 1001))
}
