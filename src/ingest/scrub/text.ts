import type { Beside, Reading } from './detectors.ts'
import type { Detector } from './marker.ts'
import type { NameHint } from './name-hint.ts'
import type { ScrubRules } from './rules.ts'
import { detectionsOf } from './detectors.ts'
import { isMarker, markerOf, replaceSpans } from './marker.ts'
import { hintOf } from './name-hint.ts'
import { scrubSql } from './sql.ts'

type Note = (detector: Detector) => void

type Row = ReturnType<typeof detectionsOf>[number] & Readonly<{ pattern: RegExp }>

/** How often a text is read again after replacing, and how deep statements may lie in statements. */
const passesMax = 8
const bodiesMax = 3

/** Fewer digits than any pattern asks for: enough under a name that calls them a record number. */
const fewDigits = /^(?:[A-Z]{1,4}-?)?\d{4,5}$/i

/** Reads strings by the table of detectors, and by the forms that a deployment adds to it. */
export class TextReader {
  /** Each detection with its own hint and, per reading, one pattern that says whether any applies. */
  readonly #rows: readonly Row[]
  readonly #anyHint: Readonly<Record<Reading, RegExp>>

  constructor(rules: Pick<ScrubRules, 'mrn'>) {
    const rows = detectionsOf(rules).map((row) => ({ ...row, pattern: new RegExp(row.hint, 'i') }))
    const hintsOf = (reading: Reading) => {
      const hints = rows
        .filter(({ readings }) => readings.includes(reading))
        .map(({ hint, hintOfAll }) => hintOfAll ?? hint)
      return new RegExp([...new Set(hints)].join('|'), 'i')
    }
    this.#rows = rows
    // A statement is cut into parts that are read as text.
    const [text, code] = [hintsOf('text'), hintsOf('code')]
    this.#anyHint = { name: hintsOf('name'), actor: hintsOf('actor'), text, sql: text, code }
  }

  /** Whether a string can hold anything that is looked for; false for nearly all of them, at once. */
  mayHoldFinds(text: string, reading: Reading, name = ''): boolean {
    return (
      this.#anyHint[reading].test(text) ||
      (reading !== 'name' && reading !== 'actor' && fewDigits.test(text) && hintOf(name).mrn)
    )
  }

  /**
   * A string without secrets and identifiers, each find told to `note`. What it returns has no find:
   * replacing goes on until that is so, and a text that keeps giving rise to new ones goes as a whole.
   *
   * `name` is the key or column that the text stands under, if any.
   */
  scrub(text: string, reading: Reading, name: string, note: Note): string {
    let current = text
    for (let pass = 0; pass < passesMax; pass += 1) {
      const next = this.#readOnce(current, besideOf(reading, name), note, 0)
      if (next === current) return current
      current = next
    }
    note('text')
    return markerOf('text')
  }

  /** The text as it is scrubbed, with nobody told. */
  clean(text: string, name = ''): string {
    return this.mayHoldFinds(text, 'text', name) ? this.scrub(text, 'text', name, () => {}) : text
  }

  #readOnce(text: string, beside: Beside, note: Note, depth: number): string {
    const { reading, name } = beside
    if (!this.mayHoldFinds(text, reading, name)) return text
    if (reading !== 'sql') return this.#readByTable(text, beside, note)
    const statement = scrubSql(
      text,
      (part, of, noteInPart) => {
        // A body within a body within a body is read as a program, so that this ends.
        const kind = of.reading === 'sql' && depth >= bodiesMax ? 'code' : of.reading
        return this.#readOnce(part, besideOf(kind, of.name, of.isSsn), noteInPart, depth + 1)
      },
      note,
    )
    if (!statement.isRead) return this.#readByTable(statement.text, besideOf('code', name), note)
    // What stands in backticks is a table's or a column's name.
    return statement.text
      .split(/(`[^`]*`)/)
      .map((part, index) => (index % 2 === 0 ? this.#readByTable(part, beside, note) : part))
      .join('')
  }

  #readByTable(text: string, beside: Beside, note: Note): string {
    let current = text
    for (const { readings, pattern, find, isNamed } of this.#rows) {
      if (!readings.includes(beside.reading)) continue
      if (!pattern.test(current) && isNamed?.(beside.hint()) !== true) continue
      const found = find(current, beside)
      const spans = found.filter(({ start, end }) => !isMarker(current.slice(start, end)))
      for (const { detector } of spans) note(detector)
      current = replaceSpans(current, spans)
    }
    return current
  }
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
