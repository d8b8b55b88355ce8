import type { Service } from '../../main.ts'
import type { Door } from '../door.ts'
import type { Terminal } from '../terminal.ts'
import { hospitalRequests } from '../../demo/index.ts'
import { isRecord, problemIn, settle, textOf } from '../door.ts'
import { figure, progressBar } from '../terminal.ts'

const connections = 8
const shownEvery = 10

/** What a request's answer says of its events. */
type Outcome = Readonly<{ events: number; irrelevant: number; unknown: number; refused: number }>
type Request = ReturnType<typeof hospitalRequests>[number]

/**
 * Hands the hospital in over a few connections and waits until all of it is in the graph. Gives what
 * became of it, in sentences whose figures are the server's answers.
 */
export async function play(
  door: Door,
  { service, terminal }: Readonly<{ service: Service; terminal: Terminal }>,
): Promise<readonly string[]> {
  const requests = hospitalRequests()
  const answers: (readonly [Request, Outcome])[] = []
  const left = requests.values()
  const connection = async (): Promise<void> => {
    for (const request of left) {
      answers.push([request, await post(door, request)])
      if (answers.length % shownEvery === 0) {
        terminal.progress(progressBar(answers.length, requests.length, 'requests'))
      }
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: connections }, connection))
  const posted = performance.now()
  await settle({ ...door, service }, terminal)
  const seconds = (from: number, to: number): string => ((to - from) / 1000).toFixed(1)
  const sum = (of: keyof Outcome, which: readonly (typeof answers)[number][] = answers): number =>
    which.reduce((total, [, outcome]) => total + outcome[of], 0)
  const lineage = answers.filter(([{ path }]) => path.endsWith('/lineage'))
  // What is only counted leaves one entry for each request, with the counts.
  const tallies = answers.filter(([, { irrelevant }]) => irrelevant > 0).length
  const kept = service.ledger.head().entries - tallies
  const copies = sum('events') - kept - sum('irrelevant') - sum('refused')
  return [
    `${figure(sum('events'))} events came in ${figure(requests.length)} requests over HTTP within ` +
      `${seconds(start, posted)} s, each answered when it was on disk: ` +
      `${figure(sum('events', lineage))} of OpenLineage, and ` +
      `${figure(sum('events') - sum('events', lineage))} that AWS tells itself, in envelopes, files of ` +
      `a trail, messages of a queue and a log of Redshift.`,
    `${figure(kept)} are in the ledger, ${figure(copies)} were copies of one that was there, ` +
      `${figure(sum('irrelevant'))} say nothing of data and are only counted, ` +
      `${figure(sum('refused'))} were refused; ${figure(sum('unknown'))} of those in the ledger no ` +
      `translator reads yet. The graph had them all ${seconds(posted, performance.now())} s later.`,
  ]
}

/** One event of OpenLineage is answered by counts, an array as a batch, any other by what it was. */
async function post(door: Door, { path, type, body }: Request): Promise<Outcome> {
  const answer = await door.send({ method: 'POST', path, type, body }, 'producer')
  const text = await textOf(answer.body)
  if (answer.status >= 400) throw problemIn(text, answer.status)
  const said: unknown = JSON.parse(text)
  const counts = isRecord(said) ? said : {}
  const { summary } = counts
  const of = (key: string): number => Number(counts[key] ?? 0)
  return isRecord(summary)
    ? {
        events: Number(summary['received']),
        irrelevant: 0,
        unknown: 0,
        refused: Number(summary['failed']),
      }
    : {
        events: of('received') || of('accepted') + of('duplicates'),
        irrelevant: of('irrelevant'),
        unknown: of('unknown'),
        refused: of('deadLettered'),
      }
}
