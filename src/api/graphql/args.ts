import type { PageAsk } from '../../graph/index.ts'
import { LinewardError } from '../../errors.ts'

/** `first` and `after` as GraphQL hands them over. */
export type PageArgs = Readonly<{ first: number; after?: string | null }>

/** An optional argument: GraphQL makes what is absent null or leaves it out. */
export type Maybe<Value> = Value | null | undefined

/**
 * The number, which is at least `least` and at most `max`.
 *
 * @throws LinewardError ARGUMENT_INVALID when it is less, LIMIT_EXCEEDED when it is more.
 */
export function atMost(
  max: number,
  name: string,
  { value, least = 1 }: Readonly<{ value: number; least?: number }>,
): number {
  if (value < least) {
    throw new LinewardError('ARGUMENT_INVALID', `\`${name}\` is ${value}, and is at least ${least}`)
  }
  if (value > max) {
    throw new LinewardError('LIMIT_EXCEEDED', `\`${name}\` is ${value}, and may be at most ${max}`)
  }
  return value
}

/** The page that is asked for, within `max` items. Throws as `atMost`. */
export function pageOf(max: number, { first, after }: PageArgs): PageAsk {
  return { first: atMost(max, 'first', { value: first }), after: after ?? undefined }
}

/**
 * The text, which is not too long and, unless `blank` is allowed, says something.
 *
 * @throws LinewardError LIMIT_EXCEEDED when it has more than `charactersMax` UTF-16 units,
 *   ARGUMENT_INVALID when it is blank.
 */
export function textWithin(
  charactersMax: number,
  name: string,
  { value, blank = false }: Readonly<{ value: string; blank?: boolean }>,
): string {
  if (value.length > charactersMax) {
    throw new LinewardError('LIMIT_EXCEEDED', `\`${name}\` has over ${charactersMax} characters`)
  }
  if (!blank && value.trim() === '') {
    throw new LinewardError('ARGUMENT_INVALID', `\`${name}\` is blank`)
  }
  return value
}

const reasonCharactersMax = 2000

/** Why somebody changes something: never blank. Throws as `textWithin`. */
export function reasonIn({ reason }: Readonly<{ reason: string }>): string {
  return textWithin(reasonCharactersMax, 'reason', { value: reason })
}

/** @throws LinewardError LIMIT_EXCEEDED when there are more than `max` items. */
export function listWithin<Item>(
  max: number,
  name: string,
  items: readonly Item[],
): readonly Item[] {
  if (items.length > max) {
    throw new LinewardError('LIMIT_EXCEEDED', `\`${name}\` has over ${max} items`)
  }
  return items
}

const shownMax = 200
// Control characters, and marks that turn the direction of what follows them.
const unshowable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** A name from outside for a message: in quotation marks, short, and without what cannot be seen. */
export function quoted(text: string): string {
  const cut = text.length > shownMax ? `${text.slice(0, shownMax)}…` : text
  return `"${cut.replace(unshowable, '\ufffd')}"`
}
