import type { Progress, RebuildResult } from '../api/index.ts'
import type { GraphStore } from '../graph/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Log } from '../log.ts'
import type { ProjectorLimits } from '../projector.ts'
import { rename, rm } from 'node:fs/promises'
import { translate } from '../ingest/index.ts'
import { Projector } from '../projector.ts'
import { systemClock } from './open-stores.ts'

export type RebuildParts = Readonly<{
  ledger: Ledger
  /** Where the graph is; the new one grows beside it. */
  file: string
  open: (file: string) => Promise<GraphStore>
  limits: ProjectorLimits
  log: Log
  /** The graph of now, settled as far as it goes; undefined when it cannot be read. */
  present: Pick<GraphStore, 'watermark' | 'digest'> | undefined
  /**
   * Does `last` while nothing is brought into the present graph, closes that, and puts what `open`
   * gives in its place.
   */
  exchange: (last: () => Promise<void>, open: () => Promise<GraphStore>) => Promise<void>
  onProgress: (progress: Progress) => void
}>

const progressEveryMs = 200
/** SQLite's own files beside a database. */
const companions = ['-wal', '-shm']

/**
 * Makes the graph anew from the first entry of the ledger on, beside the present one, which answers
 * until the new one is as far; then their files change places. A crash leaves one of the two, and
 * either can be started on. The digests are of both graphs at the same position.
 *
 * @throws LinewardError of the ledger or the store; the present graph then stays.
 */
export async function rebuildGraph(parts: RebuildParts): Promise<RebuildResult> {
  const { ledger, file, open, limits, log, present, exchange, onProgress } = parts
  const { chain } = ledger.head()
  const fresh = `${file}.new`
  await removeDatabase(fresh)
  const graph = await open(fresh)
  let end = (await present?.watermark(chain)) ?? ledger.head().entries
  const upToEnd: Pick<Ledger, 'head' | 'read'> = {
    head: () => ({ ...ledger.head(), entries: end }),
    read: (index, limit) => ledger.read(index, Math.min(limit, end - index)),
  }
  const projector = new Projector({
    ledger: upToEnd,
    graph,
    translate,
    limits,
    log,
    clock: systemClock,
  })
  const closing = async (): Promise<void> => {
    await projector.stop()
    await graph[Symbol.asyncDispose]()
  }
  let closed: Promise<void> | undefined
  let before: string | undefined
  let after = ''
  try {
    await follow(projector, () => end, onProgress)
    await exchange(
      async () => {
        end = (await present?.watermark(chain)) ?? end
        await follow(projector, () => end, onProgress)
        before = await present?.digest()
        after = await graph.digest()
        await (closed ??= closing())
      },
      async () => {
        await Promise.all(companions.map((ending) => rm(`${file}${ending}`, { force: true })))
        await rename(fresh, file)
        return await open(file)
      },
    )
    return { entries: end, before, after }
  } finally {
    await (closed ??= closing())
    await removeDatabase(fresh)
  }
}

async function follow(
  projector: Projector,
  end: () => number,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  for (;;) {
    projector.wake()
    const isThere = await projector.reached(end(), progressEveryMs)
    const total = end()
    onProgress({ done: total - (await projector.lag()).entries, total })
    if (isThere) return
    if (projector.failure !== undefined) throw projector.failure
  }
}

async function removeDatabase(file: string): Promise<void> {
  await Promise.all(['', ...companions].map((ending) => rm(`${file}${ending}`, { force: true })))
}
