import type { Readable } from 'node:stream'

/** Where a command talks to people and programs. */
export interface Terminal {
  readonly stdin: Readable
  /** A result: stdout. */
  out(line: string): void
  /** What is not the result: stderr. */
  note(line: string): void
  /** The line that says how far it is, on a terminal only; undefined takes it away. */
  progress(line: string | undefined): void
}

type Stream = Readonly<{ write: (text: string) => unknown; isTTY?: boolean; columns?: number }>

const eraseLine = '\r\u001B[K'
const defaultColumns = 80

export function createTerminal(streams: {
  readonly stdin: Readable
  readonly stdout: Stream
  readonly stderr: Stream
}): Terminal {
  const { stdin, stdout, stderr } = streams
  let shown = false
  const clear = (): void => {
    if (shown) stderr.write(eraseLine)
    shown = false
  }
  return {
    stdin,
    out(line) {
      clear()
      stdout.write(`${line}\n`)
    },
    note(line) {
      clear()
      stderr.write(`${line}\n`)
    },
    progress(line) {
      if (stderr.isTTY !== true) return
      clear()
      if (line === undefined) return
      stderr.write(line.slice(0, (stderr.columns ?? defaultColumns) - 1))
      shown = true
    },
  }
}

/** A bar with its figures, for `progress`. */
export function progressBar(done: number, total: number, unit: string): string {
  const width = 30
  const share = total === 0 ? 1 : Math.min(1, done / total)
  const full = Math.round(share * width)
  const bar = `${'#'.repeat(full)}${'.'.repeat(width - full)}`
  return `[${bar}] ${Math.floor(share * 100)}% ${figure(done)} of ${figure(total)} ${unit}`
}

/** A whole number as people read it. */
export function figure(value: number): string {
  return value.toLocaleString('en-US')
}

/**
 * A name as it may stand on a terminal: what would move the cursor, turn the reading direction or
 * not be seen at all is written as its code.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{C}\u2028\u2029]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u{${code.toString(16)}}`
  })
}

/** Rows under their headings, columns as wide as they need to be. */
export function tableText(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const all = [headings, ...rows]
  const widths = headings.map((_heading, at) =>
    Math.max(...all.map((row) => (row[at] ?? '').length)),
  )
  return all.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
