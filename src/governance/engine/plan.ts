import type { GovernedDataset, Move, StatementRecord } from '../../graph/index.ts'
import type { DatasetId, FlowId, JobId } from '../../model/index.ts'
import type { Certified } from './certificates.ts'
import type { JudgeParts } from './judged.ts'
import type { Link, Node } from './links.ts'
import type { Source } from './source.ts'
import type { View } from './view.ts'
import { datasetIdOf } from '../../model/index.ts'
import { certificatesOf, cutsOf } from './certificates.ts'
import { datasetIn, mappedColumns } from './era-columns.ts'
import { isSameWay } from './same-way.ts'
import { linksOf, nodesOf } from './links.ts'
import { statedByName, statedOf } from './stated.ts'

/** What is otherwise in a view than it was; undefined where something is gone. */
export type Changed = Readonly<{
  datasets: ReadonlyMap<DatasetId, GovernedDataset | undefined>
  moves: ReadonlyMap<FlowId, readonly Move[] | undefined>
}>

/** What stands so far. */
export type Standing = Readonly<{
  view: View
  nodes: ReadonlyMap<DatasetId, readonly Node[]>
  links: ReadonlyMap<FlowId, readonly Link[]>
  /** By any name of it. */
  datasetOf: ReadonlyMap<DatasetId, DatasetId>
  sources: ReadonlyMap<Node, Source>
  certificates: readonly Certified[]
  stated: ReadonlyMap<DatasetId, readonly StatementRecord[]>
}>

/** What has to be put in the place of what stands, and from which nodes on all is otherwise. */
export type Plan = Readonly<{
  nodes: ReadonlyMap<DatasetId, readonly Node[]>
  links: ReadonlyMap<FlowId, readonly Link[]>
  datasetOf: ReadonlyMap<DatasetId, DatasetId | undefined>
  sources: ReadonlyMap<Node, Source>
  certificates: readonly Certified[]
  stated: ReadonlyMap<DatasetId, readonly StatementRecord[]>
  seeds: ReadonlySet<Node>
}>

/** Works out what a change touches, and changes nothing. Gives control back now and then. */
export function* planOf(
  changed: Changed,
  standing: Standing,
  { statements, now, misfitOf, sourceOf }: JudgeParts,
): Generator<undefined, Plan> {
  const datasetNow = (id: DatasetId): GovernedDataset | undefined =>
    changed.datasets.has(id) ? changed.datasets.get(id) : standing.view.datasets.get(id)
  const movesNow = (flow: FlowId): readonly Move[] =>
    (changed.moves.has(flow) ? changed.moves.get(flow) : standing.view.moves.get(flow)) ?? []
  const datasetOf = namesOf(changed, standing)
  const leaderOf = (id: DatasetId): DatasetId =>
    (datasetOf.has(id) ? datasetOf.get(id) : standing.datasetOf.get(id)) ?? id
  const certificates = certificatesOf(statements, { now, misfitOf })
  const cutOf = cutsOf(certificates, leaderOf, ({ dataset }) => datasetIdOf(dataset))

  const nodes = new Map<DatasetId, readonly Node[]>()
  const seeds = new Set<Node>()
  for (const [id, dataset] of changed.datasets) {
    const before = standing.nodes.get(id)
    if (dataset === undefined) nodes.set(id, [])
    else if (before === undefined || !haveEras(before, dataset)) {
      const made = nodesOf(dataset)
      nodes.set(id, made)
      for (const node of made) seeds.add(node)
    }
    yield
  }
  const nodesNow = (id: DatasetId): readonly Node[] => nodes.get(id) ?? standing.nodes.get(id) ?? []

  const links = new Map<FlowId, readonly Link[]>()
  const linked = { datasetOf: datasetNow, nodesOf: nodesNow, cutOf }
  const touched = new Set(changed.datasets.keys())
  for (const flow of flowsIn(changed, standing, certificates)) {
    const before = standing.links.get(flow) ?? []
    const after = linksOf(movesNow(flow), linked)
    links.set(flow, after)
    for (const { to } of differing(before, after)) seeds.add(to)
    for (const move of movesNow(flow)) {
      for (const id of [...move.inputs, ...move.outputs]) touched.add(id)
    }
    yield
  }

  const stated = statedByName(statements)
  for (const id of namesStatedOtherwise(standing.stated, stated)) touched.add(leaderOf(id))
  const sources = new Map<Node, Source>()
  for (const id of touched) {
    const dataset = datasetNow(id)
    if (dataset === undefined) continue
    const said = statedOf(dataset.names.flatMap((name) => stated.get(datasetIdOf(name)) ?? []))
    const mapped = mappedColumns(id, [...dataset.reads, ...dataset.writes].flatMap(movesNow))
    for (const node of nodesNow(id)) {
      const source = sourceOf(datasetIn(dataset, node.during, mapped), said)
      sources.set(node, source)
      if (!isSameSource(standing.sources.get(node), source)) seeds.add(node)
      yield
    }
  }
  const gone = [...nodes.keys()].flatMap((id) => standing.nodes.get(id) ?? [])
  return {
    nodes,
    links,
    datasetOf,
    sources,
    certificates,
    stated,
    seeds: seeds.difference(new Set(gone)),
  }
}

/** Names that lead elsewhere than they did. */
function namesOf(
  { datasets }: Changed,
  { view }: Standing,
): ReadonlyMap<DatasetId, DatasetId | undefined> {
  const found = new Map<DatasetId, DatasetId | undefined>()
  for (const id of datasets.keys()) {
    for (const name of view.datasets.get(id)?.names ?? []) found.set(datasetIdOf(name), undefined)
  }
  for (const [id, dataset] of datasets) {
    for (const name of dataset?.names ?? []) found.set(datasetIdOf(name), id)
  }
  return found
}

function haveEras(nodes: readonly Node[], { epochs }: GovernedDataset): boolean {
  const starts = nodes.slice(1).map(({ during }) => during.from)
  return starts.length === epochs.length && starts.every((start, index) => start === epochs[index])
}

/** Flows that changed, and those whose job's certificates cut otherwise than they did. */
function flowsIn(
  { moves }: Changed,
  { view, certificates }: Standing,
  now: readonly Certified[],
): ReadonlySet<FlowId> {
  const flows = new Set(moves.keys())
  const jobs = jobsOf(certificates, now)
  if (jobs.size === 0) return flows
  for (const [flow, [move]] of view.moves) {
    if (move?.job !== undefined && jobs.has(move.job)) flows.add(flow)
  }
  return flows
}

function jobsOf(before: readonly Certified[], now: readonly Certified[]): ReadonlySet<JobId> {
  const textOf = (one: Certified): string =>
    JSON.stringify([one.id, one.state, one.method, one.validFrom, one.expires, one.outputs])
  const [old, made] = [before, now].map((of) => new Map(of.map((one) => [textOf(one), one.jobId])))
  return new Set(
    [...(old ?? []), ...(made ?? [])].flatMap(([text, job]) =>
      old?.has(text) === true && made?.has(text) === true ? [] : [job],
    ),
  )
}

/** Links that are not there before and after, with the same beginning of what they carry. */
function differing(before: readonly Link[], after: readonly Link[]): readonly Link[] {
  const old = earliest(before)
  const made = earliest(after)
  const isIn = (links: ReadonlyMap<Node, readonly Link[]>, link: Link): boolean =>
    (links.get(link.to) ?? []).some(
      (other) => isSameWay(other, link) && other.move.start === link.move.start,
    )
  return [
    ...[...old.values()].flat().filter((link) => !isIn(made, link)),
    ...[...made.values()].flat().filter((link) => !isIn(old, link)),
  ]
}

/** Of links that are the same way the earliest, by where they end. */
function earliest(links: readonly Link[]): ReadonlyMap<Node, readonly Link[]> {
  const found = new Map<Node, Link[]>()
  for (const link of links) {
    const known = found.get(link.to) ?? []
    found.set(link.to, known)
    const at = known.findIndex((other) => isSameWay(other, link))
    const other = known[at]
    if (other === undefined) known.push(link)
    else if (link.move.start < other.move.start) known[at] = link
  }
  return found
}

function namesStatedOtherwise(
  before: Standing['stated'],
  now: Standing['stated'],
): ReadonlySet<DatasetId> {
  const entriesOf = (records: readonly StatementRecord[] | undefined): string =>
    JSON.stringify(records?.map(({ entry }) => entry))
  return new Set(
    [...before.keys(), ...now.keys()].filter(
      (id) => entriesOf(before.get(id)) !== entriesOf(now.get(id)),
    ),
  )
}

function isSameSource(before: Source | undefined, now: Source): boolean {
  if (before === now) return true
  const textOf = ({ labels, grain, isHealthContext, stated }: Source): string =>
    JSON.stringify([labels, grain, isHealthContext, stated.status, stated.attested])
  return before !== undefined && textOf(before) === textOf(now)
}
