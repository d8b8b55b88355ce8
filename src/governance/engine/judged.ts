import type { GovernedDataset, StatementRecord } from '../../graph/index.ts'
import type { DatasetId, Micros } from '../../model/index.ts'
import type { Composition } from '../composite-rules.ts'
import type { Certified } from './certificates.ts'
import type { Given, StatusSet } from './given.ts'
import type { Link, Links, Node } from './links.ts'
import type { Pause } from './pause.ts'
import type { Source } from './source.ts'
import type { Mark, Reach, Spread } from './spread.ts'
import type { Verdict } from './verdict.ts'
import type { View } from './view.ts'
import { datasetIdOf } from '../../model/index.ts'
import { certificatesOf, cutsOf } from './certificates.ts'
import { eraAt } from './eras.ts'
import { givenStatuses, passedBy } from './given.ts'
import { linksOf, metBy } from './links.ts'
import { ownMarks, reachBy, spread } from './spread.ts'
import { statedByName, statedOf } from './stated.ts'
import { composedBy, levelOfStatus, ownStatus, statedStatus, verdictOf } from './verdict.ts'

export type JudgeParts = Readonly<{
  view: View
  statements: readonly StatementRecord[]
  /** When certificates are looked at. */
  now: Micros
  /** What detectors and people say of a dataset by itself. */
  sourceOf: (dataset: GovernedDataset, stated: ReturnType<typeof statedOf>) => Source
  misfitOf: (certificate: string) => string | undefined
  pause: Pause
}>

/** What a node holds when everything is counted, what it merely meets too. */
export type Held = Readonly<{
  source: Source
  marks: readonly Mark[]
  reach: Reach
  given: StatusSet
  verdict: Verdict
  /** What its labels say together. */
  compositions: readonly Composition[]
}>

/** The labels and statuses of all that a view holds. */
export class Judged {
  readonly view: View
  readonly links: Links
  readonly certificates: readonly Certified[]
  readonly #datasetOf: ReadonlyMap<DatasetId, DatasetId>
  readonly #sources: ReadonlyMap<DatasetId, Source>
  readonly #spread: Spread
  readonly #given: Given
  readonly #held = new Map<Node, Held>()

  constructor(
    made: Readonly<{
      view: View
      links: Links
      certificates: readonly Certified[]
      datasetOf: ReadonlyMap<DatasetId, DatasetId>
      sources: ReadonlyMap<DatasetId, Source>
      spread: Spread
      given: Given
    }>,
  ) {
    this.view = made.view
    this.links = made.links
    this.certificates = made.certificates
    this.#datasetOf = made.datasetOf
    this.#sources = made.sources
    this.#spread = made.spread
    this.#given = made.given
  }

  /** Any name leads to its dataset. */
  dataset(id: DatasetId): GovernedDataset | undefined {
    return this.view.datasets.get(this.#datasetOf.get(id) ?? id)
  }

  /** What the dataset holds now, as the view has it. */
  node(id: DatasetId): Node | undefined {
    const nodes = this.links.nodes.get(this.#datasetOf.get(id) ?? id)
    return nodes?.at(-1)
  }

  source(node: Node): Source {
    return this.#sources.get(node.dataset.id) as Source
  }

  /** By the node's own sources and ways to it, without what it merely meets. */
  own(node: Node): readonly Mark[] {
    return [...ownMarks(node, this.source(node)), ...(this.#spread.marks.get(node)?.values() ?? [])]
  }

  sourceMarks(node: Node): readonly Mark[] {
    return ownMarks(node, this.source(node))
  }

  /** It is PHI by what is known of it, without what others brought. */
  begins(node: Node): boolean {
    const alone = aloneOf(node, this.source(node), this.sourceMarks(node), 0)
    return levelOfStatus(alone.status) > 0
  }

  /** The link brought the health context. */
  isReached(link: Link): boolean {
    return reachBy(link, this.#level(link.from)) > 0
  }

  reach(node: Node): Reach {
    return this.#spread.reach.get(node) ?? 0
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

  #hold(node: Node): Held {
    const source = this.source(node)
    const marks = new Map(
      this.own(node).map((mark) => [`${mark.column ?? ''}\0${mark.label}`, mark]),
    )
    let reach = this.reach(node)
    const given = new Set(this.#given.get(node))
    for (const { node: met } of this.met(node)) {
      for (const mark of this.own(met)) {
        const key = `\0${mark.label}`
        const coarse = { ...mark, column: undefined, coarse: true, rule: 'P-24' }
        if (!marks.has(key)) marks.set(key, coarse)
      }
      const passed = passedBy(met, this.#alone(met), this.#given.get(met))
      for (const status of passed) if (status !== 'UNKNOWN') given.add(status)
      const level = this.#level(met)
      if (level > reach) reach = level
    }
    const all = [...marks.values()]
    const isCertified =
      node.into.length > 0 &&
      node.into.every(({ cut }) => cut !== undefined && cut.columns === undefined)
    const verdict = verdictOf(node, { source, marks: all, reach, given, isCertified })
    const compositions = isCertified ? [] : composedBy(source, all, reach)
    return { source, marks: all, reach, given, verdict, compositions }
  }

  #alone(node: Node): ReturnType<typeof aloneOf> {
    return aloneOf(node, this.source(node), this.own(node), this.reach(node))
  }

  #level(node: Node): Reach {
    const level = levelOfStatus(this.#alone(node).status)
    return level > this.reach(node) ? level : this.reach(node)
  }
}

/** Works out what a view holds. */
export async function judge(parts: JudgeParts): Promise<Judged> {
  const { view, statements, now, misfitOf, pause } = parts
  const datasetOf = new Map<DatasetId, DatasetId>()
  for (const { id, names } of view.datasets.values()) {
    for (const name of names) datasetOf.set(datasetIdOf(name), id)
  }
  const statedByNames = statedByName(statements)
  const sources = new Map<DatasetId, Source>()
  for (const dataset of view.datasets.values()) {
    const records = dataset.names.flatMap((name) => statedByNames.get(datasetIdOf(name)) ?? [])
    sources.set(dataset.id, parts.sourceOf(dataset, statedOf(records)))
    await pause()
  }
  const certificates = certificatesOf(statements, { now, misfitOf })
  const cutOf = cutsOf(
    certificates,
    (id) => datasetOf.get(id) ?? id,
    ({ dataset }) => datasetIdOf(dataset),
  )
  const links = await linksOf(view, cutOf, pause)
  const sourceOf = ({ dataset }: Node): Source => sources.get(dataset.id) as Source
  const levelOf = (node: Node, marks: readonly Mark[], reach: Reach): Reach => {
    const source = sourceOf(node)
    const { status } = ownStatus(source, marks, reach)
    const stated = statedStatus(node, source, status) ?? status
    const levels = [levelOfStatus(status), levelOfStatus(stated)] as const
    return levels[0] > levels[1] ? levels[0] : levels[1]
  }
  const spreading = await spread({ links, sourceOf, levelOf, pause })
  const given = await givenStatuses({
    links,
    ownOf: (node) =>
      aloneOf(
        node,
        sourceOf(node),
        [...ownMarks(node, sourceOf(node)), ...(spreading.marks.get(node)?.values() ?? [])],
        spreading.reach.get(node) ?? 0,
      ),
    pause,
  })
  return new Judged({ view, links, certificates, datasetOf, sources, spread: spreading, given })
}

/** What a node is without what others gave it. */
function aloneOf(
  node: Node,
  source: Source,
  marks: readonly Mark[],
  reach: Reach,
): Readonly<{ status: Verdict['status']; isStated: boolean }> {
  const { status } = ownStatus(source, marks, reach)
  const stated = statedStatus(node, source, status)
  return stated === undefined ? { status, isStated: false } : { status: stated, isStated: true }
}
