import { globSync, readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'vitest'

/** What the file holds of payloads: they are compressed there, beside salts that are as they are. */
export function storedIn(file: string): readonly Buffer[] {
  using database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('SELECT salts, payloads FROM block ORDER BY first').all()
  return rows.flatMap((row) => [row['salts'], row['payloads']].map(bytesOf))
}

function bytesOf(value: unknown): Buffer {
  if (value instanceof Uint8Array) return Buffer.from(value)
  throw new TypeError('This column holds no bytes')
}

/**
 * Pieces of what was stored that lie in any file of the ledger, although no block has them now. They
 * are random, so one that is there was left behind.
 */
export function tracesOf(were: readonly Buffer[], file: string): readonly string[] {
  const bytes = Buffer.concat(globSync(`${file}*`).map((path) => readFileSync(path)))
  const live = Buffer.concat(storedIn(file))
  const gone = were.flatMap(pieces).filter((piece) => !live.includes(piece))
  expect(gone.length).toBeGreaterThan(0)
  return gone.filter((piece) => bytes.includes(piece)).map((piece) => piece.toString('hex'))
}

const pieceBytes = 16

function pieces(bytes: Buffer): readonly Buffer[] {
  const count = Math.floor(bytes.length / pieceBytes)
  return Array.from({ length: count }, (_, at) => {
    return bytes.subarray(at * pieceBytes, (at + 1) * pieceBytes)
  }).filter((piece) => piece.some((byte) => byte !== 0))
}
