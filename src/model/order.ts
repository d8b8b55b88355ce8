/**
 * Orders two strings by code point, as UTF-8 bytes, SQLite and Neo4j do. JavaScript's own `<` goes
 * by UTF-16 unit, and so puts U+1F600 before U+FF5E. Half a surrogate pair sorts as its pair would:
 * the order is total for any string. Gives a negative number, 0 or a positive number.
 */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0
  const shared = Math.min(a.length, b.length)
  for (let index = 0; index < shared; index += 1) {
    const left = a.charCodeAt(index)
    const right = b.charCodeAt(index)
    if (left !== right) {
      // Only where both are above the first surrogate can the two orders differ.
      return left < firstSurrogate || right < firstSurrogate
        ? left - right
        : rankOfUnit(left) - rankOfUnit(right)
    }
  }
  return a.length - b.length
}

const firstSurrogate = 0xd800
const surrogates = 0x800

/** Moves the surrogates (what lies above U+FFFF) behind the rest of the basic plane. */
function rankOfUnit(unit: number): number {
  if (unit < firstSurrogate) return unit
  return unit < firstSurrogate + surrogates ? unit + 0x2000 : unit - surrogates
}
