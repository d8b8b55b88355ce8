import type { Span } from './marker.ts'
import type { NameHint } from './name-hint.ts'
import { hasLuhnDigit } from './luhn.ts'
import { disjoint, standsAlone, textBefore } from './neighbours.ts'

const grouped =
  /(?<![A-Za-z0-9])(?:\d{4}([- ])\d{4}\1\d{4}\1(?:\d{4}\1\d{3}|\d{1,4})|\d{4}([- ])\d{6}\2\d{4,5})(?![A-Za-z0-9])/g
const bare = /(?<![A-Za-z0-9])\d{13,19}(?![A-Za-z0-9])/g
const before = /(?<!scrubbed:)(?:card|(?<![a-z])pan|visa|amex|mastercard|maestro)[^\d[\]\n]{0,24}$/i

/** Issuers by their first digits, and the lengths that count without a word beside them. */
const issuers: readonly (readonly [RegExp, number])[] = [
  [/^4/, 16],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, 16],
  [/^3[47]/, 15],
  [/^(?:6011|64[4-9]|65)/, 16],
  [/^(?:30[0-5]|3[689])/, 14],
  [/^35(?:2[89]|[3-8])/, 16],
  [/^62/, 16],
]
const anyIssuer = /^(?:4|5[0-8]|2[2-7]|3[4-9]|30[0-5]|6)/

/**
 * Payment cards: an issuer's first digits, a length of that issuer, and the Luhn digit. Rare lengths
 * (13, 17 to 19) are also those of ids and nanoseconds: in groups, or beside a word, only.
 */
export function findCards(text: string, hint: NameHint): readonly Span[] {
  const spans: Span[] = []
  for (const match of text.matchAll(grouped)) add(match.index, match[0], true)
  for (const match of text.matchAll(bare)) {
    add(match.index, match[0], hint.card || before.test(textBefore(text, match.index)))
  }
  return disjoint(spans)

  function add(start: number, number: string, isSaid: boolean) {
    const end = start + number.length
    if (isCard(number.replace(/\D/g, ''), isSaid) && standsAlone(text, start, end)) {
      spans.push({ start, end, detector: 'card' })
    }
  }
}

/** Whether digits are a card; `isSaid` when something else than the digits says that they are. */
export function isCard(digits: string, isSaid: boolean): boolean {
  const isIssued = isSaid
    ? /^\d{13,19}$/.test(digits) && anyIssuer.test(digits)
    : issuers.some(([first, length]) => digits.length === length && first.test(digits))
  return isIssued && hasLuhnDigit(digits)
}
