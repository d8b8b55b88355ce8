import type { Running } from '../../service.ts'
import { expect } from 'vitest'
import { errorCodes } from '../../../src/errors.ts'
import { refuseFailures } from '../attacks/raw.ts'

/** How many answers of each status, and with each code of ours, a run has seen, and how slow one was. */
export type Tally = {
  readonly answers: Map<number, number>
  readonly codes: Map<string, number>
  slowestMs: number
}

export function newTally(): Tally {
  return { answers: new Map(), codes: new Map(), slowestMs: 0 }
}

/** All that several runs have seen. */
export function together(tallies: readonly Tally[]): Tally {
  const all = newTally()
  for (const { answers, codes, slowestMs } of tallies) {
    for (const [status, times] of answers)
      all.answers.set(status, (all.answers.get(status) ?? 0) + times)
    for (const [code, times] of codes) all.codes.set(code, (all.codes.get(code) ?? 0) + times)
    all.slowestMs = Math.max(all.slowestMs, slowestMs)
  }
  return all
}

/** Waits for an answer and remembers how long that took. */
export async function timed<Answer>(tally: Tally, asking: () => Promise<Answer>): Promise<Answer> {
  const since = performance.now()
  const answer = await asking()
  tally.slowestMs = Math.max(tally.slowestMs, performance.now() - since)
  return answer
}

export function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** What no answer may hold: a frame of a stack, a module, a driver's words. */
const insides =
  /\n\s+at |node:internal|node_modules|\bSQLITE_|\bsqlite\b|\.ts:\d|\bFST_ERR|\bERR_[A-Z]/

/** Nothing of how the server is built or where it lies is in an answer. */
export function holdsNoInsides(text: string, { data }: Running): void {
  expect(insides.exec(text)?.[0]).toBeUndefined()
  expect(text.includes(data)).toBe(false)
}

/** A code of the table, of a failure that is the client's. */
export function expectClientCode(code: unknown): string {
  const known = typeof code === 'string' && Object.hasOwn(errorCodes, code)
  expect([code, known]).toEqual([code, true])
  const { status } = errorCodes[code as keyof typeof errorCodes]
  expect([code, status < 500]).toEqual([code, true])
  return String(code)
}

/** After a run the server is well: it has failed at nothing, and all that came in is in the graph. */
export async function expectWell(server: Running): Promise<void> {
  refuseFailures(server.log)
  const { ledger, projector } = server.service
  expect(await projector.reached(ledger.head().entries, 60_000)).toBe(true)
  expect((await server.get('/readyz')).status).toBe(200)
  refuseFailures(server.log)
}

export function shown({ answers, codes, slowestMs }: Tally): string {
  const all = [...answers].toSorted(([a], [b]) => a - b)
  const named = [...codes].toSorted(([, a], [, b]) => b - a)
  const counts = [...all, ...named].map(([key, times]) => `${key}: ${times}`)
  return [...counts, `slowest ${Math.round(slowestMs)} ms`].join(', ')
}
