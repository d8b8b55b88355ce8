import type { hospitalRequests } from '../../src/demo/index.ts'
import type { Translated } from '../../src/graph/index.ts'
import type { ItemOutcome, Received } from '../../src/ingest/index.ts'
import type { Json, Micros } from '../../src/model/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createIntake, translate } from '../../src/ingest/index.ts'
import { openLedger } from '../../src/ledger/index.ts'
import { parseJson } from '../../src/model/index.ts'
import { scrub } from '../scrub.ts'

export type Requests = ReturnType<typeof hospitalRequests>

/** The events of a request as the door cuts them out of it: a list, a text of a log, or one. */
function eventsIn({ type, body }: Requests[number]): readonly Json[] {
  if (type === 'text/plain') return body.trimEnd().split(/\n(?=')/)
  const value = parseJson(body)
  return Array.isArray(value) ? (value as readonly Json[]) : [value]
}

/** What becomes of requests that are handed in, and the entries and facts that they leave. */
export async function handedIn(
  requests: Requests,
): Promise<Readonly<{ outcomes: readonly ItemOutcome[]; entries: readonly Translated[] }>> {
  const folder = mkdtempSync(join(tmpdir(), 'lineward-hospital-'))
  try {
    await using ledger = await openLedger({ file: join(folder, 'ledger.db') })
    const clock = (): Micros => (Date.parse('2026-03-01T00:00:00Z') * 1000) as Micros
    const intake = createIntake({ ledger, digestKey: Buffer.alloc(32, 1), scrub, clock })
    const outcomes: ItemOutcome[] = []
    for (const request of requests) {
      const { searchParams } = new URL(request.path, 'http://localhost')
      const context = Object.fromEntries(
        [...searchParams].map(([key, value]) => [key.replace('context.', ''), value]),
      )
      const given = {
        sender: 'hospital',
        trust: 'SELF_REPORTED',
        mode: 'dead-letter',
        context,
      } as const
      const events = eventsIn(request).map((value): Received => ({ ...given, value }))
      outcomes.push(...(await intake.accept(events)))
    }
    const entries = await ledger.read(0, ledger.head().entries)
    return { outcomes, entries: entries.map((entry) => ({ entry, facts: translate(entry) })) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
