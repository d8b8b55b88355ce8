import { LinewardError } from '../../errors.ts'

/** How a statement of Redshift's user activity log begins; every other line goes on with it. */
const statementStart = /^'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ UTC \[ db=/

/** The connection log and the user log have at least this many columns, each behind a bar. */
const barsMin = 9

const lineFeed = 0x0a

/** Whether a first line is one of a log of Redshift. */
export function beginsLog(line: string): boolean {
  return statementStart.test(line) || (line.match(/\|/g)?.length ?? 0) >= barsMin
}

/**
 * Cuts the text of a log into its records: a statement with all of its lines, or else a line. Each
 * comes out as JSON, as a string of it: what takes events takes nothing else.
 */
export class LogSplitter {
  readonly #bytesMax: number
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })
  #line: Buffer[] = []
  #record: string[] = []
  #heldBytes = 0

  /** @param bytesMax the most bytes of one record */
  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** The records that end in this chunk. Errors as for `EventSplitter`. */
  push(chunk: Buffer): readonly string[] {
    const ready: string[] = []
    let from = 0
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, from)) {
      this.#hold(chunk.subarray(from, at))
      ready.push(...this.#endLine())
      from = at + 1
    }
    this.#hold(chunk.subarray(from))
    return ready
  }

  end(): readonly string[] {
    return [...this.#endLine(), ...this.#endRecord()]
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length
    if (this.#heldBytes > this.#bytesMax) {
      throw new LinewardError(
        'BODY_TOO_LARGE',
        `One record is over the limit of ${this.#bytesMax} bytes`,
      )
    }
    if (bytes.length > 0) this.#line.push(bytes)
  }

  #endLine(): readonly string[] {
    const line = this.#decoded().replace(/\r$/, '')
    const isOfStatement = statementStart.test(this.#record[0] ?? '')
    if (!statementStart.test(line) && isOfStatement) {
      this.#record.push(line)
      return []
    }
    const ended = this.#endRecord()
    if (line.trim() !== '') this.#record.push(line)
    return ended
  }

  #endRecord(): readonly string[] {
    const text = this.#record.join('\n').trimEnd()
    this.#record = []
    this.#heldBytes = 0
    return text === '' ? [] : [JSON.stringify(text)]
  }

  #decoded(): string {
    const bytes = Buffer.concat(this.#line)
    this.#line = []
    try {
      return this.#decoder.decode(bytes)
    } catch (cause) {
      throw new LinewardError('BODY_UNREADABLE', 'The body is not UTF-8', { cause })
    }
  }
}
