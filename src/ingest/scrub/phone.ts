import type { Span } from './marker.ts'
import type { NameHint } from './name-hint.ts'
import { disjoint, standsAlone, textBefore } from './neighbours.ts'

// The hyphen, the point, and what word processors put in their place.
const separator = '[-. \\u2010-\\u2013\\u00a0]'
const northAmerican = new RegExp(
  `(?<![A-Za-z0-9])(?:\\+?1${separator}?)?` +
    `(?:\\(([2-9]\\d{2})\\)${separator}?|([2-9]\\d{2})${separator})` +
    `(\\d{3})${separator}\\d{4}(?![A-Za-z0-9])`,
  'g',
)
const international = /(?<![\w+])\+[1-9](?:[ .\-()/\u00a0]{0,2}\d){6,14}(?!\w)/g
const bare = /(?<![A-Za-z0-9])\+?1?[2-9]\d{2}[2-9]\d{6}(?![A-Za-z0-9])/g
const word = /phone|tel|mobile|cell|fax|msisdn|call/i
const before =
  /(?<!scrubbed:)(?:phone|msisdn|(?<![a-z])(?:tel|mobile|cell|fax|call))[^\d[\]\n]{0,16}$/i

/**
 * Telephone numbers: North American ones with separators, international ones after `+`, and plain
 * digits beside a word that says so. An area or exchange of N11 is a service, not a subscriber; an
 * exchange begins with 2 to 9, but where brackets or a word say that it is a telephone. What hangs
 * on a name by a hyphen (`clinic-217-555-0143`) belongs to the name.
 */
export function findPhones(text: string, hint: NameHint): readonly Span[] {
  if (hint.phone && isPhoneShaped(text)) {
    return [{ start: 0, end: text.length, detector: 'phone' }]
  }
  const isSaid = (start: number) => hint.phone || before.test(textBefore(text, start))
  const spans: Span[] = []
  const add = (start: number, number: string) => {
    const end = start + number.length
    if (standsAlone(text, start, end)) spans.push({ start, end, detector: 'phone' })
  }
  for (const match of text.matchAll(northAmerican)) {
    const [number, bracketed = '', plain = '', exchange = ''] = match
    const start = match.index
    const isService = [bracketed, plain, exchange].some((part) => part.endsWith('11'))
    const isPart = /[A-Za-z]-$/.test(text.slice(Math.max(0, start - 2), start))
    const isPlausible = /^[2-9]/.test(exchange) && !isPart && !isInTable(text, start, number)
    if (!isService && (isPlausible || bracketed !== '' || isSaid(start))) add(start, number)
  }
  for (const match of text.matchAll(international)) {
    const [number] = match
    const digits = number.replace(/\D/g, '').length
    const isGrouped = digits < number.length - 1
    if (digits >= (isGrouped ? 8 : 10)) add(match.index, number)
  }
  if (hint.phone || word.test(text)) {
    for (const match of text.matchAll(bare)) {
      if (isSaid(match.index)) add(match.index, match[0])
    }
  }
  return disjoint(spans)
}

/** Whether a text or number under a telephone's name can be one, whatever the country. */
export function isPhoneShaped(text: string): boolean {
  const isDate = /^\d{4}-\d{2}-\d{2}/.test(text)
  if (isDate || text.length > 32 || !/^\s*\+?[\d\s().\-/]+$/.test(text)) return false
  const digits = text.replace(/\D/g, '').length
  return digits >= 7 && digits <= 15
}

/** Three numbers apart by spaces, with a number before or after, are a table's row. */
function isInTable(text: string, start: number, number: string): boolean {
  const end = start + number.length
  return (
    !/[-.()\u2010-\u2013]/.test(number) &&
    (/\d $/.test(text.slice(Math.max(0, start - 2), start)) ||
      /^ \d/.test(text.slice(end, end + 2)))
  )
}
