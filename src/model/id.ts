import { hash } from 'node:crypto'

const digestBytes = 16

/**
 * A short id that any store works out alike: the prefix, `_`, and the first 16 bytes of SHA-256 over
 * the parts as a JSON array, in base64url (22 characters). The array keeps `('a', 'bc')` and
 * `('ab', 'c')` apart, and JSON's escapes make half a surrogate pair mean one thing everywhere.
 */
export function digestId(prefix: string, ...parts: readonly string[]): string {
  const digest = hash('sha256', JSON.stringify(parts), 'buffer')
  return `${prefix}_${digest.toString('base64url', 0, digestBytes)}`
}
