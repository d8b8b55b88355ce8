import { LinewardError } from '../../errors.ts'

/** How a stream holds its events, where that was said: `lines` for NDJSON. */
export type SplitHint = 'lines' | undefined

/** `elements`: inside of an array. `values`: one after the other, with white space between. */
type Mode = 'undecided' | 'lines' | 'elements' | 'values'

const lineFeed = 0x0a
const quote = 0x22
const comma = 0x2c
const openArray = 0x5b
const backslash = 0x5c
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

/**
 * Cuts a stream of JSON into the texts of its events without parsing them: the elements of an array,
 * the lines of NDJSON, or single values. What is not JSON comes out as a text that does not parse,
 * as small as can be told. Bytes are enough: none that matters here is part of a longer character.
 *
 * A stream that does not begin with `[` holds lines when its first or second line is an object by
 * itself, or when there is only one. An array that breaks off between elements ends in an empty text.
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

  /** @param bytesMax the most bytes of one event */
  constructor(bytesMax: number, hint?: SplitHint) {
    this.#bytesMax = bytesMax
    this.#mode = hint ?? 'undecided'
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
    const breaksOff = this.#mode === 'elements' && this.#depth === 0 && !this.#inString
    this.#finish()
    if (breaksOff && this.#ready.at(-1) !== '') this.#ready.push('')
    return this.#ready.splice(0)
  }

  #take(chunk: Buffer): void {
    if (this.#mode === 'lines') {
      this.#takeLines(chunk)
    } else if (this.#mode === 'undecided') {
      const isStart = this.#held.every(isAllBlank)
      this.#hold(chunk)
      // One line may be the whole body: nothing can be told before it ends, but of an array.
      if (chunk.includes(lineFeed) || (isStart && chunk.includes(openArray))) {
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
    else if ((atEnd && lines.length === 1) || lines.some(isObject)) this.#mode = 'lines'
    else if (atEnd || lines.length === 2) this.#mode = 'values'
    else return
    this.#held = []
    this.#heldBytes = 0
    this.#take(all.subarray(start))
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
      const byte = chunk[at]
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false
        else if (byte === backslash) this.#escaped = true
        else if (byte === quote) this.#inString = false
      } else if (byte === quote) {
        this.#inString = true
      } else if (byte === openArray || byte === openObject) {
        const isOuter = byte === openArray && this.#depth === 0 && this.#mode === 'values'
        if (isOuter && this.#held.every(isAllBlank) && isAllBlank(chunk.subarray(from, at))) {
          this.#mode = 'elements'
          this.#afterComma = false
          from = at + 1
        } else {
          this.#depth += 1
        }
      } else if (byte === closeArray || byte === closeObject) {
        if (this.#depth === 0 && byte === closeArray && this.#mode === 'elements') {
          this.#hold(chunk.subarray(from, at))
          this.#finish()
          this.#mode = 'values'
          this.#afterComma = false
          from = at + 1
        } else if (this.#depth > 0) {
          this.#depth -= 1
          if (this.#depth === 0 && this.#mode === 'values') {
            this.#hold(chunk.subarray(from, at + 1))
            this.#finish()
            from = at + 1
          }
        }
      } else if (byte === comma && this.#depth === 0 && this.#mode === 'elements') {
        this.#hold(chunk.subarray(from, at))
        this.#afterComma = true
        this.#finish()
        from = at + 1
      }
    }
    this.#hold(chunk.subarray(from))
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
