import type { Door } from './door.ts'
import type { Terminal } from './terminal.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { settle } from './door.ts'
import { query } from './graphql.ts'
import { fieldsIn } from './lineage-answer.ts'

const stepMs = 100

/**
 * Waits until everything in a folder of this process's own is in the graph and judged. A server says
 * itself how far it is.
 */
export async function settleJudged(door: Door, terminal: Terminal): Promise<void> {
  await settle(door, terminal)
  if (door.service === undefined) return
  while (fieldsIn(await query(door, '{ intake { settled } }', {}), 'intake')['settled'] !== true) {
    terminal.progress('Judging what is in the graph')
    await delay(stepMs)
  }
  terminal.progress(undefined)
}
