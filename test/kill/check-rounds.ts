import type { KillPlan } from './rounds.ts'
import { expect } from 'vitest'
import { lineward, serving } from '../cli/command-line.ts'
import { killRounds } from './rounds.ts'

/** Plays the plan and checks after each kill; prints how many events were where. */
export async function checkRounds(plan: KillPlan): Promise<void> {
  const acknowledged = new Set<string>()
  const unsure = new Set<string>()
  let round = 0
  for await (const seen of killRounds(plan)) {
    round += 1
    for (const id of seen.acknowledged) acknowledged.add(id)
    for (const id of seen.inFlight) unsure.add(id)
    const there = new Set(seen.onChain)
    const kept = [...seen.inFlight].filter((id) => there.has(id)).length
    process.stdout.write(
      `kill ${round} of ${plan.rounds}: ${seen.acknowledged.size} acknowledged, ` +
        `${seen.inFlight.size} in flight (${kept} of them kept), ${seen.onChain.length} on the chain\n`,
    )
    expect(seen.broken).toBeUndefined()
    expect([...acknowledged].filter((id) => !there.has(id))).toEqual([])
    expect(seen.onChain).toHaveLength(there.size)
    expect(seen.onChain.filter((id) => !acknowledged.has(id) && !unsure.has(id))).toEqual([])
    expect(seen.acknowledged.size).toBeGreaterThan(0)
  }
  expect(round).toBe(plan.rounds)
  await checkGraph(plan.data)
}

/** After the last kill: the service starts by itself, and its graph is what the ledger makes. */
async function checkGraph(data: string): Promise<void> {
  const server = await serving(data)
  const rebuilt = await lineward(['rebuild', '--data', data, '--json'])
  expect(JSON.parse(rebuilt.out)).toMatchObject({ equal: true })
  const verified = await lineward(['verify', '--data', data])
  expect(verified).toMatchObject({ code: 0, out: expect.stringContaining('holds') })
  expect((await server.stop()).code).toBe(0)
}
