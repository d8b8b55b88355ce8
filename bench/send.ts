import type { Outcome, Task } from './client.ts'
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Sending = Omit<Task, 'file'> & Readonly<{ folder: string; bodies: readonly string[] }>

/** Sends bodies from a process of their own, so that the server's thread does not wait for the client's. */
export async function send({ folder, bodies, ...task }: Sending): Promise<Outcome> {
  const file = join(folder, 'bodies.ndjson')
  writeFileSync(file, `${bodies.join('\n')}\n`)
  const client = fork(new URL('client.ts', import.meta.url))
  const answer = once(client, 'message')
  client.send({ ...task, file })
  const [outcome] = (await answer) as [Outcome]
  return outcome
}

/** Throws when any answer was another than these. */
export function expectStatuses({ statuses }: Outcome, ...expected: readonly number[]): void {
  const strange = Object.keys(statuses).filter((status) => !expected.includes(Number(status)))
  if (strange.length > 0) throw new Error(`The server answered ${JSON.stringify(statuses)}`)
}

/** The value below which that share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
