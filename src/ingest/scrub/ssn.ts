import type { Span } from './marker.ts'
import type { NameHint } from './name-hint.ts'
import { disjoint, standsAlone, textAfter, textBefore } from './neighbours.ts'

const separated = /(?<![A-Za-z0-9])\d{3}([- \u2010-\u2013\u00a0])\d{2}\1\d{4}(?![A-Za-z0-9])/g
const bare = /(?<![A-Za-z0-9])\d{9}(?![A-Za-z0-9])/g
const word = /ssn|soc(?:ial)?[\s_-]{0,2}sec|(?<![a-z])ss\s?#/i
// Spark prints a column with its id, `ssn#12`. The word inside of a marker says nothing.
const before =
  /(?<!scrubbed:)(?:ssn|soc(?:ial)?[\s_-]{0,2}sec(?:urity)?|(?<![a-z])ss\s?#)(?:#\d{1,9}L?)?[^\d[\]\n]{0,24}$/i
const after = /^[^\d[\]\n]{0,24}(?<!scrubbed:)(?:ssn|social[\s_-]?sec)/i
const listed = /^[\s,'"()]{1,8}$/

/**
 * Social security numbers. With separators: by area, group and serial. Nine digits in a row, or a
 * number that is never issued: only beside a word that says so, or in a list after such a one.
 */
export function findSsns(text: string, hint: NameHint): readonly Span[] {
  const named = hint.ssn || word.test(text)
  const isNamed = (start: number, end: number) =>
    hint.ssn || before.test(textBefore(text, start)) || after.test(textAfter(text, end))

  const spans: Span[] = []
  for (const match of text.matchAll(separated)) {
    const [start, end] = [match.index, match.index + match[0].length]
    if (
      standsAlone(text, start, end) &&
      (isIssuable(match[0].replace(/\D/g, '')) || (named && isNamed(start, end)))
    ) {
      spans.push({ start, end, detector: 'ssn' })
    }
  }
  if (!named) return spans
  let lastEnd = -1
  for (const match of text.matchAll(bare)) {
    const [start, end] = [match.index, match.index + match[0].length]
    const goesOn = lastEnd >= 0 && listed.test(text.slice(lastEnd, Math.min(start, lastEnd + 9)))
    if (standsAlone(text, start, end) && isVaried(match[0]) && (goesOn || isNamed(start, end))) {
      spans.push({ start, end, detector: 'ssn' })
      lastEnd = end
    }
  }
  return disjoint(spans)
}

/**
 * Whether the number under an SSN's name can be one: JSON drops the zeros that some begin with.
 */
export function isSsnNumber(digits: string): boolean {
  return /^\d{7,9}$/.test(digits) && isVaried(digits)
}

/** Of the kind that the authority gives out, and not one that advertisements have used up. */
function isIssuable(digits: string): boolean {
  return (
    !/^(?:000|666|9)|^.{3}00|0000$/.test(digits) &&
    isVaried(digits) &&
    digits !== '078051120' &&
    digits !== '123456789'
  )
}

function isVaried(digits: string): boolean {
  return !/^(\d)\1*$/.test(digits)
}
