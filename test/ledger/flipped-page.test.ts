import { readFileSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { LinewardError } from '../../src/errors.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { closedLedger, copyOf, findingIn } from './damage.ts'

/** Of what is written, and of the free space (zeros) between, one byte in so many is flipped. */
const writtenStep = 5
const zeroStep = 101

it('a byte that is flipped anywhere in the file is found, or changes nothing that it holds', async () => {
  const original = await closedLedger()
  const bytes = readFileSync(original)
  const content = contentOf(original)
  const file = copyOf(original)
  const counts = { found: 0, harmless: 0 }
  const missed: number[] = []
  const reasons = new Set<string>()

  for (const at of bytes.keys()) {
    if (at % (bytes[at] === 0 ? zeroStep : writtenStep) !== 0) continue
    writeFileSync(file, flipped(bytes, at))
    const finding = findingIn(file)
    if (finding !== undefined) {
      counts.found += 1
      reasons.add(finding)
    } else if (contentOf(file) === content) {
      counts.harmless += 1
    } else {
      missed.push(at)
    }
  }
  process.stdout.write(
    `${bytes.length} bytes in pages: ${counts.found} flips found for ${reasons.size} reasons, ` +
      `${counts.harmless} in free space or in words of the schema\n`,
  )
  expect(missed).toEqual([])
  expect(counts.found).toBeGreaterThan(0)
  expect(counts.harmless).toBeGreaterThan(0)
})

it('what stands in live pages is found wherever it stands, and opening never ends in a crash', async () => {
  const original = await closedLedger()
  const bytes = readFileSync(original)
  const file = copyOf(original)
  const columns = ['hashes', 'commitments', 'salts', 'lengths', 'headers', 'payloads', 'checksum']
  using database = new DatabaseSync(original, { readOnly: true })
  const rows = database.prepare(`SELECT ${columns.join(', ')} FROM block`).all()
  for (const [row, column] of rows.flatMap((one) => columns.map((name) => [one, name] as const))) {
    const value = row[column]
    if (!(value instanceof Uint8Array)) throw new Error(`${column} is no blob`)
    // A page may still have, in its free space, what stood there before: all of them are flipped.
    for (const part of [value.subarray(0, 24), value.subarray(-24)]) {
      const damaged = placesOf(bytes, part).reduce<Uint8Array>(flipped, bytes)
      expect(damaged).not.toEqual(bytes)
      writeFileSync(file, damaged)
      expect(findingIn(file)).toMatch(/^test:\d: /)
      const opened = await openLedger({ file }).catch((error: unknown) => error)
      if (opened instanceof LinewardError) expect(opened.code).toBe('LEDGER_BROKEN')
      else await (opened as AsyncDisposable)[Symbol.asyncDispose]()
    }
  }
})

function placesOf(bytes: Buffer, part: Uint8Array): readonly number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(part); at !== -1; at = bytes.indexOf(part, at + 1)) places.push(at)
  return places
}

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Buffer.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 0x10
  return copy
}

/** Everything that a ledger file holds, as one text. */
function contentOf(file: string): string {
  using database = new DatabaseSync(file, { readOnly: true })
  const tables = ['chain', 'block', 'entry_latest', 'signing_key', 'checkpoint', 'migration']
  return JSON.stringify(
    tables.map((table) => {
      const rows = database.prepare(`SELECT * FROM ${table}`).all()
      return rows.map((row) => Object.values(row).map((value) => [value]))
    }),
  )
}
