import type { ExposureRecord, Move, StatementRecord } from '../../graph/index.ts'
import type {
  DatasetId,
  DatasetStatus,
  FlowId,
  JobId,
  JobName,
  Micros,
  Zone,
} from '../../model/index.ts'
import type { Finding, FindingChange, Severity } from '../port.ts'
import type { Certified } from './certificates.ts'
import type { Judged } from './judged.ts'
import type { Link, Node } from './links.ts'
import type { Pause } from './pause.ts'
import type { Places } from './places.ts'
import { datasetIdOf, digestId } from '../../model/index.ts'
import { isMoreExposed } from '../boundary/zone-order.ts'
import { isAtLeast, isCertified } from './given.ts'
import { reachBy } from './spread.ts'

/** A finding as it is found, before anybody has decided anything about it. */
export type Found = Omit<Finding, 'status' | 'history' | 'assignee' | 'principals'>

/** What was found, and what is found no more: told once each, also after a restart. */
export interface FindingJournal {
  update(found: ReadonlyMap<string, Found>, at: Micros): void
  /** The latest first. */
  gone(): readonly Readonly<{ found: Found; at: Micros }>[]
}

export type FindingParts = Readonly<{
  judged: Judged
  places: Places
  jobs: ReadonlyMap<JobId, JobName>
  exposures: readonly ExposureRecord[]
  now: Micros
  /** How long before the expiry of a certificate somebody is told. */
  warnMs: number
  pause: Pause
}>

/** Everything that a person must look at, each once, by its id. */
export async function findingsOf(parts: FindingParts): Promise<ReadonlyMap<string, Found>> {
  const found = [
    ...setupFindings(parts),
    ...(parts.places.areDefined ? await crossings(parts) : []),
    ...(parts.places.areDefined ? await misplaced(parts) : []),
    ...certificateFindings(parts),
    ...exposureFindings(parts),
    ...(await toldInNames(parts)),
    ...(await linkages(parts)),
    ...(await composed(parts)),
    ...(await reviews(parts)),
  ]
  return new Map(found.map((one) => [one.id, one]))
}

const nowhere = {
  datasets: [],
  flow: undefined,
  columns: [],
  occurrences: 1,
  evidence: [],
} as const

function setupFindings({ judged, places, now }: FindingParts): readonly Found[] {
  if (places.areDefined) return ties(judged, places, now)
  return [
    {
      ...nowhere,
      id: digestId('finding', 'SETUP', 'boundaries'),
      kind: 'SETUP',
      severity: 'MEDIUM',
      title: 'No boundary is defined',
      detail:
        'While no boundary says what is protected, nothing can be found to leave it. Define one by `defineBoundary`, or apply a file by `lineward apply`.',
      firstSeen: now,
      lastSeen: now,
    },
  ]
}

function ties(judged: Judged, places: Places, now: Micros): readonly Found[] {
  const tied = new Map<string, DatasetId[]>()
  for (const dataset of judged.view.datasets.values()) {
    for (const { between } of places.placementOf(dataset).ties) {
      const key = between.map(({ boundary, selector }) => `${boundary} (${selector})`).join(', ')
      const known = tied.get(key) ?? []
      tied.set(key, known)
      if (known.at(-1) !== dataset.id) known.push(dataset.id)
    }
  }
  return [...tied].map(([names, datasets]) => ({
    ...nowhere,
    id: digestId('finding', 'SETUP', 'tie', names),
    kind: 'SETUP' as const,
    severity: 'LOW' as const,
    title: `Boundaries that place the same datasets: ${names}`,
    detail: `${datasets.length} datasets are placed by selectors of these boundaries that are as specific as each other; the most exposed zone was taken. Make one selector more specific.`,
    firstSeen: now,
    lastSeen: now,
    datasets: datasets.toSorted().slice(0, datasetsShownMax),
    occurrences: datasets.length,
  }))
}

const datasetsShownMax = 100

type Crossing = {
  readonly flow: FlowId
  readonly job: JobId | undefined
  readonly inputs: Set<DatasetId>
  readonly outputs: Set<DatasetId>
  readonly columns: Map<string, Readonly<{ dataset: DatasetId; column: string }>>
  readonly moves: Set<Move>
  worst: DatasetStatus
  zone: Zone
}

/** One finding for each flow that carries over a boundary what may not be on the other side (P-22). */
async function crossings({ judged, places, jobs, pause }: FindingParts): Promise<readonly Found[]> {
  const found = new Map<string, Crossing>()
  for (const node of judged.nodes()) {
    const turn = pause()
    if (turn !== undefined) await turn
    if (node.out.length === 0) continue
    if (!isAtLeast(judged.held(node).verdict.enforced, 'PHI_LIMITED')) continue
    for (const link of node.out) {
      const zone = crossedInto(link, judged, places, jobs)
      if (zone === undefined) continue
      const { move } = link
      const ends = [move.inputs.toSorted(), move.outputs.toSorted()]
      const key = JSON.stringify([move.job ?? move.flow, move.kind, ...ends])
      const crossing = found.get(key) ?? newCrossing(move, zone)
      found.set(key, crossing)
      addTo(crossing, link, zone, judged)
    }
  }
  return [...found].map(([key, crossing]) => crossingFound(key, crossing, jobs))
}

/** The zone that a link wrongly gets into, if it does. */
function crossedInto(
  link: Link,
  judged: Judged,
  places: Places,
  jobs: FindingParts['jobs'],
): Zone | undefined {
  const { from, to, move } = link
  const carried = carriedBy(link, judged)
  if (carried === undefined) return undefined
  const own = places.placementOf(from.dataset).zone
  const job = move.job === undefined ? undefined : jobs.get(move.job)
  const zones = [
    places.placementOf(to.dataset).zone,
    job === undefined ? undefined : places.zoneOfJob(job),
  ]
  return zones.find(
    (zone) =>
      zone !== undefined &&
      isMoreExposed(own, zone) &&
      !places.allows(zone, carried) &&
      !(job !== undefined && places.mayCross(zone, job)),
  )
}

/** As what its content is enforced on the way, where that must not leave; a cut ends it there. */
function carriedBy(link: Link, judged: Judged): DatasetStatus | undefined {
  const { enforced } = judged.held(link.from).verdict
  if (link.carry.kind === 'unproved' || !isAtLeast(enforced, 'PHI_LIMITED')) return undefined
  const level = reachBy(link, 2)
  if (level === 0) return undefined
  const isLimited = level === 1 || isLimitedThen(link)
  return isLimited ? 'PHI_LIMITED' : enforced
}

/** It was read while it still was a limited data set. */
function isLimitedThen({ from, move }: Link): boolean {
  return isCertified(from) && from.into.every(({ cut }) => move.start < (cut?.until ?? Infinity))
    ? from.into.some(({ cut }) => cut?.as === 'PHI_LIMITED')
    : false
}

function newCrossing({ flow, job }: Move, zone: Zone): Crossing {
  return {
    flow,
    job,
    inputs: new Set(),
    outputs: new Set(),
    columns: new Map(),
    moves: new Set(),
    worst: 'UNKNOWN',
    zone,
  }
}

function addTo(crossing: Crossing, link: Link, zone: Zone, judged: Judged): void {
  const { from, to, move } = link
  const carried = carriedBy(link, judged) ?? 'UNKNOWN'
  crossing.inputs.add(from.dataset.id)
  crossing.outputs.add(to.dataset.id)
  crossing.moves.add(move)
  if (isAtLeast(carried, crossing.worst)) crossing.worst = carried
  if (zone === 'EXTERNAL') crossing.zone = zone
  for (const { column } of judged.held(to).marks) {
    if (column === undefined) continue
    crossing.columns.set(`${to.dataset.id}\0${column}`, { dataset: to.dataset.id, column })
  }
}

function crossingFound(key: string, crossing: Crossing, jobs: FindingParts['jobs']): Found {
  const { flow, job, inputs, outputs, worst, zone } = crossing
  const moves = [...crossing.moves]
  const ends = moves.map(({ start, end }) => end ?? start)
  const by = job === undefined ? undefined : jobs.get(job)
  return {
    id: digestId('finding', 'CROSSING', key),
    kind: 'CROSSING',
    severity: severityOf(worst, zone),
    title: `${worst} goes into the ${zone} zone${by === undefined ? '' : ` by ${by.name}`}`,
    detail: `What is enforced as ${worst} is carried to where no policy allows it. It went ${moves.length === 1 ? 'once' : `${moves.length} times`}; what lies downstream in the same zone is the scope of this finding.`,
    firstSeen: Math.min(...moves.map(({ start }) => start)) as Micros,
    lastSeen: Math.max(...ends) as Micros,
    occurrences: moves.length,
    datasets: [...new Set([...inputs, ...outputs])].toSorted(),
    flow,
    columns: [...crossing.columns.values()].toSorted((a, b) =>
      `${a.dataset} ${a.column}` < `${b.dataset} ${b.column}` ? -1 : 1,
    ),
    evidence: [],
  }
}

/** Worse where a recipient outside has it, and where the category asks for a consent of its own. */
function severityOf(status: DatasetStatus, zone: Zone): Severity {
  if (zone === 'EXTERNAL' || status === 'PHI_SPECIAL') return 'CRITICAL'
  return status === 'PHI_LIMITED' ? 'MEDIUM' : 'HIGH'
}

/** What lies where it may not be, though no way brought it there. */
async function misplaced({ judged, places, now, pause }: FindingParts): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const dataset of judged.view.datasets.values()) {
    const turn = pause()
    if (turn !== undefined) await turn
    const node = judged.node(dataset.id)
    if (node === undefined || isBrought(node, judged)) continue
    const { enforced } = judged.held(node).verdict
    const { zone, why } = places.placementOf(dataset)
    if (!isAtLeast(enforced, 'PHI_LIMITED') || places.allows(zone, enforced)) continue
    const since = dataset.firstSeen ?? now
    found.push({
      ...nowhere,
      id: digestId('finding', 'MISPLACED', dataset.id),
      kind: 'MISPLACED',
      severity: severityOf(enforced, zone),
      title: `${enforced} lies in the ${zone} zone: ${dataset.names[0]?.name ?? dataset.id}`,
      detail: `No flow brought it there, and no policy allows it there. ${why}`,
      firstSeen: since,
      lastSeen: since,
      datasets: [dataset.id],
    })
  }
  return found
}

/** Some way brought PHI into it: then the first hop out is the finding. */
function isBrought(node: Node, judged: Judged): boolean {
  return node.into.some((link) => carriedBy(link, judged) !== undefined)
}

/** Metadata that says who somebody is (K-16). The finding does not repeat what it says. */
async function toldInNames({ judged, now, pause }: FindingParts): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const dataset of judged.view.datasets.values()) {
    const turn = pause()
    if (turn !== undefined) await turn
    const node = judged.node(dataset.id)
    const told = node === undefined ? [] : judged.source(node).told
    const [first] = told
    if (first === undefined) continue
    const since = dataset.firstSeen ?? now
    const places = [...new Set(told.map(({ place }) => place.toLowerCase()))].join(' and ')
    const labels = [...new Set(told.map(({ label }) => label))].toSorted()
    found.push({
      ...nowhere,
      id: digestId('finding', 'EXPOSURE', 'K-16', dataset.id),
      kind: 'EXPOSURE',
      severity: 'MEDIUM',
      title: `What looks like ${labels.join(', ')} stands in the ${places} of a dataset`,
      detail: `Names and comments are read by more people than data is (K-16). It was known by ${first.words}. Keep such values out of paths, partitions and comments.`,
      firstSeen: since,
      lastSeen: since,
      datasets: [dataset.id],
      occurrences: told.length,
    })
  }
  return found
}

/** Literals are taken out of every statement, whatever they are: most are harmless. */
function severityOfLeak(detector: string): Severity {
  return detector === 'literal' ? 'LOW' : 'HIGH'
}

/** Who handed in what should not have been in an event; it was taken out before it was kept. */
function exposureFindings({ exposures, jobs }: FindingParts): readonly Found[] {
  return exposures.map(({ detector, job, source, entries, first, last, evidence }) => {
    const name = job === undefined ? undefined : jobs.get(job)?.name
    const by = name === undefined ? `events of ${source ?? 'a job'}` : `the events of ${name}`
    return {
      ...nowhere,
      id: digestId('finding', 'EXPOSURE', detector, job ?? '', source ?? ''),
      kind: 'EXPOSURE',
      severity: severityOfLeak(detector),
      title: `What looks like ${detector} stood in ${by}`,
      detail: `It was taken out before anything was kept, in ${entries} ${entries === 1 ? 'event' : 'events'}. Whoever saw these events on their way saw it: change the job so that it sends references only, and change the secret if it is one.`,
      firstSeen: first,
      lastSeen: last,
      occurrences: entries,
      evidence,
    }
  })
}

function certificateFindings({ judged, now, warnMs }: FindingParts): readonly Found[] {
  return judged.certificates.flatMap((certificate) => {
    const due = dueOf(certificate, now, warnMs)
    if (due === undefined) return []
    const datasets = certificate.outputs.flatMap(
      ({ dataset }) => judged.dataset(datasetIdOf(dataset))?.id ?? [],
    )
    return [
      {
        ...nowhere,
        id: digestId('finding', 'CERTIFICATE', certificate.id, due.what),
        kind: 'CERTIFICATE' as const,
        severity: due.severity,
        title: `The certificate for ${certificate.job.name} ${due.title}`,
        detail: due.detail,
        firstSeen: due.since,
        lastSeen: due.since,
        datasets: [...new Set(datasets)].toSorted(),
        evidence: certificate.records.map(({ entry }) => entry),
      },
    ]
  })
}

type Due = Readonly<{
  what: string
  title: string
  detail: string
  severity: Severity
  since: Micros
}>

function dueOf(
  { state, expires, misfit, revokedAt, approvedAt }: Certified,
  now: Micros,
  warnMs: number,
): Due | undefined {
  const warned = (expires - warnMs * 1000) as Micros
  if (state === 'EXPIRED') {
    return {
      what: 'expired',
      title: 'has expired',
      detail:
        'What was made under it stays de-identified; runs from then on are not covered. Review whether its terms still hold, and certify anew.',
      severity: 'HIGH',
      since: expires,
    }
  }
  if (state === 'VALID' && now >= warned) {
    return {
      what: 'expiring',
      title: 'expires soon',
      detail: 'Runs that begin after its expiry are not covered.',
      severity: 'MEDIUM',
      since: warned,
    }
  }
  if (state === 'SUSPENDED') {
    return {
      what: 'suspended',
      title: 'is suspended',
      detail: `It does not fit its output any more: ${misfit ?? ''}. Labels flow on until it is reviewed and certified anew.`,
      severity: 'HIGH',
      since: approvedAt ?? now,
    }
  }
  if (state === 'REVOKED' && revokedAt !== undefined && approvedAt !== undefined) {
    return {
      what: 'revoked',
      title: 'was revoked',
      detail: 'Labels flow again for all that it covered, downstream too.',
      severity: 'HIGH',
      since: revokedAt,
    }
  }
  return undefined
}

/** De-identified data that lies together with data by which persons could be recognised (K-14). */
async function linkages({ judged, now, pause }: FindingParts): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const dataset of judged.view.datasets.values()) {
    const turn = pause()
    if (turn !== undefined) await turn
    const node = judged.node(dataset.id)
    if (node === undefined || !judged.held(node).isLinked) continue
    const since = dataset.firstSeen ?? now
    const inputs = node.into.map(({ from }) => from.dataset.id)
    found.push({
      ...nowhere,
      id: digestId('finding', 'LINKAGE', dataset.id),
      kind: 'LINKAGE',
      severity: 'HIGH',
      title: `De-identified data is joined with other data: ${dataset.names[0]?.name ?? dataset.id}`,
      detail:
        'Together they may identify persons again (K-14). Review the certificate for this use.',
      firstSeen: since,
      lastSeen: since,
      datasets: [...new Set([dataset.id, ...inputs])].toSorted(),
    })
  }
  return found
}

/** Labels of one dataset that say together what none says alone (K-01 to K-15). */
async function composed({ judged, places, now, pause }: FindingParts): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const dataset of judged.view.datasets.values()) {
    const turn = pause()
    if (turn !== undefined) await turn
    const node = judged.node(dataset.id)
    if (node === undefined) continue
    const isProtected = places.placementOf(dataset).zone === 'PROTECTED'
    const since = dataset.firstSeen ?? now
    const name = dataset.names[0]?.name ?? dataset.id
    for (const { rule, says, finding } of judged.held(node).compositions) {
      if (finding === undefined) continue
      found.push({
        ...nowhere,
        id: digestId('finding', finding, dataset.id, rule),
        kind: finding,
        severity: isProtected ? 'INFO' : 'MEDIUM',
        title: `What ${name} holds can be linked to persons (${rule})`,
        detail: says,
        firstSeen: since,
        lastSeen: since,
        datasets: [dataset.id],
      })
    }
  }
  return found
}

/** A person stated something better than what is found now. */
async function reviews({ judged, pause }: FindingParts): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const dataset of judged.view.datasets.values()) {
    const turn = pause()
    if (turn !== undefined) await turn
    const node = judged.node(dataset.id)
    if (node === undefined) continue
    const { source, verdict } = judged.held(node)
    const { status: stated } = source.stated
    if (stated === undefined || !verdict.isStated) continue
    if (verdict.enforced === verdict.status || !isAtLeast(verdict.enforced, 'PHI_LIMITED')) continue
    found.push({
      ...nowhere,
      id: digestId('finding', 'REVIEW', dataset.id, stated.status),
      kind: 'REVIEW',
      severity: 'MEDIUM',
      title: `${dataset.names[0]?.name ?? dataset.id} is stated to be ${stated.status}, and is found to be ${verdict.enforced}`,
      detail:
        'Evidence speaks against the decision. It stands, and is enforced as what was found; confirm it by a certificate, or correct it.',
      firstSeen: stated.at,
      lastSeen: stated.at,
      datasets: [dataset.id],
      evidence: [stated.record.entry],
    })
  }
  return found
}

/** What people decided about findings, and what then became of them. */
export function decided(
  found: Found,
  records: readonly StatementRecord[],
  now: Micros,
): Pick<Finding, 'status' | 'history' | 'assignee'> {
  const history = records.flatMap(({ at, by, statement }): readonly FindingChange[] =>
    statement.says === 'decision'
      ? [
          {
            at,
            by: by.person,
            status: statement.status,
            reason: statement.reason,
            until: statement.until,
          },
        ]
      : [],
  )
  const assigned = records.filter(({ statement }) => statement.says === 'assignment').at(-1)
  const assignee =
    assigned?.statement.says === 'assignment' ? assigned.statement.assignee : undefined
  const last = history.at(-1)
  return { status: last === undefined ? 'OPEN' : standing(last, found, now), history, assignee }
}

/** Accepted until a time, and resolved until it happens again. */
function standing(last: FindingChange, { lastSeen }: Found, now: Micros): Finding['status'] {
  if (last.status === 'ACCEPTED' && last.until !== undefined && now >= last.until) return 'OPEN'
  if (last.status === 'RESOLVED' && lastSeen > last.at) return 'OPEN'
  return last.status
}
