import type { Serving } from '../cli/command-line.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import { claimDataFolder } from '../../src/coordination/index.ts'
import { openFolderLedger } from '../../src/service/index.ts'
import { lineward, serving } from '../cli/command-line.ts'

export type KillPlan = Readonly<{
  data: string
  rounds: number
  connections: number
  /** A kill comes after so many acknowledged events of its round, at most. */
  acknowledgedMax: number
  seed: number
}>

/** What a round saw; events are known by the number in their run id. */
export type Round = Readonly<{
  acknowledged: ReadonlySet<string>
  inFlight: ReadonlySet<string>
  /** On the chain after the kill, in its order. */
  onChain: readonly string[]
  broken: unknown
}>

type Sent = Readonly<{ acknowledged: Set<string>; inFlight: Set<string> }>

/**
 * Starts the service again and again on one folder, posts to it over several connections, some
 * events alone and some in batches, and kills it with SIGKILL at a moment that the seed decides.
 * After each kill the ledger is read as it was left.
 */
export async function* killRounds(plan: KillPlan): AsyncGenerator<Round> {
  const random = randomFrom(plan.seed)
  const token = (
    await lineward(['token', 'create', '--role', 'producer', '--name', 'kill', '--data', plan.data])
  ).out.trim()
  let next = 0
  const newId = (): string => String(next++)
  for (let round = 0; round < plan.rounds; round += 1) {
    const server = await serving(plan.data)
    const sent: Sent = { acknowledged: new Set(), inFlight: new Set() }
    const killAfter = 1 + Math.floor(random() * plan.acknowledgedMax)
    const waitMs = random() * 5
    const posting = Array.from({ length: plan.connections }, (_none, connection) =>
      postUntilGone(server, { token, newId, sent, batch: connection % 2 === 0 ? 1 : 20 }),
    )
    const everything = Promise.all(posting)
    while (sent.acknowledged.size < killAfter) await Promise.race([delay(1), everything])
    await delay(waitMs)
    await server.stop('SIGKILL')
    await everything
    yield { ...sent, ...(await readBack(plan.data)) }
  }
}

async function postUntilGone(
  { url }: Serving,
  how: Readonly<{ token: string; newId: () => string; sent: Sent; batch: number }>,
): Promise<void> {
  for (;;) {
    const ids = Array.from({ length: how.batch }, how.newId)
    for (const id of ids) how.sent.inFlight.add(id)
    try {
      const response = await fetch(`${url}/api/v1/lineage/batch`, {
        method: 'POST',
        headers: { authorization: `Bearer ${how.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(ids.map(eventOf)),
      })
      // The head of the answer is the acknowledgement, whatever becomes of its body.
      if (response.status !== 200) throw new Error(`The door answered ${response.status}`)
      for (const id of ids) {
        how.sent.inFlight.delete(id)
        how.sent.acknowledged.add(id)
      }
      await response.arrayBuffer()
    } catch (error) {
      if (error instanceof TypeError) return
      throw error
    }
  }
}

function eventOf(id: string): unknown {
  return {
    eventType: 'COMPLETE',
    eventTime: '2026-02-01T10:00:00Z',
    run: { runId: `0199c1f0-0000-7000-8000-${id.padStart(12, '0')}` },
    job: { namespace: 'jobs', name: `job ${Number(id) % 7}` },
    inputs: [{ namespace: 'n', name: `in ${Number(id) % 11}` }],
    outputs: [{ namespace: 'n', name: `out ${Number(id) % 13}` }],
    producer: 'https://example.test/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  }
}

async function readBack(data: string): Promise<Pick<Round, 'onChain' | 'broken'>> {
  using folder = claimDataFolder(data)
  await using ledger = await openFolderLedger(folder.files, readConfig({ env: {} }))
  const onChain: string[] = []
  for (let index = 0; index < ledger.head().entries;) {
    const entries = await ledger.read(index, 1000)
    for (const { payload } of entries) {
      const { run } = JSON.parse(payload) as { run: { runId: string } }
      onChain.push(String(Number(run.runId.slice(-12))))
    }
    index += entries.length
  }
  return { onChain, broken: (await ledger.verify()).broken }
}

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
