import type { Span } from './marker.ts'
import type { NameHint } from './name-hint.ts'

const letter = '[AC-HJKMNP-RT-Y]'
const either = '[AC-HJKMNP-RT-Y\\d]'
const shape = (hyphen: string) =>
  `[1-9]${letter}${either}\\d${hyphen}${letter}${either}\\d${hyphen}${letter}{2}\\d{2}`
const alone = (pattern: string) => `(?<![A-Za-z0-9])(?:${pattern})(?![A-Za-z0-9])`

const written = new RegExp(alone(`${shape('-')}|${shape('')}`), 'g')
const inAnyCase = new RegExp(alone(`${shape('-')}|${shape('')}`), 'gi')

/** What follows the first digit of one, whatever the letters' case. */
export const mbiGoesOn = '[a-z][a-z\\d]\\d-?[a-z][a-z\\d]\\d-?[a-z]{2}\\d{2}'

/**
 * Medicare beneficiary identifiers, by what may stand at each of the eleven places: 1-9, a letter, a
 * letter or digit, a digit, and so on, never S, L, O, I, B or Z; with both hyphens or none. There is
 * no check digit. Small letters count only under a name that says so.
 */
export function findMbis(text: string, hint: NameHint): readonly Span[] {
  return [...text.matchAll(hint.mbi ? inAnyCase : written)].map(({ index, 0: match }) => ({
    start: index,
    end: index + match.length,
    detector: 'mbi',
  }))
}
