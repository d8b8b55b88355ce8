import type { Beside, Reading } from './detectors.ts'
import type { Detector } from './marker.ts'
import type { NameHint } from './name-hint.ts'
import { detections } from './detectors.ts'
import { isMarker, markerOf, replaceSpans } from './marker.ts'
import { hintOf } from './name-hint.ts'
import { scrubSql } from './sql.ts'

type Note = (detector: Detector) => void

/** Each detection with its own hint and, per reading, one pattern that says whether any applies. */
const rows = detections.map((row) => ({ ...row, pattern: new RegExp(row.hint, 'i') }))
const anyHint = Object.fromEntries(
  (['name', 'actor', 'text', 'sql', 'code'] as const).map((reading) => {
    // A statement is cut into parts that are read as text.
    const read = reading === 'sql' ? 'text' : reading
    const hints = rows.filter((row) => row.readings.includes(read)).map((row) => row.hint)
    return [reading, new RegExp([...new Set(hints)].join('|'), 'i')]
  }),
) as Readonly<Record<Reading, RegExp>>

/** How often a text is read again after replacing, and how deep statements may lie in statements. */
const passesMax = 8
const bodiesMax = 3

/** Whether a string can hold anything that is looked for; false for nearly all of them, at once. */
export function mayHoldFinds(text: string, reading: Reading): boolean {
  return anyHint[reading].test(text)
}

/**
 * A string without secrets and identifiers, each find told to `note`. What it returns has no find:
 * replacing goes on until that is so, and a text that keeps giving rise to new ones goes as a whole.
 *
 * `name` is the key or column that the text stands under, if any.
 */
export function scrubString(text: string, reading: Reading, name: string, note: Note): string {
  let current = text
  for (let pass = 0; pass < passesMax; pass += 1) {
    const next = readOnce(current, besideOf(reading, name), note, 0)
    if (next === current) return current
    current = next
  }
  note('text')
  return markerOf('text')
}

function besideOf(reading: Reading, name: string, isSsn = false): Beside {
  let hint: NameHint | undefined
  return {
    reading,
    name,
    hint: () => {
      hint ??= isSsn ? { ...hintOf(name), ssn: true } : hintOf(name)
      return hint
    },
  }
}

function readOnce(text: string, beside: Beside, note: Note, depth: number): string {
  const { reading, name } = beside
  if (!mayHoldFinds(text, reading) && !isNamed(beside)) return text
  if (reading !== 'sql') return readByTable(text, beside, note)
  const statement = scrubSql(
    text,
    (part, of, noteInPart) => {
      // A body within a body within a body is read as a program, so that this ends.
      const kind = of.reading === 'sql' && depth >= bodiesMax ? 'code' : of.reading
      return readOnce(part, besideOf(kind, of.name, of.isSsn), noteInPart, depth + 1)
    },
    note,
  )
  if (!statement.isRead) return readByTable(statement.text, besideOf('code', name), note)
  // What stands in backticks is a table's or a column's name.
  return statement.text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 0 ? readByTable(part, beside, note) : part))
    .join('')
}

/** Whether the name alone is reason to look at a text. */
function isNamed({ reading, hint }: Beside): boolean {
  return reading !== 'name' && rows.some(({ isByName }) => isByName?.(hint()) === true)
}

function readByTable(text: string, beside: Beside, note: Note): string {
  let current = text
  for (const { readings, pattern, find, isByName } of rows) {
    const isWorthIt = pattern.test(current) || isByName?.(beside.hint()) === true
    if (!readings.includes(beside.reading) || !isWorthIt) continue
    const found = find(current, beside)
    const spans = found.filter(({ start, end }) => !isMarker(current.slice(start, end)))
    for (const { detector } of spans) note(detector)
    current = replaceSpans(current, spans)
  }
  return current
}
