import type { Intake, Operations, Server } from './api/index.ts'
import type { Config } from './config.ts'
import type { DataFolder, LocalTokens } from './coordination/index.ts'
import type { Readiness } from './graph/index.ts'
import type { Ledger } from './ledger/index.ts'
import type { Log } from './log.ts'
import type { GraphHandle } from './service/index.ts'
import { readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { buildServer } from './api/index.ts'
import { openNoticeBook, openTokenStore } from './coordination/index.ts'
import { LinewardError } from './errors.ts'
import type { Governance } from './governance/index.ts'
import { Governor } from './governance/index.ts'
import {
  createIntake,
  createScrub,
  decisionDraft,
  entryScrub,
  retractionDraft,
  translate,
} from './ingest/index.ts'
import { Projector } from './projector.ts'
import {
  Alerts,
  digestKeyOf,
  findingJournal,
  graphHandle,
  intakeDoor,
  oneAtATime,
  openFolderGraph,
  openFolderLedger,
  rebuildGraph,
  scrubFolder,
  systemClock,
  wakingLedger,
} from './service/index.ts'

export type ServiceOptions = Readonly<{
  config: Config
  /** Owned by the service from now on. */
  folder: DataFolder
  log: Log
  /** What commands on this machine show; absent: there are none. */
  local?: LocalTokens | undefined
}>

/** Everything that runs on one data folder. */
export interface Service extends AsyncDisposable {
  readonly server: Server
  /** For who hands events in from this process. */
  readonly intake: Intake
  readonly ledger: Ledger
  readonly projector: Projector
  readonly governance: Governance
  /** True when no token was ever made here: nobody can sign in but by a link. */
  readonly isFirstStart: boolean
  /**
   * Listens where the settings say, lets other commands find the server, and gives its URL.
   *
   * @throws LinewardError CONFIG_INVALID when that address cannot be listened on.
   */
  listen(): Promise<string>
}

const backoff = { backoffMsMin: 100, backoffMsMax: 5000 }
/** How long a stop waits for the graph. What is left is done at the next start. */
const catchUpMs = 5000
/** How often the head of the ledger is signed while it moves. */
const checkpointEveryMs = 600_000
const settleStepMs = 1000
const dayMs = 86_400_000
const alertTimes = { retryMsMin: 1000, retryMsMax: 3_600_000, timeoutMs: 10_000 }
/** How long a stop waits for clients that are slow to send or to read. */
const closeGraceMs = 10_000

/**
 * Builds the service on a data folder: ledger, graph, projector and the HTTP interface, which does
 * not listen yet. Disposing of it finishes what was accepted.
 *
 * @throws LinewardError of the parts that cannot be opened; then nothing stays open.
 */
export async function openService(options: ServiceOptions): Promise<Service> {
  const { config, folder, log, local } = options
  const { files } = folder
  await using opened = new AsyncDisposableStack()
  opened.use(folder)
  const tokens = opened.use(openTokenStore(files.coordination, systemClock))
  const file = opened.use(await openFolderLedger(files, config))
  const handle = graphHandle(await openFolderGraph(files.graph, file, config))
  const { graph } = handle
  opened.defer(() => graph[Symbol.asyncDispose]())
  const limits = {
    entriesMax: config.projectEntriesMax,
    deriveKeysMax: config.deriveKeysMax,
    ...backoff,
  }
  const book = opened.use(openNoticeBook(files.coordination))
  const { webhookUrl, webhookSecret } = config
  const alerts =
    webhookUrl === undefined || webhookSecret === undefined
      ? undefined
      : opened.use(
          new Alerts({
            book,
            url: webhookUrl,
            secret: webhookSecret,
            clock: systemClock,
            log,
            ...alertTimes,
          }),
        )
  const governor = opened.use(
    new Governor({
      graph,
      clock: systemClock,
      journal: findingJournal(book, alerts && (() => alerts.wake())),
      warnMs: config.certificateWarnDays * dayMs,
      onError: (error) => log.error({ error }, 'governance does not follow the graph'),
    }),
  )
  const projector = opened.use(
    new Projector({
      ledger: file,
      graph,
      translate,
      limits,
      log,
      clock: systemClock,
      onSettled: () => governor.wake(),
    }),
  )
  // Also where nothing was accepted yet there is something to find.
  governor.wake()
  const ledger = wakingLedger(file, () => projector.wake())
  const digestKey = digestKeyOf(files)
  const scrub = createScrub({
    tokenKey: digestKey,
    mrn: config.mrnPattern === undefined ? [] : [config.mrnPattern],
  })
  const judged = createIntake({ ledger, digestKey, scrub, clock: systemClock })
  const intake = intakeDoor(judged, {
    depthMax: config.eventDepthMax,
    stringCharactersMax: config.stringCharactersMax,
    keyCharactersMax: config.keyCharactersMax,
  })

  const rebuild: Operations['rebuild'] = async (onProgress) => {
    const open = (path: string) => openFolderGraph(path, file, config)
    const present = (await isSettled(projector, ledger)) ? graph : undefined
    return await rebuildGraph({
      ledger,
      file: files.graph,
      open,
      limits,
      log,
      present,
      onProgress,
      exchange: (last, next) => exchange({ projector, handle, last, next }),
    })
  }
  const by = entryScrub(scrub)
  const alone = oneAtATime()
  const operations: Operations = {
    rebuild: (onProgress) => alone('rebuild', () => rebuild(onProgress)),
    scrub: ({ dryRun }, onProgress) =>
      alone('scrub', () =>
        scrubFolder({ ledger, by, clock: systemClock, dryRun, onProgress, files, rebuild }),
      ),
  }

  let closing = false
  const server = await buildServer({
    config,
    log,
    graph,
    ledger,
    tokens,
    local,
    projector,
    governance: governor,
    clock: systemClock,
    intake,
    decisions: {
      decisionDraft: (payload, authored) => decisionDraft(payload, { ...authored, scrub }),
      retractionDraft: (keys, authored) => retractionDraft(keys, { ...authored, scrub }),
      scrubText: scrub.text,
      replay: judged.replay,
    },
    operations,
    ready: () => readiness({ graph, projector, closing }),
    person: personHere(),
    version: versionOf(),
  })
  opened.defer(() => server.app.close())
  const signing = setInterval(() => void signHead(ledger, log), checkpointEveryMs)
  const parts = opened.move()

  return {
    server,
    intake,
    ledger,
    projector,
    governance: governor,
    isFirstStart: tokens.list().length === 0,
    async listen() {
      const url = await listenAt(server, config)
      if (local !== undefined) folder.publish({ url, tokens: local })
      return url
    },
    async [Symbol.asyncDispose]() {
      if (closing) return
      closing = true
      clearInterval(signing)
      // The door first: what has arrived is answered, and nothing new is let in.
      server.endConnections()
      await nextTurn()
      await nextTurn()
      const cut = setTimeout(() => server.app.server.closeAllConnections(), closeGraceMs)
      await server.app.close()
      clearTimeout(cut)
      await projector.reached(ledger.head().entries, catchUpMs)
      await signHead(ledger, log)
      await parts.disposeAsync()
    },
  }
}

/** A present graph that follows: false when it cannot, and so has nothing to compare with. */
async function isSettled(projector: Projector, ledger: Ledger): Promise<boolean> {
  while (!(await projector.reached(ledger.head().entries, settleStepMs))) {
    if (projector.failure !== undefined) return false
  }
  return true
}

async function exchange(
  how: Readonly<{
    projector: Projector
    handle: GraphHandle
    last: Parameters<Parameters<typeof rebuildGraph>[0]['exchange']>[0]
    next: Parameters<Parameters<typeof rebuildGraph>[0]['exchange']>[1]
  }>,
): Promise<void> {
  await how.projector.hold(async () => {
    await how.last()
    await how.handle.replace(how.next)
  })
}

async function readiness({
  graph,
  projector,
  closing,
}: Readonly<{
  graph: Pick<GraphHandle['graph'], 'ready'>
  projector: Projector
  closing: boolean
}>): Promise<Readiness> {
  if (closing) return { ready: false, reason: 'It is being stopped' }
  const { failure } = projector
  if (failure !== undefined) return { ready: false, reason: `${failure.code}: ${failure.message}` }
  return await graph.ready()
}

async function listenAt({ app }: Server, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port })
  } catch (cause) {
    throw new LinewardError('CONFIG_INVALID', `Nothing can listen on ${host} port ${port}`, {
      cause,
    })
  }
  const address = app.server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
}

/** A head that is signed now and then shows later that nothing before it was taken back. */
async function signHead(ledger: Ledger, log: Log): Promise<void> {
  try {
    const last = await ledger.lastCheckpoint()
    if (last?.position !== ledger.head().position) await ledger.checkpoint()
  } catch (error) {
    log.error({ error }, 'the head of the ledger could not be signed')
  }
}

/** Who starts the service is who signs in by its link. Some containers have no name for them. */
function personHere(): string {
  try {
    return userInfo().username
  } catch {
    return 'owner'
  }
}

function versionOf(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { version }: { version?: unknown } = JSON.parse(text) as { version?: unknown }
  return typeof version === 'string' ? version : 'unknown'
}
