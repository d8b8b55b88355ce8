import type { NameHint } from './name-hint.ts'
import type { Span } from './marker.ts'
import { standsAlone, textBefore } from './neighbours.ts'

/** The positions of a Medicare Beneficiary Identifier; no S, L, O, I, B and Z among its letters. */
const letter = '[AC-HJKMNP-RT-Y]'
const either = '[AC-HJKMNP-RT-Y0-9]'
const mbi = new RegExp(
  `(?<![A-Za-z0-9~/+=_-])[1-9]${letter}${either}\\d-?${letter}${either}\\d-?${letter}{2}\\d{2}(?![A-Za-z0-9/+=_-])`,
  'g',
)

/** Identifiers of people on Medicare (`1EG4-TE5-MK73`): their form is enough. */
export function findMbis(text: string): readonly Span[] {
  return [...text.matchAll(mbi)].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
    detector: 'mbi',
  }))
}

const tenDigits = /(?<!\d)[12]\d{9}(?!\d)/g

/**
 * National Provider Identifiers, where a name or a word before them says so: ten digits with a check
 * digit are a telephone number as often.
 */
export function findNpis(text: string, hint: NameHint): readonly Span[] {
  return [...text.matchAll(tenDigits)]
    .filter(({ index, 0: match }) => {
      const isSaid = hint.npi || /\bnpi\b[^\d\n]{0,24}$/i.test(textBefore(text, index))
      return isSaid && standsAlone(text, index, index + match.length) && isNpi(match)
    })
    .map(({ index, 0: match }) => ({ start: index, end: index + match.length, detector: 'npi' }))
}

/** The check digit is that of Luhn, counted with 80840 before the ten digits. */
export function isNpi(digits: string): boolean {
  if (!/^[12]\d{9}$/.test(digits)) return false
  const sum = [...`80840${digits}`].toReversed().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

const numbered = /(?<![\w-])[A-Z]{0,4}-?\d{4,12}(?![\w-])/gi

/** Medical record numbers, where a name or a word before them says that they are. */
export function findMrns(text: string, hint: NameHint): readonly Span[] {
  return [...text.matchAll(numbered)]
    .filter(
      ({ index }) =>
        hint.mrn ||
        /\b(?:mrn|medical[ _]record(?:[ _](?:number|no|nr|num))?)\b[^\d\n]{0,16}$/i.test(
          textBefore(text, index),
        ),
    )
    .map(({ index, 0: match }) => ({ start: index, end: index + match.length, detector: 'mrn' }))
}
