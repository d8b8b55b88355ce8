import type {
  DatasetId,
  DatasetKind,
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
  RunState,
  SchemaField,
  Side,
  Spelling,
} from '../../model/index.ts'
import type { Cell, Property } from '../cells.ts'
import type { Derivations } from '../derived.ts'
import type {
  AsOf,
  ColumnEdge,
  ColumnRecord,
  Dataset,
  DatasetDetails,
  DatasetFilter,
  DeadLetterRecord,
  EvidenceOf,
  Expansion,
  FacetRecord,
  FlowRecord,
  Found,
  FrontierItem,
  GraphStore,
  JobDetails,
  JobRecord,
  KnownName,
  NodeKind,
  Page,
  PageAsk,
  Readiness,
  ReduceBatch,
  RunDataset,
  RunRecord,
  SchemaRecord,
  SourceCount,
  Step,
} from '../port.ts'
import type { DatasetNode, FlowNode, NameNode } from './adjacency.ts'
import type { Row } from './database.ts'
import type { Parts } from './parts.ts'
import type { FactSource } from './reduction.ts'
import { LinewardError } from '../../errors.ts'
import { compareCodePoints, datasetIdOf, jobIdOf, runIdOf } from '../../model/index.ts'
import { properties } from '../cells.ts'
import { columnsOf } from '../columns.ts'
import { digestOf } from '../digest.ts'
import { meetingKey } from '../meeting-key.ts'
import { keyOfCursor, pageOf, pageOfList } from '../page.ts'

import { placeholders } from './database.ts'
import { bestOf } from './details.ts'
import { nameRange } from './name-range.ts'
import { searchDocuments } from './search.ts'
import { isShown } from './flow-table.ts'
import { logicalStateOf } from './state-reader.ts'

export type SqliteGraphOptions = Readonly<{
  /** A path, or `:memory:`. The folder has to be there. */
  file: string
  derivations: Derivations
  facts: FactSource
  /**
   * Of the translators; 0 unless told. What another version has made is made anew: the store then
   * starts empty.
   */
  translationVersion?: number
  /** A fact dated further ahead of its entry's first receipt ranks last; one day unless told. */
  clockSkewMax?: Micros
}>

/** The embedded store: reduced and derived state on SQLite, adjacency in memory. */
export class SqliteGraph implements GraphStore {
  #open: Parts | undefined

  constructor(parts: Parts) {
    this.#open = parts
  }

  /** @throws LinewardError STORE_UNAVAILABLE once the store is closed. */
  get #parts(): Parts {
    if (this.#open === undefined) {
      throw new LinewardError('STORE_UNAVAILABLE', 'The graph is closed')
    }
    return this.#open
  }

  async ready(): Promise<Readiness> {
    return this.#parts.ready()
  }

  async watermark(chain: string): Promise<number> {
    const row = this.#parts.db.one('SELECT next FROM watermark WHERE chain = ?', chain)
    return Number(row?.['next'] ?? 0)
  }

  async reduce(batch: ReduceBatch): Promise<void> {
    this.#parts.write(() => this.#parts.reduction.reduce(batch))
  }

  async derive(limit: number): Promise<number> {
    return await this.#parts.derive(limit)
  }

  async marksLeft(): Promise<number> {
    return this.#parts.derivation.left()
  }

  async datasetByName(name: DatasetName): Promise<Dataset | undefined> {
    const node = this.#parts.adjacency.name(datasetIdOf(name))
    return node === undefined ? undefined : this.#dataset(node.dataset)
  }

  async datasetsById(ids: readonly DatasetId[]): Promise<ReadonlyMap<DatasetId, Dataset>> {
    const found = new Map<DatasetId, Dataset>()
    for (const id of ids) {
      const node = this.#parts.adjacency.name(id)
      if (node !== undefined) found.set(id, this.#dataset(node.dataset))
    }
    return found
  }

  async datasetDetails(id: DatasetId, asOf: AsOf): Promise<DatasetDetails> {
    const dataset = this.#node(id)
    return dataset === undefined ? unknownDataset : this.#parts.details.of(dataset, asOf)
  }

  async names(id: DatasetId, page: PageAsk): Promise<Page<KnownName>> {
    const dataset = this.#node(id)
    if (dataset === undefined) return pageOfList<KnownName>([], page)
    return pageOfList(
      dataset.names.flatMap((name) => this.#knownNames(dataset, name)),
      page,
    )
  }

  async columns(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<ColumnRecord>> {
    return pageOfList(this.#columns(id, asOf), page)
  }

  async column(id: DatasetId, name: string, asOf: AsOf): Promise<ColumnRecord | undefined> {
    return this.#columns(id, asOf).find((column) => column.name === name)
  }

  async schemaHistory(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<SchemaRecord>> {
    const said = this.#historyOf(id, 'schema', asOf)
    const best = said.reduce((most, { rank }) => Math.max(most, rank), 0)
    // Of several at one moment the last counts.
    const moments = new Map(said.filter(({ rank }) => rank === best).map((cell) => [cell.at, cell]))
    const changes: SchemaRecord[] = []
    for (const { at, entry, value } of moments.values()) {
      const fields = value as unknown as readonly SchemaField[]
      if (JSON.stringify(changes.at(-1)?.fields) === JSON.stringify(fields)) continue
      changes.push({ since: at, fields, evidence: entry as EntryKey })
    }
    return pageOfList(changes.toReversed(), page)
  }

  async datasetFacets(id: DatasetId, asOf: AsOf): Promise<readonly FacetRecord[]> {
    const dataset = this.#node(id)
    if (dataset === undefined) return []
    const { cells, details } = this.#parts
    const keys = new Set(dataset.names.flatMap(({ row }) => cells.members(row, 'facet')))
    return facetRecords([...keys].map((key) => details.best(dataset, 'facet', asOf, key)))
  }

  async meetings(id: DatasetId, asOf: AsOf, page: PageAsk): Promise<Page<Meeting>> {
    const dataset = this.#node(id)
    if (dataset === undefined) return pageOfList<Meeting>([], page)
    const meetings = this.#parts.adjacency.places
      .meetings(dataset, asOf)
      .map(({ meeting }) => meeting)
    return pageOfList(
      meetings.toSorted((a, b) => (meetingKey(a) < meetingKey(b) ? -1 : 1)),
      page,
    )
  }

  async epochs(id: DatasetId, asOf: AsOf): Promise<readonly Micros[]> {
    const dataset = this.#node(id)
    if (dataset === undefined) return []
    return this.#parts.epochs.of(dataset, asOf)
  }

  async jobByName(name: JobName): Promise<JobRecord | undefined> {
    return (await this.jobsById([jobIdOf(name)])).get(jobIdOf(name))
  }

  async jobsById(ids: readonly JobId[]): Promise<ReadonlyMap<JobId, JobRecord>> {
    const found = new Map<JobId, JobRecord>()
    for (const id of ids) {
      const row = this.#subject(id)
      if (row?.['known'] === 1) found.set(id, { id, name: nameOf(row) })
    }
    return found
  }

  async jobDetails(id: JobId): Promise<JobDetails> {
    const row = this.#parts.interning.subjectRow(id)
    const best = (property: Property): Cell | undefined =>
      row === undefined ? undefined : this.#parts.cells.best(row, property, '', undefined)
    const owners = best('owners')?.value
    return {
      kind: textOf(best('jobType')) ?? 'JOB',
      description: textOf(best('description')),
      owners: Array.isArray(owners) ? owners.map(String) : [],
      source: textOf(best('jobSource')),
      parent: textOf(best('jobParent')) as JobId | undefined,
    }
  }

  async jobFacets(id: JobId): Promise<readonly FacetRecord[]> {
    const row = this.#parts.interning.subjectRow(id)
    if (row === undefined) return []
    const { cells } = this.#parts
    const keys = cells.members(row, 'facet')
    return facetRecords(keys.map((key) => cells.best(row, 'facet', key, undefined)))
  }

  async jobFlows(id: JobId, page: PageAsk): Promise<Page<FlowRecord>> {
    const shownAsOne = Map.groupBy(this.#flowsOfJob(id), ({ group }) => group)
    const after = keyOfCursor(page.after, 1)?.[0]
    const leads = [...shownAsOne.values()]
      .map(leastOf)
      .toSorted()
      .filter((lead) => after === undefined || lead > after)
      .slice(0, page.first + 1)
    const records = await this.flows(leads, undefined)
    const byId = new Map(records.map((record) => [record.id, record]))
    return pageOf(
      leads.flatMap((lead) => {
        const node = byId.get(lead)
        return node === undefined ? [] : [{ node, key: [lead] }]
      }),
      page.first,
    )
  }

  async jobRuns(id: JobId, page: PageAsk): Promise<Page<RunRecord>> {
    const job = this.#parts.interning.subjectRow(id)
    if (job === undefined) return pageOfList<RunRecord>([], page)
    const [started, key] = keyOfCursor(page.after, 2) ?? [Number.MAX_SAFE_INTEGER, 0]
    const rows = this.#parts.db.all(
      `SELECT subject, ${startedOrNever} AS started FROM run
       WHERE job = ?1 AND ${startedOrNever} <= ?2 AND (${startedOrNever} < ?2 OR subject > ?3)
       ORDER BY ${startedOrNever} DESC, subject LIMIT ?4`,
      job,
      started as number,
      Number(key),
      page.first + 1,
    )
    return this.#runPage(rows, page.first)
  }

  async runByRunId(runId: string): Promise<RunRecord | undefined> {
    const id = runIdOf(runId)
    return (await this.runsById([id])).get(id)
  }

  async runsById(ids: readonly RunId[]): Promise<ReadonlyMap<RunId, RunRecord>> {
    const found = new Map<RunId, RunRecord>()
    for (const id of ids) {
      const row = this.#parts.interning.subjectRow(id)
      const run = row === undefined ? undefined : this.#run(row)
      if (run !== undefined) found.set(id, run)
    }
    return found
  }

  async runFacets(id: RunId): Promise<readonly FacetRecord[]> {
    return this.#spanFacets(id, 'runFacet')
  }

  async runJobFacets(id: RunId): Promise<readonly FacetRecord[]> {
    return this.#spanFacets(id, 'runJobFacet')
  }

  async runDatasets(id: RunId): Promise<readonly RunDataset[]> {
    const row = this.#parts.interning.subjectRow(id)
    if (row === undefined) return []
    const found = new Map<string, FacetsOfRun>()
    const at = (side: Side, name: DatasetId): FacetsOfRun => {
      const dataset = this.#parts.adjacency.name(name)?.dataset.leader.id ?? name
      const key = `${side}:${dataset}`
      const known = found.get(key) ?? { side, dataset, facets: new Map(), ioFacets: new Map() }
      found.set(key, known)
      return known
    }
    for (const { member } of this.#parts.cells.of(row, 'runIo')) {
      const [, side, name] = member.split(':') as [string, Side, DatasetId]
      at(side, name)
    }
    for (const cell of this.#parts.cells.of(row, 'runIoFacet')) {
      const [side, name, group, key] = JSON.parse(cell.member) as [Side, DatasetId, string, string]
      const of = at(side, name)[group === 'facets' ? 'facets' : 'ioFacets']
      // Two names of one dataset can each have brought a facet of that key.
      const best = bestOf([of.get(key), { ...cell, member: key }])
      if (best !== undefined) of.set(key, best)
    }
    return [...found]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { side, dataset, facets, ioFacets }]) => ({
        side,
        dataset,
        facets: facetRecords([...facets.values()]),
        ioFacets: facetRecords([...ioFacets.values()]),
      }))
  }

  async flows(ids: readonly FlowId[], asOf: AsOf): Promise<readonly FlowRecord[]> {
    return this.#parts.flowReader.records(ids, asOf)
  }

  async flowActive(
    ids: readonly FlowId[],
    asOf: AsOf,
    first: number,
  ): Promise<readonly Interval[]> {
    const flows = this.#parts.flowReader.nodes(ids)
    return flows.length === 0 ? [] : this.#parts.flows.active(flows, asOf, first)
  }

  async flowRuns(ids: readonly FlowId[], asOf: AsOf, page: PageAsk): Promise<Page<RunRecord>> {
    const flows = this.#flowRows(ids)
    if (flows.length === 0) return pageOfList<RunRecord>([], page)
    const [started, key] = keyOfCursor(page.after, 2) ?? [Number.MAX_SAFE_INTEGER, 0]
    const rows = this.#parts.db.all(
      `SELECT DISTINCT member.mover AS subject, member.started AS started FROM member
       JOIN run ON run.subject = member.mover
       WHERE ${isShown} AND member.started <= ?1
       -- A run that began again stands at its last beginning alone.
       AND NOT EXISTS (SELECT 1 FROM member AS later WHERE later.mover = member.mover
         AND later.flow = member.flow AND later.started > member.started AND later.started <= ?1
         AND later.shown_from <= ?1 AND (later.shown_until IS NULL OR later.shown_until > ?1))
       AND member.started <= ?2 AND (member.started < ?2 OR member.mover > ?3)
       AND flow IN (${placeholders(flows)})
       ORDER BY member.started DESC, member.mover LIMIT ?`,
      asOf ?? Number.MAX_SAFE_INTEGER,
      started as number,
      Number(key),
      ...flows,
      page.first + 1,
    )
    return this.#runPage(rows, page.first)
  }

  async mapActive(
    ids: readonly FlowId[],
    map: string,
    asOf: AsOf,
    first: number,
  ): Promise<readonly Interval[]> {
    return this.#parts.flowReader.mapActive(ids, map, asOf, first)
  }

  async expand(
    frontier: readonly FrontierItem[],
    direction: Direction,
    when: Expansion,
  ): Promise<readonly Step[]> {
    return this.#parts.adjacency.expand(frontier, direction, when)
  }

  async columnEdges(flows: readonly FlowId[], asOf: AsOf): Promise<readonly ColumnEdge[]> {
    return this.#parts.flowReader.columnEdges(flows, asOf)
  }

  async namespaces(page: PageAsk): Promise<Page<string>> {
    const found: string[] = []
    let after = keyOfCursor(page.after, 1)?.[0]
    while (found.length <= page.first) {
      const next = this.#namespaceAfter(after)
      if (next === undefined) break
      found.push(next)
      after = next
    }
    return pageOf(
      found.map((node) => ({ node, key: [node] })),
      page.first,
    )
  }

  async datasets(
    namespace: string | undefined,
    filter: DatasetFilter,
    page: PageAsk,
  ): Promise<Page<Dataset>> {
    const { where, values } = nameRange('catalog', namespace, page)
    const rows = this.#parts.db.all(
      `SELECT subject.key AS key, catalog.namespace AS namespace, catalog.name AS name
       FROM catalog JOIN subject ON subject.id = catalog.leader
       WHERE ${where}
       AND (?4 = 1 OR retired IS NULL)
       AND (?5 IS NULL OR catalog.kind IN (SELECT value FROM json_each(?5)))
       AND (?6 IS NULL OR EXISTS (SELECT 1 FROM json_each(owners) WHERE value = ?6))
       AND (?7 IS NULL OR EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?7))
       ORDER BY catalog.namespace, catalog.name LIMIT ?8`,
      ...values,
      filter.includeRetired ? 1 : 0,
      filter.kinds === undefined ? null : JSON.stringify(filter.kinds),
      filter.owner ?? null,
      filter.tag ?? null,
      page.first + 1,
    )
    return pageOf(
      rows.flatMap((row) => {
        const dataset = this.#node(String(row['key']) as DatasetId)
        const key = [String(row['namespace']), String(row['name'])]
        return dataset === undefined ? [] : [{ node: this.#dataset(dataset), key }]
      }),
      page.first,
    )
  }

  async jobs(namespace: string | undefined, page: PageAsk): Promise<Page<JobRecord>> {
    const { where, values } = nameRange('subject', namespace, page)
    const rows = this.#parts.db.all(
      `SELECT key, namespace, name FROM subject WHERE kind = 'job' AND known = 1 AND ${where}
       ORDER BY namespace, name LIMIT ?4`,
      ...values,
      page.first + 1,
    )
    return pageOf(
      rows.map((row) => ({
        node: { id: String(row['key']) as JobId, name: nameOf(row) },
        key: [String(row['namespace']), String(row['name'])],
      })),
      page.first,
    )
  }

  async search(
    text: string,
    kinds: readonly NodeKind[],
    filter: DatasetFilter,
    page: PageAsk,
  ): Promise<Page<Found>> {
    return searchDocuments(this.#parts.db, { text, kinds, filter, page })
  }

  async nearestNames(name: DatasetName, first: number): Promise<readonly DatasetName[]> {
    const rows = this.#parts.db.all(
      `SELECT namespace, name FROM (
         SELECT namespace, name FROM subject
         WHERE kind = 'dataset' AND known = 1 AND namespace = ?1 AND name >= ?2
         ORDER BY name LIMIT ?3)
       UNION SELECT namespace, name FROM (
         SELECT namespace, name FROM subject
         WHERE kind = 'dataset' AND known = 1 AND namespace = ?1 AND name < ?2
         ORDER BY name DESC LIMIT ?3)`,
      name.namespace,
      name.name,
      first,
    )
    return rows
      .map(nameOf)
      .toSorted(
        (a, b) =>
          sharedStart(b.name, name.name) - sharedStart(a.name, name.name) ||
          compareCodePoints(a.name, b.name),
      )
      .slice(0, first)
  }

  async evidence(of: EvidenceOf, asOf: AsOf, page: PageAsk): Promise<Page<EntryKey>> {
    return this.#parts.evidence.of(of, asOf, page)
  }

  async unresolved(datasets: readonly DatasetId[], asOf: AsOf): Promise<number> {
    const names = this.#nodes(datasets).flatMap((dataset) => dataset.names)
    const row = this.#parts.db.one(
      `SELECT count(*) AS count FROM (SELECT DISTINCT entry, at, member FROM cell
         WHERE subject IN (SELECT value FROM json_each(?)) AND property = ? AND at <= ?)`,
      JSON.stringify(names.map((name) => name.row)),
      properties.problem.id,
      asOf ?? Number.MAX_SAFE_INTEGER,
    )
    return Number(row?.['count'])
  }

  async sourcesOf(
    flows: readonly FlowId[],
    datasets: readonly DatasetId[],
  ): Promise<readonly string[]> {
    return this.#parts.evidence.sources(this.#parts.flowReader.nodes(flows), this.#nodes(datasets))
  }

  async deadLetters(page: PageAsk): Promise<Page<DeadLetterRecord>> {
    const [received, after] = keyOfCursor(page.after, 2) ?? [Number.MAX_SAFE_INTEGER, '']
    const rows = this.#parts.db.all(
      `SELECT * FROM dead_letter WHERE received <= ?1 AND (received < ?1 OR id > ?2)
       ORDER BY received DESC, id LIMIT ?3`,
      received as number,
      after as string,
      page.first + 1,
    )
    return pageOf(
      rows.map((row) => ({
        node: {
          id: String(row['id']),
          code: String(row['code']),
          reason: String(row['reason']),
          path: String(row['path']),
          entry: String(row['entry']) as EntryKey,
        },
        key: [Number(row['received']), String(row['id'])],
      })),
      page.first,
    )
  }

  async deadLetterCount(): Promise<number> {
    return Number(this.#parts.db.one('SELECT count(*) AS count FROM dead_letter')?.['count'])
  }

  async sources(): Promise<readonly SourceCount[]> {
    const rows = this.#parts.db.all(
      `SELECT name, events, (SELECT max(entry.at) FROM entry
         WHERE entry.source = source.id AND in_effect = 1 AND kind = 'event') AS last
       FROM source WHERE events > 0 ORDER BY name`,
    )
    return rows.map((row) => ({
      source: String(row['name']),
      events: Number(row['events']),
      lastEvent: Number(row['last']) as Micros,
    }))
  }

  async digest(): Promise<string> {
    return digestOf(logicalStateOf(this.#parts))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#open?.close()
    this.#open = undefined
  }

  #namespaceAfter(after: string | number | undefined): string | undefined {
    const later = after === undefined ? '' : 'AND namespace > ?'
    const found = ['dataset', 'job'].flatMap((kind) =>
      this.#parts.db.all(
        `SELECT namespace FROM subject
         WHERE kind = '${kind}' AND known = 1 AND namespace IS NOT NULL ${later}
         ORDER BY namespace LIMIT 1`,
        ...(after === undefined ? [] : [after]),
      ),
    )
    return found.map((row) => String(row['namespace'])).toSorted(compareCodePoints)[0]
  }

  #node(id: DatasetId): DatasetNode | undefined {
    return this.#parts.adjacency.name(id)?.dataset
  }

  #nodes(ids: readonly DatasetId[]): readonly DatasetNode[] {
    return ids.map((id) => this.#node(id)).filter((node) => node !== undefined)
  }

  #dataset(dataset: DatasetNode): Dataset {
    const { leader } = dataset
    if (dataset.kind === undefined) {
      const row = this.#parts.db.one('SELECT kind FROM catalog WHERE leader = ?', leader.row)
      dataset.kind = row?.['kind'] as DatasetKind | undefined
    }
    const kind = dataset.kind ?? this.#parts.details.kind(dataset, undefined)
    return { id: leader.id, name: leader.name, kind }
  }

  /** The job's own flows; without any, those of the jobs that ran as parts of it. */
  #flowsOfJob(id: JobId): readonly FlowNode[] {
    const { adjacency, cells, interning } = this.#parts
    const jobs = new Set([id])
    const shownOf = (job: JobId): readonly FlowNode[] =>
      [...(adjacency.jobFlows.get(job) ?? [])].filter((flow) =>
        adjacency.isShown(flow, { asOf: undefined, inForce: false }),
      )
    const own = shownOf(id)
    if (own.length > 0) return own
    for (const job of jobs) {
      const row = interning.subjectRow(job)
      const children = row === undefined ? [] : cells.of(row, 'jobChild')
      for (const { member } of children) jobs.add(member as JobId)
    }
    return [...jobs].flatMap(shownOf)
  }

  #columns(id: DatasetId, asOf: AsOf): readonly ColumnRecord[] {
    const dataset = this.#node(id)
    return dataset === undefined ? [] : columnsOf(this.#parts.details.fields(dataset, asOf))
  }

  /** Everything said under one property of any of the dataset's names, oldest first. */
  #historyOf(id: DatasetId, property: Property, asOf: AsOf): readonly Cell[] {
    const names = this.#node(id)?.names ?? []
    return names
      .flatMap(({ row }) => this.#parts.cells.of(row, property))
      .filter(({ at }) => asOf === undefined || at <= asOf)
      .toSorted((a, b) => a.at - b.at || a.rank - b.rank || (a.entry < b.entry ? -1 : 1))
  }

  #knownNames(dataset: DatasetNode, { row, name }: NameNode): readonly KnownName[] {
    const rule = this.#parts.rules.of(dataset, row)
    const spellings = this.#parts.cells.of(row, 'spelling')
    const known: KnownName[] = [{ spelling: name, rule: rule.rule, evidence: rule.evidence }]
    for (const { member, entry } of spellings) {
      const [namespace, spelled] = JSON.parse(member) as [string, string]
      const spelling: Spelling = { namespace, name: spelled }
      if (namespace === name.namespace && spelled === name.name) continue
      known.push({ spelling, rule: 'spelling', evidence: [entry as EntryKey] })
    }
    return known
  }

  #spanFacets(id: RunId, property: Property): readonly FacetRecord[] {
    const row = this.#parts.interning.subjectRow(id)
    return row === undefined ? [] : facetRecords(this.#parts.cells.of(row, property))
  }

  #subject(key: string): Row | undefined {
    return this.#parts.db.one('SELECT * FROM subject WHERE key = ?', key)
  }

  #run(row: number): RunRecord | undefined {
    const run = this.#parts.db.one(
      `SELECT run.*, subject.key AS key, subject.name AS run_id, job.key AS job_key,
       parent.key AS parent_key
       FROM run JOIN subject ON subject.id = run.subject JOIN subject AS job ON job.id = run.job
       LEFT JOIN subject AS parent ON parent.id = run.parent
       WHERE run.subject = ? AND subject.known = 1`,
      row,
    )
    if (run === undefined) return undefined
    const at = (column: string): Micros | undefined =>
      run[column] === null ? undefined : (Number(run[column]) as Micros)
    return {
      id: String(run['key']) as RunId,
      runId: String(run['run_id']),
      job: String(run['job_key']) as JobId,
      state: String(run['state']) as RunState,
      startedAt: at('started'),
      endedAt: at('ended'),
      parent: run['parent_key'] === null ? undefined : (String(run['parent_key']) as RunId),
    }
  }

  #runPage(rows: readonly Row[], first: number): Page<RunRecord> {
    return pageOf(
      rows.flatMap((row) => {
        const node = this.#run(Number(row['subject']))
        const key = [Number(row['started']), Number(row['subject'])]
        return node === undefined ? [] : [{ node, key }]
      }),
      first,
    )
  }

  #flowRows(ids: readonly FlowId[]): readonly number[] {
    return this.#parts.flowReader.nodes(ids).map(({ row }) => row)
  }
}

type FacetsOfRun = Readonly<{
  side: Side
  dataset: DatasetId
  facets: Map<string, Cell>
  ioFacets: Map<string, Cell>
}>

/** Runs of which no start is known stand behind all others. In the words of the index `run_job`. */
const startedOrNever = 'coalesce(started, -9007199254740991)'

const unknownDataset: DatasetDetails = {
  kind: 'DATASET',
  description: undefined,
  owners: [],
  tags: [],
  firstSeen: undefined,
  lastSeen: undefined,
  existence: [],
}

function leastOf(flows: Iterable<FlowNode>): FlowId {
  return [...flows].map(({ id }) => id).toSorted()[0] as FlowId
}

function nameOf(row: Row): DatasetName {
  return { namespace: String(row['namespace']), name: String(row['name']) }
}

function textOf(cell: Cell | undefined): string | undefined {
  return typeof cell?.value === 'string' ? cell.value : undefined
}

/** Facets in effect, by key: a tombstone hides its facet. */
function facetRecords(cells: readonly (Cell | undefined)[]): readonly FacetRecord[] {
  const records = cells.flatMap((cell) =>
    cell === undefined || cell.value === undefined || cell.value === null
      ? []
      : [{ key: cell.member, value: cell.value, at: cell.at, evidence: cell.entry as EntryKey }],
  )
  return records.toSorted((a, b) => compareCodePoints(a.key, b.key))
}

function sharedStart(a: string, b: string): number {
  let shared = 0
  while (shared < a.length && a[shared] === b[shared]) shared += 1
  return shared
}
