import type { Span } from './marker.ts'
import type { NameHint } from './name-hint.ts'
import { hasLuhnDigit } from './luhn.ts'
import { standsAlone, textBefore } from './neighbours.ts'

const tenDigits = /(?<![A-Za-z0-9])[12]\d{9}(?![A-Za-z0-9])/g
const before =
  /(?<!scrubbed:)(?:(?<![a-z])npi(?![a-z])|national[\s_-]provider[\s_-]id(?:entifier)?)[^\d[\]\n]{0,24}$/i

/** What a text says in which one stands, if the name above does not. */
export const npiHint = 'npi|national[\\s_-]provider'

/**
 * National provider identifiers: ten digits that begin with 1 or 2 and end in the Luhn digit over
 * `80840` and the rest. A tenth of all such numbers passes, so only beside a name or word that says so.
 */
export function findNpis(text: string, hint: NameHint): readonly Span[] {
  const spans: Span[] = []
  for (const { index: start, 0: number } of text.matchAll(tenDigits)) {
    const end = start + number.length
    const isSaid = hint.npi || before.test(textBefore(text, start))
    if (isSaid && isNpi(number) && standsAlone(text, start, end)) {
      spans.push({ start, end, detector: 'npi' })
    }
  }
  return spans
}

/** Whether ten digits can be one: not one whose first nine are all the same. */
export function isNpi(digits: string): boolean {
  return /^[12]\d{9}$/.test(digits) && !/^(\d)\1{8}/.test(digits) && hasLuhnDigit(`80840${digits}`)
}
