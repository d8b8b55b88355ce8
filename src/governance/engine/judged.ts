import type { GovernedDataset, Move, StatementRecord } from '../../graph/index.ts'
import type { DatasetGrain, DatasetId, DatasetStatus, FlowId, Micros } from '../../model/index.ts'
import type { Composition } from '../composite-rules.ts'
import type { Certified } from './certificates.ts'
import type { Alone, Given, StatusSet } from './given.ts'
import type { Link, Node } from './links.ts'
import type { Pause } from './pause.ts'
import type { Changed, Plan } from './plan.ts'
import type { Ahead } from './region.ts'
import type { Source } from './source.ts'
import type { Known, Mark, MarkParts, Reach, Spread } from './spread.ts'
import type { Stated } from './stated.ts'
import type { OwnStatus, Verdict } from './verdict.ts'
import type { View } from './view.ts'
import { eraAt } from './eras.ts'
import { isAtLeast, isCertified, isLinked, passedBy, spreadStatuses, worstOf } from './given.ts'
import { attach, detach, metBy } from './links.ts'
import { planOf } from './plan.ts'
import { regionOf } from './region.ts'
import {
  betterMark,
  coarsely,
  isJoinedByTraits,
  markKey,
  ownMarks,
  reachBy,
  spread,
} from './spread.ts'
import {
  composedBy,
  enforcedStatus,
  grainOf,
  levelOfStatus,
  ownStatus,
  statedStatus,
  verdictOf,
} from './verdict.ts'

export type JudgeParts = Readonly<{
  statements: readonly StatementRecord[]
  /** When certificates are looked at. */
  now: Micros
  /** What is asked about: a limited data set is one until its use is not agreed upon any more. */
  at: Micros
  /** What detectors and people say of a dataset by itself. */
  sourceOf: (dataset: GovernedDataset, stated: Stated) => Source
  misfitOf: (certificate: string) => string | undefined
}>

/** What a node holds when everything is counted, what it merely meets too. */
export type Held = Readonly<{
  source: Source
  marks: readonly Mark[]
  grain: DatasetGrain
  reach: Reach
  /** De-identified data was put together with what may identify it again (K-14). */
  isLinked: boolean
  verdict: Verdict
  /** What its labels say together. */
  compositions: readonly Composition[]
}>

/** What is worked out, and kept up to date. */
type Made = Spread &
  Readonly<{
    view: Readonly<{
      datasets: Map<DatasetId, GovernedDataset>
      moves: Map<FlowId, readonly Move[]>
    }>
    nodes: Map<DatasetId, readonly Node[]>
    links: Map<FlowId, readonly Link[]>
    /** By any name of it. */
    datasetOf: Map<DatasetId, DatasetId>
    sources: Map<Node, Source>
    own: Map<Node, OwnStatus>
    given: Given
  }>

/** The labels and statuses of all that a view holds. */
export class Judged {
  readonly #made: Made = {
    view: { datasets: new Map(), moves: new Map() },
    nodes: new Map(),
    links: new Map(),
    datasetOf: new Map(),
    sources: new Map(),
    marks: new Map(),
    reach: new Map(),
    limited: new Set(),
    keyed: new Map(),
    own: new Map(),
    given: new Map(),
  }
  readonly #held = new Map<Node, Held>()
  /** Nodes with something that is a limited data set until a time. */
  readonly #timed = new Set<Node>()
  #certificates: readonly Certified[] = []
  #stated: ReadonlyMap<DatasetId, readonly StatementRecord[]> = new Map()
  #at = 0

  /** Works out what a view holds. */
  static async of(view: View, parts: JudgeParts, pause: Pause): Promise<Judged> {
    const judged = new Judged()
    for (const _ of judged.#change(view, parts, Infinity)) {
      const turn = pause()
      if (turn !== undefined) await turn
    }
    return judged
  }

  /**
   * Brings in what changed, at once; gives false, and changes nothing, when more than `nodesMost`
   * nodes would have to be worked out anew.
   */
  update(changed: Changed, parts: JudgeParts, nodesMost: number): boolean {
    const steps = this.#change(changed, parts, nodesMost)
    let step = steps.next()
    while (step.done !== true) step = steps.next()
    return step.value
  }

  get view(): View {
    return this.#made.view
  }

  get certificates(): readonly Certified[] {
    return this.#certificates
  }

  /** Any name leads to its dataset. */
  dataset(id: DatasetId): GovernedDataset | undefined {
    return this.view.datasets.get(this.#made.datasetOf.get(id) ?? id)
  }

  /** What the dataset holds now, as the view has it. */
  node(id: DatasetId): Node | undefined {
    return this.nodesOf(this.#made.datasetOf.get(id) ?? id).at(-1)
  }

  /** What a dataset held, era by era, by its own id. */
  nodesOf(id: DatasetId): readonly Node[] {
    return this.#made.nodes.get(id) ?? []
  }

  /** Every node that there is. */
  *nodes(): Generator<Node> {
    for (const nodes of this.#made.nodes.values()) yield* nodes
  }

  source(node: Node): Source {
    return this.#made.sources.get(node) as Source
  }

  /** By the node's own sources and ways to it, without what it merely meets. */
  own(node: Node): readonly Mark[] {
    return this.#known(node).marks
  }

  sourceMarks(node: Node): readonly Mark[] {
    return ownMarks(node, this.source(node))
  }

  /** For what links bring. */
  get markParts(): MarkParts {
    return { sourceOf: (node) => this.source(node), marksOf: (node) => this.own(node) }
  }

  /** It is PHI by what is known of it, without what others brought. */
  begins(node: Node): boolean {
    const source = this.source(node)
    const own = ownStatus(source, { marks: this.sourceMarks(node), reach: 0, keyed: undefined })
    return levelOfStatus(aloneOf(node, source, own, 0).status) > 0
  }

  /** The link brought the health context. */
  isReached(link: Link): boolean {
    return reachBy(link, this.#level(link.from)) > 0
  }

  reach(node: Node): Reach {
    return this.#made.reach.get(node) ?? 0
  }

  held(node: Node): Held {
    const known = this.#held.get(node)
    if (known !== undefined) return known
    const held = this.#hold(node)
    this.#held.set(node, held)
    return held
  }

  /** What shares its content while its own lasts: labels get there in one step, and no further. */
  met(
    node: Node,
  ): readonly Readonly<{ node: Node; meeting: GovernedDataset['meetings'][number] }>[] {
    const { from, until } = node.during
    const last = this.nodesOf(node.dataset.id).at(-1) === node
    const moment = (last ? Number.MAX_SAFE_INTEGER : until - 1) as Micros
    return metBy(node.dataset, { start: moment, end: moment }).flatMap(({ other, meeting }) => {
      const nodes = this.nodesOf(other)
      const met =
        nodes[
          eraAt(
            nodes.map(({ during }) => during),
            last ? undefined : Math.max(from, moment),
          )
        ]
      return met === undefined ? [] : [{ node: met, meeting }]
    })
  }

  #known(node: Node): Known {
    const { marks, keyed } = this.#made
    return {
      marks: [...this.sourceMarks(node), ...(marks.get(node)?.values() ?? [])],
      reach: this.reach(node),
      keyed: keyed.get(node),
    }
  }

  #hold(node: Node): Held {
    const source = this.source(node)
    const own = this.#known(node)
    const marks = new Map<string, Mark>()
    const add = (mark: Mark): void => {
      const key = markKey(mark)
      const before = marks.get(key)
      marks.set(key, before === undefined ? mark : betterMark(before, mark))
    }
    for (const mark of own.marks) add(mark)
    let { reach } = own
    const given = new Set(this.#made.given.get(node))
    for (const { node: met } of this.met(node)) {
      for (const mark of this.own(met)) add(coarsely(mark))
      // What is harmless there says nothing of what else lies here.
      for (const status of this.#passed(met))
        if (isAtLeast(status, 'PHI_LIMITED')) given.add(status)
      const level = this.#level(met)
      if (level > reach) reach = level
    }
    const known = { marks: [...marks.values()], reach, keyed: own.keyed }
    const isAtRisk = isLinked(given) || this.#isJoinedAgain(node)
    const certified = isCertified(node) ? this.#certifiedAs(node) : undefined
    const verdict = verdictOf(node, { source, known, given, certified, isLinked: isAtRisk })
    return {
      source,
      marks: known.marks,
      grain: grainOf(source, own.keyed),
      reach,
      isLinked: isAtRisk && certified === undefined,
      verdict,
      compositions: certified === undefined ? composedBy(source, known) : [],
    }
  }

  /** A limited data set whose use is not agreed upon any more is PHI as any other. */
  #certifiedAs({ into }: Node): DatasetStatus {
    return worstOf(
      into.flatMap(({ cut }) => {
        if (cut === undefined) return []
        return this.#at >= cut.until ? ['PHI' as const] : [cut.as]
      }),
    )
  }

  /** Some move joined de-identified data with other data by what persons have in common (K-14). */
  #isJoinedAgain(node: Node): boolean {
    const byMove = Map.groupBy(node.into, ({ move }) => move)
    return [...byMove.values()].some((links) => {
      if (links.length < 2 || links.every(({ cut }) => cut !== undefined)) return false
      if (!links.some((link) => isJoinedByTraits(link, this.own(link.from)))) return false
      const passed = new Set(links.flatMap(({ from }) => [...this.#passed(from)]))
      return isLinked(passed)
    })
  }

  #passed(node: Node): StatusSet {
    return passedBy(node, this.#alone(node), this.#made.given.get(node))
  }

  #alone(node: Node): Alone {
    return aloneOf(node, this.source(node), this.#own(node), this.reach(node))
  }

  #level(node: Node): Reach {
    return levelOf(node, this.source(node), this.#own(node), this.reach(node))
  }

  /** By all that got to it on its own ways. */
  #own(node: Node): OwnStatus {
    const known = this.#made.own.get(node) ?? ownStatus(this.source(node), this.#known(node))
    this.#made.own.set(node, known)
    return known
  }

  /** Finds what is touched, and then puts it in its place and works it out. */
  *#change(changed: Changed, parts: JudgeParts, nodesMost: number): Generator<undefined, boolean> {
    const made = this.#made
    const standing = { ...made, certificates: this.#certificates, stated: this.#stated }
    const plan = yield* planOf(changed, standing, parts)
    const [removed, added] = linksIn(plan, made.links)
    const region = regionOf(plan.seeds, aheadBy(removed, added), nodesMost)
    if (region === undefined) return false
    this.#put(plan, changed, { removed, added, at: parts.at })
    this.#forget(region, [...removed, ...added], changed)
    yield* spread({
      region,
      state: made,
      sourceOf: (node) => this.source(node),
      levelOf: (node, known) => this.#levelIn(region, node, known),
    })
    yield* spreadStatuses({ region, given: made.given, aloneOf: (node) => this.#alone(node) })
    return true
  }

  /** While the region is worked out. */
  #levelIn(region: ReadonlySet<Node>, node: Node, known: Known): Reach {
    const source = this.source(node)
    const own = region.has(node) ? ownStatus(source, known) : this.#own(node)
    this.#made.own.set(node, own)
    return levelOf(node, source, own, known.reach)
  }

  #put(
    { nodes, links, datasetOf, sources, certificates, stated }: Plan,
    { datasets, moves }: Changed,
    {
      removed,
      added,
      at,
    }: Readonly<{ removed: ReadonlySet<Link>; added: readonly Link[]; at: number }>,
  ): void {
    const made = this.#made
    detach(removed)
    for (const [id, own] of nodes) {
      for (const node of made.nodes.get(id) ?? []) this.#drop(node)
      replace(made.nodes, id, own.length === 0 ? undefined : own)
    }
    for (const [id, dataset] of datasets) {
      replace(made.view.datasets, id, dataset)
      if (dataset === undefined) continue
      for (const node of made.nodes.get(id) ?? []) node.dataset = dataset
    }
    for (const [flow, of] of moves) replace(made.view.moves, flow, of)
    for (const [flow, of] of links) replace(made.links, flow, of.length === 0 ? undefined : of)
    for (const [name, id] of datasetOf) replace(made.datasetOf, name, id)
    for (const [node, source] of sources) made.sources.set(node, source)
    attach(added)
    for (const { cut, to } of added) {
      if (cut !== undefined && cut.until < Infinity) this.#timed.add(to)
    }
    this.#certificates = certificates
    this.#stated = stated
    this.#at = at
  }

  /** What is held depends on what is met and on what is joined, and on the time where that is told. */
  #forget(region: Iterable<Node>, links: readonly Link[], { datasets }: Changed): void {
    const near = new Set<DatasetId>()
    const forget = (node: Node): void => {
      this.#held.delete(node)
      for (const { from, to } of node.dataset.meetings) near.add(from).add(to)
    }
    for (const node of region) {
      this.#made.own.delete(node)
      forget(node)
    }
    for (const { to } of links) forget(to)
    for (const id of datasets.keys()) for (const node of this.nodesOf(id)) forget(node)
    for (const id of near) for (const node of this.nodesOf(id)) this.#held.delete(node)
    for (const node of this.#timed) this.#held.delete(node)
  }

  #drop(node: Node): void {
    const { sources, marks, reach, limited, keyed, own, given } = this.#made
    for (const one of [sources, marks, reach, limited, keyed, own, given]) one.delete(node)
    this.#held.delete(node)
    this.#timed.delete(node)
  }
}

function replace<Key, Value>(of: Map<Key, Value>, key: Key, value: Value | undefined): void {
  if (value === undefined) of.delete(key)
  else of.set(key, value)
}

function linksIn(
  plan: Plan,
  standing: ReadonlyMap<FlowId, readonly Link[]>,
): readonly [removed: ReadonlySet<Link>, added: readonly Link[]] {
  const removed = [...plan.links.keys()].flatMap((flow) => standing.get(flow) ?? [])
  return [new Set(removed), [...plan.links.values()].flat()]
}

/** Where links lead when those that are removed are gone and those that are added are there. */
function aheadBy(removed: ReadonlySet<Link>, added: readonly Link[]): Ahead {
  const out = Map.groupBy(added, ({ from }) => from)
  const groups = new Map<Node, Link[]>()
  for (const link of added) {
    for (const node of [...(link.beside?.values() ?? [])].flat()) {
      const known = groups.get(node) ?? []
      groups.set(node, known)
      known.push(link)
    }
  }
  return (node) => ({
    out: [...node.out.filter((link) => !removed.has(link)), ...(out.get(node) ?? [])],
    groups: [...node.groups, ...(groups.get(node) ?? [])].filter((link) => !removed.has(link)),
  })
}

/** How bad what a node holds is: what people state of it beside what is found can make it worse. */
function levelOf(node: Node, source: Source, own: OwnStatus, reach: Reach): Reach {
  const found = isCertified(node)
    ? certifiedLevel(node)
    : Math.max(reach, levelOfStatus(own.status))
  const stated = source.stated.status?.status
  const said = stated === undefined ? 0 : levelOfStatus(stated)
  return Math.max(found, said) as Reach
}

/** What is certified whole is that, whatever detectors think of its columns. */
function certifiedLevel({ into }: Node): Reach {
  return into.some(({ cut }) => cut?.as === 'PHI_LIMITED') ? 1 : 0
}

/** What a node is without what others gave it. */
function aloneOf(node: Node, source: Source, { status }: OwnStatus, reach: Reach): Alone {
  const stated = statedStatus(node, source, enforcedStatus(status, reach))
  return stated === undefined ? { status, isStated: false } : { status: stated, isStated: true }
}
