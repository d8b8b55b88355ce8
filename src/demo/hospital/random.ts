import type { Micros } from './time.ts'
import { createHash } from 'node:crypto'

const drawOf = (key: string) => createHash('sha256').update(`larkmere/${key}`).digest()

/**
 * A whole number from `least` to `most` (both included) that depends on `key` alone. Each draw is
 * named, so that one more job or one more day changes no other draw.
 */
export function drawn(key: string, least: number, most: number): number {
  return least + (drawOf(key).readUIntBE(0, 6) % (most - least + 1))
}

/** True for about `perThousand` of a thousand keys, and always the same for one key. */
export function happens(key: string, perThousand: number): boolean {
  return drawn(key, 1, 1000) <= perThousand
}

/** `length` lower-case hexadecimal digits (64 at most) that depend on `key` alone. */
export function hexOf(key: string, length: number): string {
  return drawOf(key).toString('hex').slice(0, length)
}

/**
 * A UUID of version 7, as current producers make them: the millisecond of `at` (microseconds since
 * 1970) in front, the rest drawn by `key`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9562#section-5.7
 */
export function uuidAt(at: Micros, key: string): string {
  const time = Math.floor(at / 1000)
    .toString(16)
    .padStart(12, '0')
  const rest = hexOf(`uuid/${key}`, 18)
  const variant = '89ab'.charAt(drawn(`variant/${key}`, 0, 3))
  const group = `${variant}${rest.slice(3, 6)}`
  return `${time.slice(0, 8)}-${time.slice(8)}-7${rest.slice(0, 3)}-${group}-${rest.slice(6)}`
}

/** A UUID of version 4 that depends on `key` alone. */
export function uuidOf(key: string): string {
  const hex = hexOf(`uuid4/${key}`, 31)
  const variant = '89ab'.charAt(drawn(`variant/${key}`, 0, 3))
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18, 30)}`
}

/** An id as services of AWS make them: `length` capital letters and digits (64 at most). */
export function capitalsOf(key: string, length: number): string {
  return hexOf(`capitals/${key}`, length).toUpperCase()
}
