import type { Config } from '../src/config.ts'
import type { DataFiles } from '../src/coordination/index.ts'
import type { GraphStore, ReduceBatch } from '../src/graph/index.ts'
import type { Intake, Received } from '../src/ingest/index.ts'
import type { Ledger } from '../src/ledger/index.ts'
import type { Entry, Fact, Micros, Statement } from '../src/model/index.ts'
import { readConfig } from '../src/config.ts'
import { claimDataFolder } from '../src/coordination/index.ts'
import { createIntake, createScrub, decisionDraft, translate } from '../src/ingest/index.ts'
import { createLog } from '../src/log.ts'
import { parseJson } from '../src/model/index.ts'
import { Projector } from '../src/projector.ts'
import {
  digestKeyOf,
  openFolderGraph,
  openFolderLedger,
  systemClock,
} from '../src/service/index.ts'

/** The parts of a service on a data folder, without its HTTP interface. */
export interface InProcess extends AsyncDisposable {
  readonly files: DataFiles
  readonly ledger: Ledger
  readonly graph: GraphStore
  /** Hands events in, a hundred at a time; gives how many were accepted. */
  accept(texts: Iterable<string>, mode?: Received['mode']): Promise<number>
  /** Puts what a steward states on the ledger. */
  decide(statements: readonly Statement[]): Promise<void>
  /** Brings everything that is on the ledger into the graph, as the service does. */
  project(onSettled?: () => void): Promise<Projected>
}

/** Seconds on the clock, of those the ones spent in each step, and those of the processor. */
export type Projected = Readonly<{
  entries: number
  seconds: number
  processorSeconds: number
  steps: Readonly<Record<'read' | 'translate' | 'reduce' | 'derive', number>>
}>

const batchSize = 100

/** Takes a data folder for the bench. */
export async function openInProcess(folder: string): Promise<InProcess> {
  const config = readConfig({ env: {} })
  const claimed = claimDataFolder(folder)
  const { files } = claimed
  const ledger = await openFolderLedger(files, config)
  const graph = await openFolderGraph(files.graph, ledger, config)
  const digestKey = digestKeyOf(files)
  const scrub = createScrub({ tokenKey: digestKey, mrn: [] })
  const intake = createIntake({ ledger, digestKey, scrub, clock: systemClock })
  return {
    files,
    ledger,
    graph,
    accept: (texts, mode = 'refuse') => acceptAll(intake, texts, mode),
    async decide(statements) {
      const by = { author: 'bench', scrub }
      const drafts = statements.map((statement, index) => {
        const payload = { decision: 'state', statement, person: 'bench' } as const
        return decisionDraft(payload, { ...by, at: (systemClock() + index) as Micros })
      })
      await ledger.append(drafts)
    },
    project: (onSettled) => project(ledger, graph, config, onSettled),
    async [Symbol.asyncDispose]() {
      await graph[Symbol.asyncDispose]()
      await ledger[Symbol.asyncDispose]()
      claimed[Symbol.dispose]()
    },
  }
}

async function acceptAll(
  intake: Intake,
  texts: Iterable<string>,
  mode: Received['mode'],
): Promise<number> {
  let accepted = 0
  let batch: string[] = []
  const flush = async (): Promise<void> => {
    const outcomes = await intake.accept(
      batch.map((text) => ({
        value: parseJson(text),
        sender: 'bench',
        trust: 'SELF_REPORTED',
        context: {},
        mode,
      })),
    )
    accepted += outcomes.filter(({ status }) => status === 'accepted').length
    batch = []
  }
  for (const text of texts) {
    batch.push(text)
    if (batch.length === batchSize) await flush()
  }
  if (batch.length > 0) await flush()
  return accepted
}

async function project(
  ledger: Ledger,
  graph: GraphStore,
  config: Config,
  onSettled: (() => void) | undefined,
): Promise<Projected> {
  const steps = { read: 0, translate: 0, reduce: 0, derive: 0 }
  const timed = async <Result>(
    step: keyof typeof steps,
    work: () => Promise<Result>,
  ): Promise<Result> => {
    const from = performance.now()
    try {
      return await work()
    } finally {
      steps[step] += (performance.now() - from) / 1000
    }
  }
  const { chain, entries } = ledger.head()
  const before = await graph.watermark(chain)
  const from = performance.now()
  const cpu = process.cpuUsage()
  await using projector = new Projector({
    clock: systemClock,
    ledger: {
      head: () => ledger.head(),
      read: (index, limit) => timed('read', () => ledger.read(index, limit)),
    },
    graph: {
      watermark: (name) => graph.watermark(name),
      marksLeft: () => graph.marksLeft(),
      reduce: (batch: ReduceBatch) => timed('reduce', () => graph.reduce(batch)),
      derive: (limit) => timed('derive', () => graph.derive(limit)),
    },
    translate: (entry: Entry): readonly Fact[] => {
      const since = performance.now()
      const facts = translate(entry)
      steps.translate += (performance.now() - since) / 1000
      return facts
    },
    limits: {
      entriesMax: config.projectEntriesMax,
      deriveKeysMax: config.deriveKeysMax,
      backoffMsMin: 100,
      backoffMsMax: 5000,
    },
    log: createLog('error'),
    ...(onSettled === undefined ? {} : { onSettled }),
  })
  while (!(await projector.reached(entries, 60_000))) {
    if (projector.failure !== undefined) throw projector.failure
  }
  const { user, system } = process.cpuUsage(cpu)
  return {
    entries: entries - before,
    seconds: (performance.now() - from) / 1000,
    processorSeconds: (user + system) / 1e6,
    steps,
  }
}
