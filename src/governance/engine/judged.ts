import type { GovernedDataset, StatementRecord } from '../../graph/index.ts'
import type { DatasetGrain, DatasetId, DatasetStatus, Micros } from '../../model/index.ts'
import type { Composition } from '../composite-rules.ts'
import type { Certified } from './certificates.ts'
import type { Alone, Given, StatusSet } from './given.ts'
import type { Link, Links, Node } from './links.ts'
import type { Pause } from './pause.ts'
import type { Source } from './source.ts'
import type { Known, Mark, MarkParts, Reach, Spread } from './spread.ts'
import type { Verdict } from './verdict.ts'
import type { View } from './view.ts'
import { datasetIdOf } from '../../model/index.ts'
import { certificatesOf, cutsOf } from './certificates.ts'
import { datasetIn, mappedColumns } from './era-columns.ts'
import { eraAt } from './eras.ts'
import { givenStatuses, isAtLeast, isCertified, isLinked, passedBy, worstOf } from './given.ts'
import { linksOf, metBy } from './links.ts'
import {
  betterMark,
  coarsely,
  isJoinedByTraits,
  markKey,
  ownMarks,
  reachBy,
  spread,
} from './spread.ts'
import { statedByName, statedOf } from './stated.ts'
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
  view: View
  statements: readonly StatementRecord[]
  /** When certificates are looked at. */
  now: Micros
  /** What is asked about: a limited data set is one until its use is not agreed upon any more. */
  at: Micros
  /** What detectors and people say of a dataset by itself. */
  sourceOf: (dataset: GovernedDataset, stated: ReturnType<typeof statedOf>) => Source
  misfitOf: (certificate: string) => string | undefined
  pause: Pause
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

type Made = Readonly<{
  view: View
  links: Links
  certificates: readonly Certified[]
  datasetOf: ReadonlyMap<DatasetId, DatasetId>
  sources: ReadonlyMap<Node, Source>
  spread: Spread
  given: Given
  at: Micros
}>

/** The labels and statuses of all that a view holds. */
export class Judged {
  readonly view: View
  readonly links: Links
  readonly certificates: readonly Certified[]
  readonly #made: Made
  readonly #held = new Map<Node, Held>()

  constructor(made: Made) {
    this.view = made.view
    this.links = made.links
    this.certificates = made.certificates
    this.#made = made
  }

  /** Any name leads to its dataset. */
  dataset(id: DatasetId): GovernedDataset | undefined {
    return this.view.datasets.get(this.#made.datasetOf.get(id) ?? id)
  }

  /** What the dataset holds now, as the view has it. */
  node(id: DatasetId): Node | undefined {
    const nodes = this.links.nodes.get(this.#made.datasetOf.get(id) ?? id)
    return nodes?.at(-1)
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
    const known = { marks: this.sourceMarks(node), reach: 0, keyed: undefined } as const
    return levelOfStatus(aloneOf(node, this.source(node), known).status) > 0
  }

  /** The link brought the health context. */
  isReached(link: Link): boolean {
    return reachBy(link, this.#level(link.from)) > 0
  }

  reach(node: Node): Reach {
    return this.#made.spread.reach.get(node) ?? 0
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
    const last = this.links.nodes.get(node.dataset.id)?.at(-1) === node
    const moment = (last ? Number.MAX_SAFE_INTEGER : until - 1) as Micros
    return metBy(node.dataset, { start: moment, end: moment }).flatMap(({ other, meeting }) => {
      const nodes = this.links.nodes.get(other) ?? []
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
    const { spread: found } = this.#made
    return {
      marks: [...this.sourceMarks(node), ...(found.marks.get(node)?.values() ?? [])],
      reach: this.reach(node),
      keyed: found.keyed.get(node),
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
        return this.#made.at >= cut.until ? ['PHI' as const] : [cut.as]
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
    return aloneOf(node, this.source(node), this.#known(node))
  }

  #level(node: Node): Reach {
    return levelOf(node, this.source(node), this.#known(node))
  }
}

/** Works out what a view holds. */
export async function judge(parts: JudgeParts): Promise<Judged> {
  const { view, statements, now, at, misfitOf, pause } = parts
  const datasetOf = new Map<DatasetId, DatasetId>()
  for (const { id, names } of view.datasets.values()) {
    for (const name of names) datasetOf.set(datasetIdOf(name), id)
  }
  const certificates = certificatesOf(statements, { now, misfitOf })
  const cutOf = cutsOf(
    certificates,
    (id) => datasetOf.get(id) ?? id,
    ({ dataset }) => datasetIdOf(dataset),
  )
  const links = await linksOf(view, cutOf, pause)
  const sources = await sourcesOf(links, parts)
  const sourceOf = (node: Node): Source => sources.get(node) as Source
  const found = await spread({
    links,
    sourceOf,
    levelOf: (node, known) => levelOf(node, sourceOf(node), known),
    pause,
  })
  const given = await givenStatuses({
    links,
    aloneOf: (node) =>
      aloneOf(node, sourceOf(node), {
        marks: [...ownMarks(node, sourceOf(node)), ...(found.marks.get(node)?.values() ?? [])],
        reach: found.reach.get(node) ?? 0,
        keyed: found.keyed.get(node),
      }),
    pause,
  })
  return new Judged({ view, links, certificates, datasetOf, sources, spread: found, given, at })
}

async function sourcesOf(
  links: Links,
  { view, statements, sourceOf, pause }: JudgeParts,
): Promise<ReadonlyMap<Node, Source>> {
  const byName = statedByName(statements)
  const mapped = mappedColumns(view)
  const sources = new Map<Node, Source>()
  for (const nodes of links.nodes.values()) {
    const [first] = nodes
    if (first === undefined) continue
    const { names } = first.dataset
    const stated = statedOf(names.flatMap((name) => byName.get(datasetIdOf(name)) ?? []))
    for (const node of nodes) {
      sources.set(node, sourceOf(datasetIn(node.dataset, node.during, mapped), stated))
      await pause()
    }
  }
  return sources
}

/** How bad what a node holds is: what people state of it beside what is found can make it worse. */
function levelOf(node: Node, source: Source, known: Known): Reach {
  const found = isCertified(node) ? certifiedLevel(node) : ownLevel(source, known)
  const stated = source.stated.status?.status
  const said = stated === undefined ? 0 : levelOfStatus(stated)
  return Math.max(found, said) as Reach
}

function ownLevel(source: Source, known: Known): Reach {
  return Math.max(known.reach, levelOfStatus(ownStatus(source, known).status)) as Reach
}

/** What is certified whole is that, whatever detectors think of its columns. */
function certifiedLevel({ into }: Node): Reach {
  return into.some(({ cut }) => cut?.as === 'PHI_LIMITED') ? 1 : 0
}

/** What a node is without what others gave it. */
function aloneOf(node: Node, source: Source, known: Known): Alone {
  const { status } = ownStatus(source, known)
  const stated = statedStatus(node, source, enforcedStatus(status, known.reach))
  return stated === undefined ? { status, isStated: false } : { status: stated, isStated: true }
}
