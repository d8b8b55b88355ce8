import type { SQLOutputValue } from 'node:sqlite'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { closedLedger, findingIn } from './damage.ts'

const tables = ['chain', 'block', 'entry_latest', 'signing_key', 'checkpoint', 'migration'] as const
const accesses = { format: 'cloudtrail-access' }
const cases = [
  ...tables.map((table) => [table, {}] as const),
  ['block', accesses] as const,
] as const

type Row = Readonly<Record<string, SQLOutputValue>>

describe('a byte that is flipped in a row', () => {
  it.each(cases)('of the table %s is found, whichever it is %o', async (table, more) => {
    const file = await closedLedger(more)
    using database = new DatabaseSync(file)
    database.exec('PRAGMA ignore_check_constraints = 1; PRAGMA synchronous = OFF')
    const rows = database.prepare(`SELECT * FROM ${table}`).all()
    const missed: string[] = []
    let flips = 0
    for (const [at, row] of rows.entries()) {
      for (const [column, value] of Object.entries(row)) {
        for (const flipped of flipsOf(value)) {
          replaceAll(database, table, rows.with(at, { ...row, [column]: flipped }))
          if (findingIn(file) === undefined)
            missed.push(`${column} of row ${at}: ${String(flipped)}`)
          flips += 1
        }
      }
    }
    process.stdout.write(
      `${table}: ${flips} flips in ${rows.length} rows, ${missed.length} missed\n`,
    )
    expect(missed).toEqual([])
    expect(flips).toBeGreaterThan(rows.length)

    replaceAll(database, table, rows)
    expect(findingIn(file)).toBeUndefined()
  })
})

/** The value with one byte changed, for every byte of it; for two hundred of a large one. */
function flipsOf(value: SQLOutputValue): readonly SQLOutputValue[] {
  if (value === null) return [0, 1, 6]
  if (typeof value === 'number') return [value ^ 1, value + 2 ** 16, value + 2 ** 40]
  if (typeof value === 'string') {
    const flip = (at: number): string => String.fromCharCode(value.charCodeAt(at) ^ 1)
    return [...value].map((_, at) => value.slice(0, at) + flip(at) + value.slice(at + 1))
  }
  if (value instanceof Uint8Array) {
    const step = Math.ceil(value.length / 200)
    const places = [...value.keys()].filter((at) => at % step === 0)
    return places.map((at) => value.with(at, (value[at] ?? 0) ^ 1))
  }
  throw new Error('A column holds what no column here can')
}

/** Past keys and order, as a damaged page would. */
function replaceAll(database: DatabaseSync, table: string, rows: readonly Row[]): void {
  database.exec(`BEGIN; DELETE FROM ${table}`)
  for (const row of rows) {
    const places = Object.keys(row).map(() => '?')
    database
      .prepare(`INSERT INTO ${table} VALUES (${places.join(', ')})`)
      .run(...Object.values(row))
  }
  database.exec('COMMIT')
}
