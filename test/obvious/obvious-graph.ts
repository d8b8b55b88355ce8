import type {
  DatasetId,
  DatasetName,
  Direction,
  EntryKey,
  FlowId,
  Interval,
  JobId,
  JobName,
  Meeting,
  Micros,
  RunId,
  SessionOrigin,
} from '../../src/model/index.ts'
import type {
  AccessesAsk,
  AccessOf,
  AccessRecord,
  AsOf,
  Changes,
  ColumnEdge,
  ColumnRecord,
  Dataset,
  DatasetDetails,
  DatasetFilter,
  DeadLetterRecord,
  EvidenceOf,
  Expansion,
  ExposureRecord,
  FacetRecord,
  FlowRecord,
  Found,
  FrontierItem,
  GovernedDataset,
  GraphStore,
  JobDetails,
  JobRecord,
  KnownName,
  NodeKind,
  Move,
  Page,
  PageAsk,
  Readiness,
  ReduceBatch,
  RunDataset,
  RunRecord,
  SchemaRecord,
  EventCount,
  SourceCount,
  StatementRecord,
  Step,
  Translated,
} from '../../src/graph/index.ts'
import { LinewardError } from '../../src/errors.ts'
import { compareCodePoints } from '../../src/model/index.ts'
import { digestOf } from '../../src/graph/digest.ts'
import { datasetIdOf, jobIdOf, runIdOf } from './id.ts'
import * as access from './access.ts'
import * as catalog from './catalog.ts'
import * as describe from './describe.ts'
import { epochsOf } from './epoch.ts'
import * as eventCount from './event-count.ts'
import * as evidence from './evidence.ts'
import { expand } from './expand.ts'
import { governedDataset, movesOf } from './governed.ts'
import { exposuresOf } from './exposure.ts'
import * as flowRecord from './flow-record.ts'
import { pageOf, pageOfList } from './page.ts'
import { entriesInEffect, ofKind } from './said.ts'
import { logicalState } from './state.ts'
import { namedBy } from './subject.ts'
import { World } from './world.ts'

export type ObviousGraphOptions = Readonly<{
  /** A fact dated further ahead of its entry's first receipt ranks last; one day unless told. */
  clockSkewMax?: number
}>

const dayMicros = 86_400_000_000

/** The obvious store in memory: for tests alone, slow and plain. */
export function openObviousGraph(options: ObviousGraphOptions = {}): ObviousGraph {
  return new ObviousGraph(options.clockSkewMax ?? dayMicros)
}

/**
 * Remembers what it was handed and works everything out from the entries in effect at each
 * question. It shares names, places and times with the code under test and nothing else, so that
 * agreement means something.
 */
export class ObviousGraph implements GraphStore {
  readonly #clockSkewMax: number
  readonly #watermarks = new Map<string, number>()
  #received: readonly Translated[] = []
  #isOpen = true

  constructor(clockSkewMax: number) {
    this.#clockSkewMax = clockSkewMax
  }

  async ready(): Promise<Readiness> {
    return { ready: true }
  }

  async watermark(chain: string): Promise<number> {
    this.#refuseWhenClosed()
    return this.#watermarks.get(chain) ?? 0
  }

  async reduce({ chain, next, entries }: ReduceBatch): Promise<void> {
    this.#refuseWhenClosed()
    this.#watermarks.set(chain, Math.max(next, this.#watermarks.get(chain) ?? 0))
    this.#received = [...this.#received, ...entries]
  }

  async derive(): Promise<number> {
    this.#refuseWhenClosed()
    return 0
  }

  async marksLeft(): Promise<number> {
    this.#refuseWhenClosed()
    return 0
  }

  async datasetByName(name: DatasetName): Promise<Dataset | undefined> {
    return catalog.datasetRecord(this.world(), datasetIdOf(name))
  }

  async datasetsById(ids: readonly DatasetId[]): Promise<ReadonlyMap<DatasetId, Dataset>> {
    const world = this.world()
    return mapOf(ids, (id) => catalog.datasetRecord(world, id))
  }

  async datasetDetails(id: DatasetId, asOf: AsOf): Promise<DatasetDetails> {
    return describe.datasetDetails(this.world(asOf), id)
  }

  async names(id: DatasetId, page: PageAsk): Promise<Page<KnownName>> {
    return pageOfList(describe.knownNames(this.world(), id), page)
  }

  async columns(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<ColumnRecord>> {
    return pageOfList(describe.columnsOf(describe.fieldsOf(this.world(asOf), id)), page)
  }

  async column(id: DatasetId, name: string, asOf: AsOf): Promise<ColumnRecord | undefined> {
    const columns = describe.columnsOf(describe.fieldsOf(this.world(asOf), id))
    return columns.find((column) => column.name === name)
  }

  async schemaHistory(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<SchemaRecord>> {
    return pageOfList(describe.schemaHistory(this.world(asOf), id), page)
  }

  async datasetFacets(id: DatasetId, asOf: AsOf): Promise<readonly FacetRecord[]> {
    return describe.datasetFacets(this.world(asOf), id)
  }

  async meetings(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<Meeting>> {
    const meetings = this.world(asOf)
      .meetings(id)
      .map(({ meeting }) => meeting)
    const orderOf = ({ from, to, kind, rule, during }: Meeting): string =>
      [from, to, kind, rule, during.from ?? '', during.until ?? ''].join()
    return pageOf(meetings, (meeting) => [orderOf(meeting)], page)
  }

  async epochs(id: DatasetId, asOf: AsOf): Promise<readonly Micros[]> {
    return epochsOf(this.world(asOf), id)
  }

  async jobByName(name: JobName): Promise<JobRecord | undefined> {
    return catalog.jobRecords(this.world()).find(({ id }) => id === jobIdOf(name))
  }

  async jobsById(ids: readonly JobId[]): Promise<ReadonlyMap<JobId, JobRecord>> {
    const jobs = catalog.jobRecords(this.world())
    return mapOf(ids, (id) => jobs.find((job) => job.id === id))
  }

  async jobDetails(id: JobId): Promise<JobDetails> {
    return describe.jobDetails(this.world(), id)
  }

  async jobFacets(id: JobId): Promise<readonly FacetRecord[]> {
    return describe.jobFacets(this.world(), id)
  }

  async jobFlows(id: JobId, page: PageAsk): Promise<Page<FlowRecord>> {
    const world = this.world()
    const records = flowRecord.flowRecords(world, catalog.flowIdsOfJob(world, id))
    return pageOf(records, (record) => [record.id], page)
  }

  async jobRuns(id: JobId, page: PageAsk): Promise<Page<RunRecord>> {
    const runs = [...this.world().runs.values()].filter(({ job }) => job === id)
    return pageOfRuns(runs.map(catalog.runRecord), page)
  }

  async runByRunId(runId: string): Promise<RunRecord | undefined> {
    return catalog.runRecord(this.world().runs.get(runIdOf(runId)))
  }

  async runsById(ids: readonly RunId[]): Promise<ReadonlyMap<RunId, RunRecord>> {
    const { runs } = this.world()
    return mapOf(ids, (id) => catalog.runRecord(runs.get(id)))
  }

  async runFacets(id: RunId): Promise<readonly FacetRecord[]> {
    return describe.runFacets(this.world(), id)
  }

  async runJobFacets(id: RunId): Promise<readonly FacetRecord[]> {
    return describe.runJobFacets(this.world(), id)
  }

  async runDatasets(id: RunId): Promise<readonly RunDataset[]> {
    return describe.runDatasets(this.world(), id)
  }

  async runStarter(id: RunId): Promise<string | undefined> {
    return access.runStarter(this.world(), id)
  }

  async accesses(ask: AccessesAsk, page: PageAsk): Promise<Page<AccessRecord>> {
    const records = access.accessRecords(this.world(), ask)
    return pageOf(
      records,
      ({ hour, dataset, principal, action, via }) => [-hour, dataset, principal, action, via ?? ''],
      page,
    )
  }

  async accessSessions(of: AccessOf): Promise<readonly string[]> {
    return access.accessSessions(this.world(), of)
  }

  async principalIsKnown(id: string): Promise<boolean> {
    return this.world().all.some((said) => namedBy(said).principals.includes(id))
  }

  async principalOrigins(id: string): Promise<readonly SessionOrigin[]> {
    return access.principalOrigins(this.world(), id)
  }

  async sessionOrigins(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, readonly SessionOrigin[]>> {
    const world = this.world()
    return new Map(ids.map((id) => [id, access.sessionOrigins(world, id)]))
  }

  async flows(ids: readonly FlowId[], asOf: AsOf): Promise<readonly FlowRecord[]> {
    return flowRecord.flowRecords(this.world(asOf), ids)
  }

  async flowActive(
    ids: readonly FlowId[],
    asOf: AsOf,
    first: number,
  ): Promise<readonly Interval[]> {
    return flowRecord.activeOf(flowRecord.membersOf(this.world(asOf), ids), first)
  }

  async flowRuns(ids: readonly FlowId[], asOf: AsOf, page: PageAsk): Promise<Page<RunRecord>> {
    const moved = flowRecord.runsAmong(flowRecord.membersOf(this.world(asOf), ids))
    const { runs } = this.world()
    return pageOfRuns(
      moved.map((id) => catalog.runRecord(runs.get(id))),
      page,
    )
  }

  async mapActive(
    ids: readonly FlowId[],
    map: string,
    asOf: AsOf,
    first: number,
  ): Promise<readonly Interval[]> {
    const world = this.world(asOf)
    const mapped = flowRecord.membersWith(world, flowRecord.membersOf(world, ids), map)
    return flowRecord.activeOf(mapped, first)
  }

  async expand(
    frontier: readonly FrontierItem[],
    direction: Direction,
    { asOf, inForce }: Expansion,
  ): Promise<readonly Step[]> {
    return expand(this.world(asOf), frontier, direction, inForce)
  }

  async columnEdges(flows: readonly FlowId[], asOf: AsOf): Promise<readonly ColumnEdge[]> {
    return flowRecord.columnEdges(this.world(asOf), flows)
  }

  async namespaces(page: PageAsk): Promise<Page<string>> {
    const world = this.world()
    const names = [
      ...world.datasets().flatMap((dataset) => dataset.names),
      ...catalog.jobRecords(world).map(({ name }) => name),
    ]
    const distinct = [...new Set(names.map(({ namespace }) => namespace))]
    return pageOf(distinct, (namespace) => [namespace], page)
  }

  async datasets(
    namespace: string | undefined,
    filter: DatasetFilter,
    page: PageAsk,
  ): Promise<Page<Dataset>> {
    const found = catalog.datasetsWhere(this.world(), filter)
    return pageOf(inNamespace(found, namespace), ({ name }) => [name.namespace, name.name], page)
  }

  async jobs(namespace: string | undefined, page: PageAsk): Promise<Page<JobRecord>> {
    const found = catalog.jobRecords(this.world())
    return pageOf(inNamespace(found, namespace), ({ name }) => [name.namespace, name.name], page)
  }

  async search(
    text: string,
    kinds: readonly NodeKind[],
    filter: DatasetFilter,
    page: PageAsk,
  ): Promise<Page<Found>> {
    return pageOfList(catalog.search(this.world(), text, kinds, filter), page)
  }

  async nearestNames(name: DatasetName, first: number): Promise<readonly DatasetName[]> {
    return catalog.nearestNames(this.world(), name).slice(0, first)
  }

  async evidence(of: EvidenceOf, asOf: AsOf, page: PageAsk): Promise<Page<EntryKey>> {
    return pageOfList(evidence.evidenceOf(this.world(asOf), of), page)
  }

  async unresolved(datasets: readonly DatasetId[], asOf: AsOf): Promise<number> {
    return evidence.unresolved(this.world(asOf), datasets)
  }

  async sourcesOf(
    flows: readonly FlowId[],
    datasets: readonly DatasetId[],
  ): Promise<readonly string[]> {
    return evidence.sourcesOf(this.world(), flows, datasets)
  }

  async governed(ids: readonly DatasetId[], asOf: AsOf): Promise<readonly GovernedDataset[]> {
    const world = this.world(asOf)
    const datasets = new Set(ids.map((id) => world.datasetOf(id)))
    return [...datasets].flatMap((id) => governedDataset(world, id))
  }

  async moves(flows: readonly FlowId[], asOf: AsOf): Promise<readonly Move[]> {
    const world = this.world(asOf)
    return flows.flatMap((id) => {
      const flow = world.flows.get(id)
      return flow === undefined ? [] : movesOf(world, flow)
    })
  }

  async changes(): Promise<Changes> {
    return { all: true, datasets: new Set() }
  }

  async exposures(): Promise<readonly ExposureRecord[]> {
    return exposuresOf(this.world())
  }

  async statements(): Promise<readonly StatementRecord[]> {
    const stated = ofKind(this.world().said, 'statement').map(
      ({ fact: { at, statement, by }, entry: { key } }) => ({ at, entry: key, statement, by }),
    )
    return stated.toSorted((a, b) => a.at - b.at || compareCodePoints(a.entry, b.entry))
  }

  async deadLetters(page: PageAsk): Promise<Page<DeadLetterRecord>> {
    const letters = evidence.deadLettersOf(this.world())
    const { items, hasNextPage } = pageOf(letters, (one) => [-one.receivedAt, one.id], page)
    return {
      items: items.map(({ node, cursor }) => ({ node: letterRecord(node), cursor })),
      hasNextPage,
    }
  }

  async deadLettersOf(ids: readonly string[]): Promise<readonly DeadLetterRecord[]> {
    return evidence
      .deadLettersOf(this.world())
      .filter(({ id }) => ids.includes(id))
      .map(letterRecord)
  }

  async deadLetterCount(): Promise<number> {
    return evidence.deadLettersOf(this.world()).length
  }

  async sources(): Promise<readonly SourceCount[]> {
    return evidence.sourceCounts(this.world())
  }

  async unknownEvents(first: number): Promise<readonly EventCount[]> {
    return eventCount.unknownEvents(this.world()).slice(0, first)
  }

  async irrelevantEvents(first: number): Promise<readonly EventCount[]> {
    return eventCount.irrelevantEvents(this.world()).slice(0, first)
  }

  async digest(): Promise<string> {
    return digestOf(logicalState(this.world()))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOpen = false
  }

  /** What the entries in effect make as of a moment, from nothing. */
  world(asOf?: AsOf): World {
    this.#refuseWhenClosed()
    return new World(entriesInEffect(this.#received), { asOf, clockSkewMax: this.#clockSkewMax })
  }

  #refuseWhenClosed(): void {
    if (!this.#isOpen) throw new LinewardError('STORE_UNAVAILABLE', 'The graph is closed')
  }
}

function mapOf<Id, Item>(
  ids: readonly Id[],
  find: (id: Id) => Item | undefined,
): ReadonlyMap<Id, Item> {
  const found = new Map<Id, Item>()
  for (const id of ids) {
    const item = find(id)
    if (item !== undefined) found.set(id, item)
  }
  return found
}

/** Newest start first; what is not known to have started comes last. */
function pageOfRuns(runs: readonly (RunRecord | undefined)[], page: PageAsk): Page<RunRecord> {
  const known = runs.filter((run) => run !== undefined)
  const startOf = ({ startedAt }: RunRecord): number => startedAt ?? Number.MIN_SAFE_INTEGER
  return pageOf(known, (run) => [-startOf(run), run.id], page)
}

function inNamespace<Item extends Readonly<{ name: DatasetName | JobName }>>(
  items: readonly Item[],
  namespace: string | undefined,
): readonly Item[] {
  return items.filter(({ name }) => namespace === undefined || name.namespace === namespace)
}

function letterRecord({ id, code, reason, path, entry }: DeadLetterRecord): DeadLetterRecord {
  return { id, code, reason, path, entry }
}
