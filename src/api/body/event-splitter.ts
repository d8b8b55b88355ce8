import type { Sift } from './list-cutter.ts'
import { LinewardError } from '../../errors.ts'
import { ListCutter } from './list-cutter.ts'
import { beginsLog, LogSplitter } from './log-splitter.ts'

/** How a stream holds its events, where that was said: `lines` for NDJSON, `text` for logs. */
export type SplitHint = 'lines' | 'text' | undefined

/**
 * `elements`: inside of an array. `values`: one after the other, with white space between. `records`:
 * inside of the `Records` of a file of CloudTrail; `tail`: between that and the end of its object.
 */
type Mode = 'undecided' | 'lines' | 'elements' | 'values' | 'records' | 'tail' | 'log'

const lineFeed = 0x0a
const quote = 0x22
const comma = 0x2c
const openArray = 0x5b
const backslash = 0x5c
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

/** An object that begins so has its events in that array, and may be larger than any event. */
const recordsStart = /^\s*\{\s*"Records"\s*:\s*$/
/** A body of one line is small up to here: it is kept whole, and is one event or a list of them. */
const undecidedBytesMax = 1024 * 1024
const logStartBytes = 2000
const recordsStartBytes = 1000

/**
 * Cuts a stream of JSON into the texts of its events without parsing them: the elements of an array,
 * the lines of NDJSON, or single values. What is not JSON comes out as a text that does not parse,
 * as small as can be told. Bytes are enough: none that matters here is part of a longer character.
 *
 * A stream that does not begin with `[` holds lines when its first or second line is an object by
 * itself, or when there is only one that is small. A larger object whose events lie in `Records` gives
 * those one by one, and what else it has as an object of its own; what follows it is looked at anew.
 * A list that breaks off between elements ends in an empty text. A log of Redshift is told by its first
 * line, and its records come out as strings of JSON.
 */
export class EventSplitter {
  readonly #bytesMax: number
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  readonly #ready: string[] = []
  #mode: Mode
  #held: Buffer[] = []
  #heldBytes = 0
  #depth = 0
  #inString = false
  #escaped = false
  #afterComma = false
  #log: LogSplitter | undefined
  /** What a large body begins with was looked at, and does not change any more. */
  #isLookedAt = false
  readonly #prefersLog: boolean
  readonly #cutter: ListCutter | undefined

  /**
   * @param bytesMax the most bytes of one event
   * @param sift makes of a list of many events several times as much in the same time, by parsing them
   *   instead of looking at each byte. Some may not be asked about, and come out whatever they are.
   */
  constructor(bytesMax: number, hint?: SplitHint, sift?: Sift) {
    this.#bytesMax = bytesMax
    this.#mode = hint === 'lines' ? 'lines' : 'undecided'
    this.#prefersLog = hint === 'text'
    if (sift !== undefined) this.#cutter = new ListCutter(bytesMax, sift)
  }

  /**
   * The events that end in this chunk.
   *
   * @throws LinewardError BODY_TOO_LARGE when one event is over the limit, BODY_UNREADABLE when one
   * is not UTF-8.
   */
  push(chunk: Buffer): readonly string[] {
    this.#take(chunk)
    return this.#ready.splice(0)
  }

  /** What only the end of the stream ends. Errors as for `push`. */
  end(): readonly string[] {
    if (this.#mode === 'undecided') this.#decide({ atEnd: true })
    if (this.#log !== undefined) return [...this.#ready.splice(0), ...this.#log.end()]
    const isList = this.#mode === 'elements' || this.#mode === 'records'
    const breaksOff = this.#mode === 'tail' || (isList && this.#depth === 0 && !this.#inString)
    if (this.#mode === 'tail') this.#endTail()
    else this.#finish()
    if (breaksOff && this.#ready.at(-1) !== '') this.#ready.push('')
    return this.#ready.splice(0)
  }

  #take(chunk: Buffer): void {
    if (this.#log !== undefined) {
      this.#ready.push(...this.#log.push(chunk))
    } else if (this.#mode === 'lines') {
      this.#takeLines(chunk)
    } else if (this.#mode === 'undecided') {
      const isStart = this.#held.every(isAllBlank)
      this.#hold(chunk)
      // One line may be the whole body: little can be told before it ends.
      const isLarge = !this.#isLookedAt && this.#heldBytes > undecidedBytesMax
      if (isLarge) this.#isLookedAt = true
      if (isLarge || chunk.includes(lineFeed) || (isStart && chunk.includes(openArray))) {
        this.#decide({ atEnd: false })
      }
    } else {
      this.#takeValues(chunk)
    }
  }

  #decide({ atEnd }: Readonly<{ atEnd: boolean }>): void {
    const all = Buffer.concat(this.#held)
    const start = startOf(all)
    if (start === all.length) return
    const lines = linesAt(all, start, atEnd)
    if (all[start] === openArray) this.#mode = 'values'
    else if (this.#isLog(all.subarray(start), lines, atEnd)) this.#mode = 'log'
    else if ((atEnd && lines.length === 1) || lines.some(isObject)) this.#mode = 'lines'
    else if (lines.length === 0 && beginsWithRecords(all.subarray(start))) this.#mode = 'values'
    else if (atEnd || lines.length === 2) this.#mode = 'values'
    else return
    this.#held = []
    this.#heldBytes = 0
    if (this.#mode === 'log') this.#log = new LogSplitter(this.#bytesMax)
    this.#take(all.subarray(start))
  }

  /** Told by its first line; a sender who says that it is text need not be believed about JSON. */
  #isLog(bytes: Buffer, [line]: readonly Buffer[], atEnd: boolean): boolean {
    if (bytes[0] === openObject) return false
    if (line === undefined) return atEnd && this.#prefersLog
    return this.#prefersLog || beginsLog(line.toString('latin1', 0, logStartBytes))
  }

  #takeLines(chunk: Buffer): void {
    let from = 0
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
      this.#hold(chunk.subarray(from, at))
      this.#finish()
      from = at + 1
    }
    this.#hold(chunk.subarray(from))
  }

  #takeValues(chunk: Buffer): void {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      if (this.#inString) {
        at = this.#skipString(chunk, at)
        continue
      }
      const byte = chunk[at]
      if (byte === quote) {
        this.#inString = true
      } else if (byte === openArray || byte === openObject) {
        if (byte === openArray && this.#opensList(chunk.subarray(from, at))) {
          this.#held = []
          this.#heldBytes = 0
          this.#depth = 0
          this.#afterComma = false
          from = at + 1
        } else {
          this.#depth += 1
        }
      } else if (byte === closeArray || byte === closeObject) {
        if (this.#depth > 0) {
          this.#depth -= 1
          if (this.#depth === 0 && this.#mode === 'values') {
            this.#hold(chunk.subarray(from, at + 1))
            this.#finish()
            from = at + 1
          }
        } else if (byte === closeArray && this.#isInList()) {
          this.#hold(chunk.subarray(from, at))
          this.#finish()
          this.#mode = this.#mode === 'records' ? 'tail' : 'values'
          this.#afterComma = false
          from = at + 1
        } else if (byte === closeObject && this.#mode === 'tail') {
          this.#hold(chunk.subarray(from, at))
          this.#endTail()
          this.#take(chunk.subarray(at + 1))
          return
        }
      } else if (byte === comma && this.#depth === 0 && this.#isInList()) {
        this.#hold(chunk.subarray(from, at))
        this.#afterComma = true
        this.#finish()
        from = at + 1 + this.#cut(chunk.subarray(at + 1))
        at = from - 1
      }
    }
    this.#hold(chunk.subarray(from))
  }

  /** Takes what can be cut out at once of a list that goes on here; gives how many bytes that was. */
  #cut(bytes: Buffer): number {
    if (this.#cutter === undefined) return 0
    const { texts, length } = this.#cutter.cut(bytes)
    this.#ready.push(...texts)
    return length
  }

  /** Where the string ends that the bytes at `at` are in, or the last byte of the chunk. */
  #skipString(chunk: Buffer, at: number): number {
    let from = at
    if (this.#escaped) {
      this.#escaped = false
      from += 1
    }
    for (;;) {
      const end = chunk.indexOf(quote, from)
      const until = end === -1 ? chunk.length : end
      let backslashes = 0
      while (until - backslashes > from && chunk[until - backslashes - 1] === backslash) {
        backslashes += 1
      }
      const isEscaped = backslashes % 2 === 1
      if (end === -1) {
        this.#escaped = isEscaped
        return chunk.length - 1
      }
      if (!isEscaped) {
        this.#inString = false
        return end
      }
      from = end + 1
    }
  }

  #isInList(): boolean {
    return this.#mode === 'elements' || this.#mode === 'records'
  }

  /** Whether an array that opens behind these bytes is a list of events, and no part of one. */
  #opensList(before: Buffer): boolean {
    if (this.#mode !== 'values' || this.#depth > 1) return false
    if (this.#depth === 0) {
      if (!this.#held.every(isAllBlank) || !isAllBlank(before)) return false
      this.#mode = 'elements'
      return true
    }
    if (this.#heldBytes + before.length > recordsStartBytes) return false
    const start = Buffer.concat([...this.#held, before])
    if (!recordsStart.test(start.toString('latin1'))) return false
    this.#mode = 'records'
    return true
  }

  /** What stands behind `Records` in its object is one of its own; then anything may follow. */
  #endTail(): void {
    const rest = this.#decoded(Buffer.concat(this.#held)).trim()
    this.#held = []
    this.#heldBytes = 0
    this.#mode = 'undecided'
    this.#isLookedAt = false
    if (rest !== '') this.#ready.push(`{${rest.replace(/^,/, '')}}`)
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length
    if (this.#heldBytes > this.#bytesMax) {
      throw new LinewardError(
        'BODY_TOO_LARGE',
        `One event is over the limit of ${this.#bytesMax} bytes`,
      )
    }
    if (bytes.length > 0) this.#held.push(bytes)
  }

  /** The held bytes are one event; nothing at all is one only beside a comma. */
  #finish(): void {
    const text = this.#decoded(Buffer.concat(this.#held)).trim()
    this.#held = []
    this.#heldBytes = 0
    if (text.startsWith('[') && this.#mode === 'lines') {
      const inner = new EventSplitter(this.#bytesMax)
      this.#ready.push(...inner.push(Buffer.from(text)), ...inner.end())
    } else if (text !== '' || this.#afterComma) {
      this.#ready.push(text)
    }
  }

  #decoded(bytes: Buffer): string {
    try {
      return this.#decoder.decode(bytes)
    } catch (cause) {
      throw new LinewardError('BODY_UNREADABLE', 'The body is not UTF-8', { cause })
    }
  }
}

function beginsWithRecords(bytes: Buffer): boolean {
  const open = bytes.indexOf(openArray)
  return (
    open !== -1 && open < recordsStartBytes && recordsStart.test(bytes.toString('latin1', 0, open))
  )
}

/** Whether the first bytes of a body are those of an array; undefined while they are blank. */
export function beginsAsArray(bytes: Buffer): boolean | undefined {
  const start = startOf(bytes)
  return start === bytes.length ? undefined : bytes[start] === openArray
}

/** Where the first byte is that is neither white space nor a byte order mark. */
function startOf(bytes: Buffer): number {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  let at = marked ? 3 : 0
  while (at < bytes.length && isBlank(bytes[at])) at += 1
  return at
}

function isAllBlank(bytes: Buffer): boolean {
  return startOf(bytes) === bytes.length
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === lineFeed || byte === 0x0d || byte === 0x09
}

/** The first two lines that hold something; at the end of the stream, the last is one too. */
function linesAt(bytes: Buffer, start: number, atEnd: boolean): readonly Buffer[] {
  const lines: Buffer[] = []
  for (let from = start; from < bytes.length && lines.length < 2;) {
    const found = bytes.indexOf(lineFeed, from)
    if (found === -1 && !atEnd) break
    const end = found === -1 ? bytes.length : found
    const line = bytes.subarray(from, end)
    if (!isAllBlank(line)) lines.push(line)
    from = end + 1
  }
  return lines
}

function isObject(line: Buffer): boolean {
  if (line[startOf(line)] !== openObject) return false
  try {
    JSON.parse(line.toString('utf8'))
    return true
  } catch {
    return false
  }
}
