import type {
  AsOf,
  ExposureRecord,
  GovernedDataset,
  GraphReader,
  Move,
  Page,
  PageAsk,
  StatementRecord,
} from '../../graph/index.ts'
import type {
  DatasetId,
  EntryKey,
  FlowId,
  JobId,
  JobName,
  Micros,
  Statement,
} from '../../model/index.ts'
import type {
  Boundary,
  Certificate,
  DatasetGovernance,
  Finding,
  FindingFilter,
  FootprintAsk,
  Governance,
  LabelExplanation,
  Policy,
  Preview,
  StatusExplanation,
} from '../port.ts'
import type { FindingJournal, Found } from '../findings/found.ts'
import type { JudgeParts } from './judged.ts'
import type { Places } from './places.ts'
import type { Changed } from './plan.ts'
import type { Source } from './source.ts'
import type { Stated } from './stated.ts'
import type { View } from './view.ts'
import { LinewardError } from '../../errors.ts'
import { pageOfList } from '../../graph/index.ts'
import { compareCodePoints, compareNames, datasetStatuses } from '../../model/index.ts'
import { severities } from '../port.ts'
import { governanceOf } from './answer.ts'
import { eraAt } from './eras.ts'
import { explained, explainedReach } from './explain.ts'
import { decided } from '../findings/decided.ts'
import { findingsOf } from '../findings/findings.ts'
import { Follower } from './follower.ts'
import { isAtLeast } from './given.ts'
import { Judged } from './judged.ts'
import { boundariesOf, policiesOf } from '../boundary/stated.ts'
import { misfitsOf } from './misfits.ts'
import { pauseEvery } from './pause.ts'
import { placesOf } from './places.ts'
import { sourceOf } from './sources.ts'
import { nothingStated } from './stated.ts'
import { unmatchedFindings } from '../findings/unmatched.ts'
import { movesOf, viewOf, wholeView } from './view.ts'

export type GovernorParts = Readonly<{
  /** The graph that is current whenever it is asked: a rebuild may exchange it. */
  graph: GraphReader
  clock: () => Micros
  journal: FindingJournal
  /** How long before the expiry of a certificate somebody is told. */
  warnMs: number
  onError: (error: unknown) => void
  /** So many nodes are worked out without letting anybody else have a turn; 2000 without. */
  nodesAtOnce?: number
}>

/** What was worked out at one time from one state of the graph. */
type Result = Readonly<{
  judged: Judged
  places: Places
  statements: readonly StatementRecord[]
  exposures: readonly ExposureRecord[]
  found: ReadonlyMap<string, Found>
}>

const stepsAtOnce = 500
const placing: ReadonlySet<string> = new Set(['boundary', 'noBoundary', 'policy'])
const principalsRunsMax = 20
/** Whether all may cross is asked of so many runs; of more it is not known. */
const crossingRunsMax = 1000
/** Answers about past moments that are kept. */
const pastMax = 8
const statusChangesMax = 1000

/**
 * Governance behind the graph: it is woken when the graph has settled, reads what changed, and works
 * out everything anew from that. Until then answers are those of before.
 */
export class Governor implements Governance, AsyncDisposable {
  readonly #parts: GovernorParts
  readonly #follower: Follower
  readonly #jobs = new Map<JobId, JobName>()
  readonly #sources = new WeakMap<GovernedDataset, Map<string, Source>>()
  readonly #past = new Map<string, Promise<Judged>>()
  readonly #listeners = new Set<(finding: Finding) => void>()
  #statementsKey: string | undefined
  #result: Result | undefined
  #places: Readonly<{ key: string; places: Places }> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(parts: GovernorParts) {
    this.#parts = parts
    this.#follower = new Follower({
      work: (again) => this.#judgeAnew(again),
      onError: parts.onError,
    })
  }

  /** The graph is otherwise than it was. */
  wake(): void {
    this.#follower.wake()
  }

  async reached(waitMs: number): Promise<boolean> {
    return await this.#follower.reached(waitMs)
  }

  /** How many times the graph settled since what is answered. */
  get behind(): number {
    return this.#follower.behind
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#timer)
    await this.#follower[Symbol.asyncDispose]()
  }

  async datasets(
    ids: readonly DatasetId[],
    asOf: AsOf,
  ): Promise<ReadonlyMap<DatasetId, DatasetGovernance>> {
    const { judged: now, places } = await this.#current()
    const judged = await this.#judgedFor(ids, asOf)
    return new Map(
      ids.flatMap((id) => {
        const answer = governanceOf(judged, id, places, endedAt(now, id, asOf))
        return answer === undefined ? [] : [[id, answer] as const]
      }),
    )
  }

  async footprint(
    { atLeast, zones, asOf }: FootprintAsk,
    page: PageAsk,
  ): Promise<Page<DatasetGovernance>> {
    const { judged: now, places } = await this.#current()
    const judged =
      asOf === undefined ? now : await this.#judgedAt('*', asOf, () => this.#whole(asOf))
    const found = [...judged.view.datasets.values()].flatMap((dataset) => {
      const node = judged.node(dataset.id)
      if (node === undefined) return []
      const { enforced } = judged.held(node).verdict
      if (!isAtLeast(enforced, atLeast)) return []
      const zone = places.placementOf(dataset).zone
      return zones === undefined || zones.includes(zone) ? [{ dataset, enforced }] : []
    })
    const sorted = found.toSorted(
      (a, b) =>
        datasetStatuses.indexOf(b.enforced) - datasetStatuses.indexOf(a.enforced) ||
        compareNames(firstName(a.dataset), firstName(b.dataset)),
    )
    const { items, hasNextPage } = pageOfList(sorted, page, ({ dataset }) => dataset.id)
    return {
      hasNextPage,
      items: items.flatMap(({ node, cursor }) => {
        const ended = endedAt(now, node.dataset.id, asOf)
        const answer = governanceOf(judged, node.dataset.id, places, ended)
        return answer === undefined ? [] : [{ node: answer, cursor }]
      }),
    }
  }

  async explainLabel(
    { dataset, column }: Readonly<{ dataset: DatasetId; column: string | undefined }>,
    label: string,
    first: number,
  ): Promise<LabelExplanation | undefined> {
    const { judged, places } = await this.#current()
    const node = judged.node(dataset)
    const applied = governanceOf(judged, dataset, places)?.labels.find(
      (one) => one.label === label && one.column === column,
    )
    if (node === undefined || applied === undefined) return undefined
    return { label: applied, ...explained(judged, node, { label, column }, first) }
  }

  async explainStatus(dataset: DatasetId, first: number): Promise<StatusExplanation | undefined> {
    const { judged, places } = await this.#current()
    const node = judged.node(dataset)
    const answer = governanceOf(judged, dataset, places)
    if (node === undefined || answer === undefined) return undefined
    const { status, rule, because } = answer
    return { status, rule, because, chains: explainedReach(judged, node, first) }
  }

  async boundaries(): Promise<readonly Boundary[]> {
    return boundariesOf((await this.#current()).statements)
  }

  async policies(): Promise<readonly Policy[]> {
    return policiesOf((await this.#current()).statements)
  }

  async certificates(): Promise<readonly Certificate[]> {
    return (await this.#current()).judged.certificates
  }

  async findings(
    { kinds, statuses, severities: wanted }: FindingFilter,
    page: PageAsk,
  ): Promise<Page<Finding>> {
    const { items, hasNextPage } = pageOfList(
      (await this.#allFindings()).filter(
        ({ kind, status, severity }) =>
          (kinds?.includes(kind) ?? true) &&
          (statuses?.includes(status) ?? true) &&
          (wanted?.includes(severity) ?? true),
      ),
      page,
      ({ id }) => id,
    )
    return {
      hasNextPage,
      items: await Promise.all(
        items.map(async ({ node, cursor }) => ({ node: await this.#withPrincipals(node), cursor })),
      ),
    }
  }

  async finding(id: string): Promise<Finding | undefined> {
    const found = (await this.#allFindings()).find((one) => one.id === id)
    return found && (await this.#withPrincipals(found))
  }

  onFinding(listener: (finding: Finding) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async preview(statements: readonly Statement[]): Promise<Preview> {
    const before = await this.#current()
    const now = this.#parts.clock()
    const supposed = statements.flatMap((statement): readonly StatementRecord[] => {
      const record = { at: now, entry: '' as EntryKey, statement, by: supposedBy }
      if (statement.says !== 'certificate') return [record]
      const approval = { says: 'approval', certificate: statement.id, reason: '' } as const
      return [record, { ...record, statement: approval, by: approvedBy }]
    })
    const together = [...before.statements, ...supposed]
    const then = await this.#judge(before.judged.view, together)
    const after = await this.#work(then, together, before.exposures)
    const listed = (found: Result, not: Result): readonly Finding[] =>
      this.#decided(found)
        .filter(({ id, status }) => status === 'OPEN' && !not.found.has(id))
        .toSorted(byWeight)
    const changed = [...after.judged.view.datasets.keys()].flatMap((dataset) => {
      const [was, is] = [before, after].map(({ judged }) => {
        const node = judged.node(dataset)
        return node === undefined ? undefined : judged.held(node).verdict.status
      })
      return was === undefined || is === undefined || was === is
        ? []
        : [{ dataset, before: was, after: is }]
    })
    const unmatched = unmatchedFindings(
      statements.filter((statement) => statement.says === 'boundary'),
      { datasets: after.judged.view.datasets.values(), jobs: this.#jobs.values(), now },
    )
    return {
      opens: [...listed(after, before), ...unmatched],
      closes: listed(before, after),
      statusChanges: changed
        .toSorted((a, b) => compareCodePoints(a.dataset, b.dataset))
        .slice(0, statusChangesMax),
    }
  }

  /** After a failure what was read may be wrong, and what changed was told already: all is read again. */
  async #judgeAnew(again: boolean): Promise<void> {
    const { graph } = this.#parts
    const changes = await graph.changes()
    const statements = await graph.statements()
    const exposures = await graph.exposures()
    const key = JSON.stringify([statements.map(({ entry }) => entry), exposures])
    const isUntouched = !changes.all && changes.datasets.size === 0 && !again
    const isSame = isUntouched && key === this.#statementsKey
    if (isSame && this.#result !== undefined) return
    const before = this.#result
    const isRead = before === undefined || changes.all || again
    const judged = isRead
      ? await this.#judge(await this.#whole(undefined), statements)
      : await this.#judgeChanges(before.judged, changes.datasets, statements)
    this.#past.clear()
    this.#result = await this.#work(judged, statements, exposures)
    this.#statementsKey = key
    this.#parts.journal.update(this.#result.found, this.#parts.clock())
    this.#wakeInTime(this.#result)
    if (before !== undefined) await this.#tell(before, this.#result)
  }

  async #tell(before: Result, after: Result): Promise<void> {
    if (this.#listeners.size === 0) return
    const raised = this.#decided(after).filter(
      ({ id, status }) => status === 'OPEN' && !before.found.has(id),
    )
    for (const finding of raised.toSorted(byWeight)) {
      const whole = await this.#withPrincipals(finding)
      for (const listener of this.#listeners) listener(whole)
    }
  }

  /** Certificates expire, and are about to, though nothing happens. */
  #wakeInTime({ judged }: Result): void {
    const { clock, warnMs } = this.#parts
    const now = clock()
    const moments = judged.certificates
      .flatMap(({ expires }) => [expires, expires - warnMs * 1000])
      .filter((moment) => moment > now)
    clearTimeout(this.#timer)
    if (moments.length === 0) return
    const waitMs = Math.min(Math.ceil((Math.min(...moments) - now) / 1000), timerMsMax)
    this.#timer = setTimeout(() => {
      this.#statementsKey = undefined
      this.wake()
    }, waitMs)
    this.#timer.unref()
  }

  /** What a change can reach alone, unless that is so much that it takes long. */
  async #judgeChanges(
    judged: Judged,
    datasets: ReadonlySet<DatasetId>,
    statements: readonly StatementRecord[],
  ): Promise<Judged> {
    const changed = await this.#read(datasets, judged)
    const movesNow = (flow: FlowId): readonly Move[] =>
      (changed.moves.has(flow) ? changed.moves.get(flow) : judged.view.moves.get(flow)) ?? []
    const parts = await this.#judgeParts(statements, movesNow)
    const { nodesAtOnce = 2000 } = this.#parts
    if (judged.update(changed, parts, nodesAtOnce)) return judged
    return await Judged.of(patched(judged.view, changed), parts, pauseEvery(stepsAtOnce))
  }

  /** Reads datasets that changed, what meets them, and the flows at them, again. */
  async #read(names: ReadonlySet<DatasetId>, judged: Judged): Promise<Changed> {
    const { graph } = this.#parts
    const { view } = judged
    const before = new Set([...names].map((id) => judged.dataset(id)?.id ?? id))
    const found = await graph.governed([...names, ...before], undefined)
    const meetings = [
      ...found,
      ...[...before].map((id) => view.datasets.get(id)).filter((one) => one !== undefined),
    ].flatMap((dataset) => dataset.meetings.flatMap(({ from, to }) => [from, to]))
    const near = await graph.governed([...new Set(meetings)], undefined)
    const datasets = new Map<DatasetId, GovernedDataset | undefined>()
    const flows = new Set<FlowId>()
    for (const id of before) {
      const old = view.datasets.get(id)
      for (const flow of [...(old?.reads ?? []), ...(old?.writes ?? [])]) flows.add(flow)
      datasets.set(id, undefined)
    }
    const isMoved = found.some((dataset) => !liesAsBefore(dataset, view.datasets.get(dataset.id)))
    const moved = near.filter(
      (dataset) => isMoved || !areEqual(dataset, view.datasets.get(dataset.id)),
    )
    for (const dataset of [...moved, ...found]) {
      datasets.set(dataset.id, dataset)
      for (const flow of [...dataset.reads, ...dataset.writes]) flows.add(flow)
    }
    const moves = new Map<FlowId, readonly Move[] | undefined>()
    for (const flow of flows) moves.set(flow, undefined)
    const read = await movesOf(graph, [...flows], undefined)
    for (const [flow, of] of read) moves.set(flow, of)
    return { datasets, moves }
  }

  async #work(
    judged: Judged,
    statements: readonly StatementRecord[],
    exposures: readonly ExposureRecord[],
  ): Promise<Result> {
    const places = this.#placesOf(statements)
    await this.#nameJobs(judged.view.moves, exposures)
    const found = await findingsOf({
      judged,
      exposures,
      places,
      jobs: this.#jobs,
      now: this.#parts.clock(),
      warnMs: this.#parts.warnMs,
      startersOf: (flow) => this.#startersOf(flow, crossingRunsMax),
      pause: pauseEvery(stepsAtOnce),
    })
    return { judged, places, statements, exposures, found: this.#withFirst(found) }
  }

  /** Where datasets are is asked again only when it is stated otherwise. */
  #placesOf(statements: readonly StatementRecord[]): Places {
    const bearing = statements.filter(({ statement: { says } }) => placing.has(says))
    const key = JSON.stringify(bearing)
    if (this.#places?.key !== key) this.#places = { key, places: placesOf(bearing) }
    return this.#places.places
  }

  async #judge(
    view: View,
    statements: readonly StatementRecord[],
    asOf: AsOf = undefined,
  ): Promise<Judged> {
    const now = asOf === undefined ? view : (this.#result?.judged.view ?? view)
    const parts = await this.#judgeParts(statements, (flow) => now.moves.get(flow) ?? [], asOf)
    return await Judged.of(view, parts, pauseEvery(stepsAtOnce))
  }

  /** Certificates stand as they do now, whatever moment is asked about. */
  async #judgeParts(
    statements: readonly StatementRecord[],
    movesOfFlow: (flow: FlowId) => readonly Move[],
    asOf: AsOf = undefined,
  ): Promise<JudgeParts> {
    const { clock, graph } = this.#parts
    const misfits = await misfitsOf({
      graph,
      movesOf: movesOfFlow,
      statements,
      sourceOf: (dataset) => this.#sourceOf(dataset, nothingStated),
    })
    const now = clock()
    return {
      statements,
      now,
      at: asOf ?? now,
      sourceOf: (dataset, stated) => this.#sourceOf(dataset, stated),
      misfitOf: (id) => misfits.get(id),
    }
  }

  /** Detectors are asked again only when what they see, or what is stated, is otherwise. */
  #sourceOf(dataset: GovernedDataset, stated: Stated): Source {
    const known = this.#sources.get(dataset) ?? new Map<string, Source>()
    this.#sources.set(dataset, known)
    const key = JSON.stringify([
      stated.labels.map(({ record }) => record.entry),
      stated.status?.record.entry,
      stated.attested,
    ])
    const source = known.get(key) ?? sourceOf(dataset, stated)
    known.set(key, source)
    return source
  }

  async #nameJobs(moves: View['moves'], exposures: readonly ExposureRecord[]): Promise<void> {
    const unknown = new Set<JobId>()
    for (const [first] of moves.values()) {
      if (first?.job !== undefined && !this.#jobs.has(first.job)) unknown.add(first.job)
    }
    for (const { job } of exposures) {
      if (job !== undefined && !this.#jobs.has(job)) unknown.add(job)
    }
    const named = await this.#parts.graph.jobsById([...unknown])
    for (const [id, { name }] of named) this.#jobs.set(id, name)
  }

  /** What has no time of its own was first seen when it was first found. */
  #withFirst(found: ReadonlyMap<string, Found>): ReadonlyMap<string, Found> {
    const before = this.#result?.found
    return new Map(
      [...found].map(([id, one]) => {
        const known = before?.get(id)
        const isSetup = one.kind === 'SETUP' && known !== undefined
        return [id, isSetup ? { ...one, firstSeen: known.firstSeen } : one]
      }),
    )
  }

  async #current(): Promise<Result> {
    if (this.#result === undefined) await this.reached(firstWaitMs)
    if (this.#result !== undefined) return this.#result
    throw new LinewardError(
      'GRAPH_BEHIND',
      'Governance has not judged anything yet since the start; ask again in a moment',
    )
  }

  async #judgedFor(ids: readonly DatasetId[], asOf: AsOf): Promise<Judged> {
    const { judged } = await this.#current()
    if (asOf === undefined) return judged
    const key = ids.toSorted().join()
    return await this.#judgedAt(key, asOf, () => viewOf(this.#parts.graph, ids, asOf))
  }

  async #whole(asOf: AsOf): Promise<View> {
    return await wholeView(this.#parts.graph, asOf)
  }

  async #judgedAt(key: string, asOf: Micros, view: () => Promise<View>): Promise<Judged> {
    const { statements } = await this.#current()
    const whole = `${asOf} ${key}`
    const known = this.#past.get(whole)
    if (known !== undefined) return await known
    const judged = view().then((made) => this.#judge(made, statements, asOf))
    // What failed is worked out again when it is asked for again.
    judged.catch(() => this.#past.delete(whole))
    this.#past.set(whole, judged)
    const [oldest] = this.#past.keys()
    if (this.#past.size > pastMax && oldest !== undefined) this.#past.delete(oldest)
    return await judged
  }

  async #allFindings(): Promise<readonly Finding[]> {
    const current = await this.#current()
    const records = recordsByFinding(current.statements)
    const resolved = this.#parts.journal.gone().map(({ found, at }): Finding => {
      const before = decided(found, records.get(found.id) ?? [], at)
      const change = {
        at,
        by: 'lineward',
        status: 'RESOLVED',
        reason: gone,
        until: undefined,
      } as const
      return {
        ...found,
        ...before,
        principals: [],
        status: 'RESOLVED',
        history: [...before.history, change],
      }
    })
    return [...this.#decided(current), ...resolved].toSorted(byWeight)
  }

  #decided(result: Result): readonly Finding[] {
    const now = this.#parts.clock()
    const records = recordsByFinding(result.statements)
    return [...result.found.values()].map((found) => ({
      ...found,
      principals: [],
      ...decided(found, records.get(found.id) ?? [], now),
    }))
  }

  async #withPrincipals(finding: Finding): Promise<Finding> {
    if (finding.flow === undefined) return finding
    const starters = await this.#startersOf(finding.flow, principalsRunsMax)
    const principals = new Set(starters.filter((one) => one !== undefined))
    return { ...finding, principals: [...principals].toSorted() }
  }

  /** Who started each run of a flow, as answers show it; of more than `most` runs one is not known. */
  async #startersOf(flow: FlowId, most: number): Promise<readonly (string | undefined)[]> {
    const { graph } = this.#parts
    const [record] = await graph.flows([flow], undefined)
    const runs = await graph.flowRuns(record?.stored ?? [flow], undefined, { first: most })
    const starters = await Promise.all(runs.items.map(({ node }) => graph.runStarter(node.id)))
    return runs.hasNextPage ? [...starters, undefined] : starters
  }
}

const firstWaitMs = 10_000
/** The longest that a timer can be set to. */
const timerMsMax = 2 ** 31 - 1
const gone = 'It can no longer have been one'
const supposedBy = { author: 'preview', person: 'preview' }
const approvedBy = { author: 'preview', person: 'preview: approval' }

/** What was decided about each finding, by its id. */
function recordsByFinding(
  statements: readonly StatementRecord[],
): ReadonlyMap<string, readonly StatementRecord[]> {
  return Map.groupBy(
    statements.filter(({ statement }) => 'finding' in statement),
    ({ statement }) => ('finding' in statement ? statement.finding : ''),
  )
}

function firstName({ names }: GovernedDataset): GovernedDataset['names'][number] {
  return names[0] as GovernedDataset['names'][number]
}

function byWeight(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.lastSeen - a.lastSeen ||
    compareCodePoints(a.id, b.id)
  )
}

/** When the content that a dataset held at a moment was replaced, by all that is known now. */
function endedAt(now: Judged, id: DatasetId, asOf: AsOf): Micros | undefined {
  if (asOf === undefined) return undefined
  const eras = now.nodesOf(now.dataset(id)?.id ?? id).map(({ during }) => during)
  const until = eras[eraAt(eras, asOf)]?.until ?? Infinity
  return until === Infinity ? undefined : (until as Micros)
}

/** The view as it is after a change. */
function patched(view: View, { datasets, moves }: Changed): View {
  const after = { datasets: new Map(view.datasets), moves: new Map(view.moves) }
  for (const [id, dataset] of datasets) {
    if (dataset === undefined) after.datasets.delete(id)
    else after.datasets.set(id, dataset)
  }
  for (const [flow, of] of moves) {
    if (of === undefined) after.moves.delete(flow)
    else after.moves.set(flow, of)
  }
  return after
}

/** Its content is shared and was replaced as it was known: what meets it is linked as before. */
function liesAsBefore(now: GovernedDataset, before: GovernedDataset | undefined): boolean {
  const of = (dataset: GovernedDataset | undefined): unknown =>
    dataset && [dataset.names, dataset.meetings, dataset.epochs, dataset.dropped]
  return areEqual(of(now), of(before))
}

function areEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
