import { expect, it } from 'vitest'
import { startChild } from '../storage/child.ts'
import { ledgerFile, namesOn, open } from './ledger.ts'

const rounds = 6
const callers = 4

it('keeps what it acknowledged, once, and needs no hand after kill -9', async () => {
  const file = ledgerFile()
  const random = randomFrom(20_260_301)
  const acknowledged = new Set<string>()
  const started = new Set<string>()
  let first = 0

  for (let round = 1; round <= rounds; round += 1) {
    // The moment is a number of lines and not a time: the child goes on while the signal travels.
    const linesUntilKill = 1 + Math.floor(random() * 120)
    const child = startChild(new URL('./append-child.ts', import.meta.url), [
      file,
      String(first),
      String(callers),
    ])
    const before = { started: started.size, acknowledged: acknowledged.size }
    let seen = 0
    // To the end: what was printed before the kill was true before the kill.
    for await (const line of child.lines) {
      const said = JSON.parse(line) as Partial<Record<'started' | 'acknowledged', number[]>>
      for (const number of said.started ?? []) {
        started.add(String(number))
        first = Math.max(first, number + 1)
      }
      for (const number of said.acknowledged ?? []) acknowledged.add(String(number))
      if ((seen += 1) === linesUntilKill) void child.kill()
    }

    const ledger = await open(file, { chain: undefined })
    const names = await namesOn(ledger)
    const { broken, entries } = await ledger.verify()
    await ledger[Symbol.asyncDispose]()

    const there = new Set(names)
    const acknowledgedNow = acknowledged.size - before.acknowledged
    const inFlight = started.size - before.started - acknowledgedNow
    const unsaid = names.filter((name) => !acknowledged.has(name))
    process.stdout.write(
      `kill ${round} of ${rounds}: ${acknowledgedNow} acknowledged, ${inFlight} in flight ` +
        `(of all in flight so far ${unsaid.length} are there), ${entries} entries on the chain\n`,
    )
    expect(broken).toBeUndefined()
    expect([...acknowledged].filter((name) => !there.has(name))).toEqual([])
    expect(names).toHaveLength(there.size)
    expect(unsaid.filter((name) => !started.has(name))).toEqual([])
    expect(acknowledgedNow + inFlight).toBeGreaterThan(0)
  }
  expect(acknowledged.size).toBeGreaterThan(0)
})

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
