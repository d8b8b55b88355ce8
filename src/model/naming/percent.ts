/**
 * A folder or file name without the percent-encoding of URIs, where it certainly has it: every `%`
 * begins an encoded byte, the bytes are UTF-8, and nothing stands there that an encoder would have
 * encoded. Else the name as it is, since `%` may stand in a key.
 *
 * All or nothing, and never to a character that would change how the name reads: `%2F` (a slash
 * inside of one name), `%25` (encoded twice), globs, braces, commas and control characters stay
 * encoded. So decoding a decoded name changes nothing.
 */
export function decodeSegment(segment: string): string {
  if (!segment.includes('%') || !encoded.test(segment)) return segment
  let decoded: string
  try {
    decoded = decodeURIComponent(segment)
  } catch {
    return segment
  }
  const codes = segment.match(/%[0-9a-f]{2}/gi) ?? []
  return codes.some((code) => mustStay.has(code.toUpperCase())) ? segment : decoded
}

// Printable ASCII without what RFC 3986 has encoded, and whole codes.
const encoded = /^(?:[!#-$&-;=?-[\]_a-z~]|%[0-9a-f]{2})*$/i

const mustStay: ReadonlySet<string> = new Set(
  [
    ...Array.from({ length: 0x20 }, (_item, code) => code),
    ...Array.from('/%*?[]{},\u007f', (character) => character.charCodeAt(0)),
  ].map((code) => `%${code.toString(16).padStart(2, '0').toUpperCase()}`),
)
