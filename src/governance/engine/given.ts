import type { DatasetStatus } from '../../model/index.ts'
import { datasetStatuses } from '../../model/index.ts'
import type { Link, Node } from './links.ts'

export type StatusSet = ReadonlySet<DatasetStatus>

/** Statuses that come along links which tell no columns, or that a certificate gives. */
export type Given = Map<Node, StatusSet>

/** What a node is by itself, and whether that was stated: then it hides what it was given. */
export type Alone = Readonly<{ status: DatasetStatus; isStated: boolean }>

export type GivenParts = Readonly<{
  /** As of `spread`. */
  region: ReadonlySet<Node>
  given: Given
  aloneOf: (node: Node) => Alone
}>

/**
 * The statuses that each node of a region is given, by all ways together. Sets only grow, so the
 * order in which links are followed does not show. Gives control back after each node.
 */
export function* spreadStatuses({ region, given, aloneOf }: GivenParts): Generator<undefined> {
  for (const node of region) given.delete(node)
  const passed = (node: Node): StatusSet => passedBy(node, aloneOf(node), given.get(node))
  const follow = (link: Link, statuses: StatusSet): boolean => {
    const brought = broughtBy(link, statuses)
    if (brought === undefined) return false
    const known = given.get(link.to) ?? new Set<DatasetStatus>()
    const all = known.union(brought)
    given.set(link.to, all)
    return all.size > known.size
  }
  for (const node of region) {
    for (const link of node.into) if (!region.has(link.from)) follow(link, passed(link.from))
  }
  const waiting = new Set<Node>(region)
  while (waiting.size > 0) {
    for (const node of region) {
      if (!waiting.delete(node)) continue
      yield
      const statuses = passed(node)
      for (const link of node.out) if (follow(link, statuses)) waiting.add(link.to)
    }
  }
}

/** What a node hands on: what is not known of itself is what it was given. */
export function passedBy(
  node: Node,
  { status, isStated }: Alone,
  given: StatusSet | undefined,
): StatusSet {
  if (isStated) return new Set([status])
  const isGiven = node.into.some(givesStatus)
  if (isCertified(node) || (status === 'UNKNOWN' && isGiven)) return given ?? new Set()
  return new Set([status, ...(given ?? [])])
}

/** All that it holds was made under certificates for the whole of it. */
export function isCertified({ into }: Node): boolean {
  return into.length > 0 && into.every(isCertifying)
}

function broughtBy(link: Link, passed: StatusSet): StatusSet | undefined {
  if (link.cut !== undefined && isCertifying(link)) return new Set([link.cut.as])
  return link.carry.kind === 'coarse' || isRename(link) ? passed : undefined
}

function givesStatus(link: Link): boolean {
  return isCertifying(link) || link.carry.kind === 'coarse' || isRename(link)
}

function isCertifying({ cut }: Link): boolean {
  return cut !== undefined && cut.columns === undefined
}

/** Everything goes along, column by column: it is what it was. */
function isRename({ carry }: Link): boolean {
  return carry.kind === 'mapped' && carry.every
}

export function isAtLeast(status: DatasetStatus, least: DatasetStatus): boolean {
  return datasetStatuses.indexOf(status) >= datasetStatuses.indexOf(least)
}

export function worstOf(statuses: Iterable<DatasetStatus>): DatasetStatus {
  let worst: DatasetStatus = 'UNKNOWN'
  for (const status of statuses) if (isAtLeast(status, worst)) worst = status
  return worst
}

/**
 * What several inputs without a map make together: the worst of them; among what is harmless one
 * that is not known leaves it unknown, and so does what was de-identified beside what may identify
 * it again. Undefined when nothing was given.
 */
export function together(given: StatusSet): DatasetStatus | undefined {
  if (given.size === 0) return undefined
  const worst = worstOf(given)
  if (isAtLeast(worst, 'PHI_LIMITED')) return worst
  return given.has('UNKNOWN') || isLinked(given) ? 'UNKNOWN' : worst
}

/** De-identified data together with data by which persons could be recognised (K-14). */
export function isLinked(given: StatusSet): boolean {
  return given.has('DEIDENTIFIED') && (given.has('PERSONAL') || given.has('UNKNOWN'))
}
