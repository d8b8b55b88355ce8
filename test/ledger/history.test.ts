import type { Ledger } from '../../src/ledger/index.ts'
import type { Draft, EntryKey } from '../../src/model/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openLedger } from '../../src/ledger/index.ts'
import { draft, keyOf, retraction } from './draft.ts'

const aName = fc.constantFrom('a', 'b', 'c', 'd', 'e')
/** Posts an event, or retracts some. */
const aStep = fc.oneof(
  { weight: 3, arbitrary: aName },
  { weight: 1, arbitrary: fc.uniqueArray(aName, { maxLength: 3 }) },
)
type Step = string | readonly string[]
/** What comes after a step: the same call goes on, the call ends, the process ends. */
const aCut = fc.constantFrom('none', 'none', 'none', 'call', 'call', 'restart')

it('any history in any calls, with restarts, is what the rule makes of it', async () => {
  const seen = { written: 0, duplicates: 0, retracted: 0, postedAgain: 0 }
  const aHistory = fc.array(fc.record({ step: aStep, cut: aCut }), {
    maxLength: 40,
    size: 'max',
  })
  const property = fc.asyncProperty(aHistory, async (history) => {
    const folder = mkdtempSync(join(tmpdir(), 'lineward-test-'))
    const open = (): Promise<Ledger> =>
      openLedger({ file: join(folder, 'ledger.db'), chain: 'test', limits: { blockEntriesMax: 3 } })
    let ledger = await open()
    try {
      const rule = new Rule()
      let call: Step[] = []
      for (const { step, cut } of [...history, { step: 'last', cut: 'restart' }]) {
        call.push(step)
        if (cut === 'none') continue
        await handIn(ledger, rule, call)
        call = []
        if (cut === 'call') continue
        await ledger[Symbol.asyncDispose]()
        ledger = await open()
      }
      const entries = await ledger.read(0, 1_000)
      expect(entries.map(({ eventKey }) => eventKey)).toEqual(rule.chain)
      const positions = entries.map(({ position }) => position)
      expect(await ledger.keysIn({ positions })).toEqual(rule.keysInEffect())
      for (const [what, count] of Object.entries(rule.counts))
        seen[what as keyof typeof seen] += count
    } finally {
      await ledger[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    }
  })
  await fc.assert(property, { numRuns: 50, seed: 20_260_301 })

  process.stdout.write(`histories: ${JSON.stringify(seen)}\n`)
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20)
})

/** Hands in one call, and holds its receipts against the rule. */
async function handIn(ledger: Ledger, rule: Rule, call: readonly Step[]): Promise<void> {
  const expected = call.map((step) => rule.take(step))
  const receipts = await ledger.append(expected.map((taken) => taken.draft))
  expect(receipts.map(({ position, duplicate }) => ({ position, duplicate }))).toEqual(
    expected.map(({ index, duplicate }) => ({ position: `test:${index}`, duplicate })),
  )
}

/** What the design says of copies and retractions, in the plainest way. */
class Rule {
  /** The names of all entries. */
  readonly chain: string[] = []
  readonly counts = { written: 0, duplicates: 0, retracted: 0, postedAgain: 0 }
  /** Where the copy in effect of each event stands. */
  readonly #inEffect = new Map<string, number>()

  take(step: Step): Readonly<{ draft: Draft; index: number; duplicate: boolean }> {
    if (typeof step === 'string') return this.#post(step)
    const index = this.chain.push(`retraction ${this.chain.length}`) - 1
    for (const name of step) if (this.#inEffect.delete(name)) this.counts.retracted += 1
    return { draft: retraction(this.chain[index] ?? '', step), index, duplicate: false }
  }

  keysInEffect(): readonly EntryKey[] {
    const inOrder = [...this.#inEffect].toSorted(([, a], [, b]) => a - b)
    return inOrder.map(([name]) => keyOf(name))
  }

  #post(name: string): Readonly<{ draft: Draft; index: number; duplicate: boolean }> {
    const known = this.#inEffect.get(name)
    if (known !== undefined) {
      this.counts.duplicates += 1
      return { draft: draft(name), index: known, duplicate: true }
    }
    if (this.chain.includes(name)) this.counts.postedAgain += 1
    this.counts.written += 1
    const index = this.chain.push(name) - 1
    this.#inEffect.set(name, index)
    return { draft: draft(name), index, duplicate: false }
  }
}
