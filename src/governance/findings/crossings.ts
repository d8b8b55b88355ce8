import type { Move } from '../../graph/index.ts'
import type { DatasetId, DatasetStatus, FlowId, JobId, Micros, Zone } from '../../model/index.ts'
import type { Judged } from '../engine/judged.ts'
import type { Link, Node } from '../engine/links.ts'
import type { Places } from '../engine/places.ts'
import type { Finding } from '../port.ts'
import type { FindingParts, Found } from './found.ts'
import { digestId } from '../../model/index.ts'
import { isMoreExposed } from '../boundary/zone-order.ts'
import { isAtLeast, isCertified } from '../engine/given.ts'
import { reachBy } from '../engine/spread.ts'
import { severityOf } from './found.ts'

type Crossing = {
  readonly flow: FlowId
  readonly job: JobId | undefined
  readonly inputs: Set<DatasetId>
  readonly outputs: Set<Node>
  readonly moves: Set<Move>
  worst: DatasetStatus
  zone: Zone
}

/** One finding for each flow that carries over a boundary what may not be on the other side (P-22). */
export async function crossings(parts: FindingParts): Promise<readonly Found[]> {
  const { judged, places, jobs, pause } = parts
  const found = new Map<string, Crossing>()
  const keys = new Map<FlowId, string>()
  for (const node of judged.nodes()) {
    const turn = pause()
    if (turn !== undefined) await turn
    if (node.out.length === 0) continue
    if (!isAtLeast(judged.held(node).verdict.enforced, 'PHI_LIMITED')) continue
    for (const link of node.out) {
      const zone = crossedInto(link, judged, places, jobs)
      if (zone === undefined) continue
      const { move } = link
      const key = keys.get(move.flow) ?? keyOfMove(move)
      keys.set(move.flow, key)
      const crossing = found.get(key) ?? newCrossing(move, zone)
      found.set(key, crossing)
      addTo(crossing, link, zone, judged)
    }
  }
  const crossed: Found[] = []
  for (const [key, crossing] of found) {
    if (await mayAllCross(crossing, parts)) continue
    crossed.push(crossingFound(key, crossing, { judged, jobs }))
  }
  return crossed
}

/** A policy lets everybody who ran it carry anything there. A run that nobody is known to have started counts. */
async function mayAllCross(
  { flow, job, zone }: Crossing,
  { places, jobs, startersOf }: FindingParts,
): Promise<boolean> {
  if (!places.asksPrincipals(zone)) return false
  const name = job === undefined ? undefined : jobs.get(job)
  const starters = await startersOf(flow)
  return (
    starters.length > 0 &&
    starters.every(
      (principal) => principal !== undefined && places.mayCross(zone, { job: name, principal }),
    )
  )
}

/** Flows of one job between the same datasets are one. */
function keyOfMove({ job, flow, kind, inputs, outputs }: Move): string {
  return JSON.stringify([job ?? flow, kind, inputs.toSorted(), outputs.toSorted()])
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
      !places.mayCross(zone, { job, principal: undefined }),
  )
}

/** As what its content is enforced on the way, where that must not leave; a cut ends it there. */
export function carriedBy(link: Link, judged: Judged): DatasetStatus | undefined {
  const { enforced, isStated } = judged.held(link.from).verdict
  if (link.carry.kind === 'unproved' || !isAtLeast(enforced, 'PHI_LIMITED')) return undefined
  const level = reachBy(link, 2)
  if (level === 0) return undefined
  const isLimited = level === 1 || (!isStated && isLimitedThen(link))
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
    moves: new Set(),
    worst: 'UNKNOWN',
    zone,
  }
}

function addTo(crossing: Crossing, link: Link, zone: Zone, judged: Judged): void {
  const { from, to, move } = link
  const carried = carriedBy(link, judged) ?? 'UNKNOWN'
  crossing.inputs.add(from.dataset.id)
  crossing.outputs.add(to)
  crossing.moves.add(move)
  if (isAtLeast(carried, crossing.worst)) crossing.worst = carried
  if (zone === 'EXTERNAL') crossing.zone = zone
}

function crossingFound(
  key: string,
  crossing: Crossing,
  { judged, jobs }: Pick<FindingParts, 'judged' | 'jobs'>,
): Found {
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
    datasets: [
      ...new Set([...inputs, ...[...outputs].map(({ dataset }) => dataset.id)]),
    ].toSorted(),
    flow,
    columns: labelledColumns(outputs, judged),
    evidence: [],
  }
}

function labelledColumns(nodes: Iterable<Node>, judged: Judged): Finding['columns'] {
  const found = new Map<string, Finding['columns'][number]>()
  for (const node of nodes) {
    const dataset = node.dataset.id
    for (const { column } of judged.held(node).marks) {
      if (column !== undefined) found.set(`${dataset} ${column}`, { dataset, column })
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, column]) => column)
}
