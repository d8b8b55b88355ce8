import type { DatasetStatus } from '../../model/index.ts'
import { datasetStatuses } from '../../model/index.ts'
import type { Link, Links, Node } from './links.ts'
import type { Pause } from './pause.ts'

export type StatusSet = ReadonlySet<DatasetStatus>

/** Statuses that come along links which tell no columns, or that a certificate gives. */
export type Given = ReadonlyMap<Node, StatusSet>

/** What a node is by itself, and whether that was stated: then it hides what it was given. */
export type Alone = Readonly<{ status: DatasetStatus; isStated: boolean }>

export type GivenParts = Readonly<{
  links: Links
  aloneOf: (node: Node) => Alone
  pause: Pause
}>

/**
 * The statuses that each node is given, by all ways together. Sets only grow, so the order in which
 * links are followed does not show.
 */
export async function givenStatuses({ links, aloneOf, pause }: GivenParts): Promise<Given> {
  const given = new Map<Node, Set<DatasetStatus>>()
  const waiting = new Set<Node>([...links.nodes.values()].flat())
  for (const node of waiting) {
    waiting.delete(node)
    await pause()
    const passed = passedBy(node, aloneOf(node), given.get(node))
    for (const link of node.out) {
      const brought = broughtBy(link, passed)
      if (brought === undefined) continue
      const known = given.get(link.to) ?? new Set()
      given.set(link.to, known)
      const before = known.size
      for (const status of brought) known.add(status)
      if (known.size > before) waiting.add(link.to)
    }
  }
  return given
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
