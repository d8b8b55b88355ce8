import type { DatasetStatus } from '../../model/index.ts'
import { datasetStatuses } from '../../model/index.ts'
import type { Link, Links, Node } from './links.ts'
import type { Pause } from './pause.ts'

export type StatusSet = ReadonlySet<DatasetStatus>

/** Statuses that come along links which tell no columns, or that a certificate gives. */
export type Given = ReadonlyMap<Node, StatusSet>

export type GivenParts = Readonly<{
  links: Links
  /** What a node is by itself, and whether that was stated: then it hides what it was given. */
  ownOf: (node: Node) => Readonly<{ status: DatasetStatus; isStated: boolean }>
  pause: Pause
}>

/**
 * The statuses that each node is given, by all ways together. Sets only grow, so the order in which
 * links are followed does not show.
 */
export async function givenStatuses({ links, ownOf, pause }: GivenParts): Promise<Given> {
  const given = new Map<Node, Set<DatasetStatus>>()
  const waiting = new Set<Node>([...links.nodes.values()].flat())
  for (const node of waiting) {
    waiting.delete(node)
    await pause()
    const passed = passedBy(node, ownOf(node), given.get(node))
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
  { status, isStated }: Readonly<{ status: DatasetStatus; isStated: boolean }>,
  given: StatusSet | undefined,
): StatusSet {
  if (isStated) return new Set([status])
  const isGiven = node.into.some(givesStatus)
  if (status === 'UNKNOWN' && isGiven) return given ?? new Set()
  return new Set([status, ...(given ?? [])])
}

function broughtBy({ cut, carry }: Link, passed: StatusSet): StatusSet | undefined {
  if (cut !== undefined && cut.columns === undefined) return new Set([cut.as])
  return carry.kind === 'mapped' ? undefined : passed
}

export function givesStatus({ cut, carry }: Link): boolean {
  return carry.kind !== 'mapped' || (cut !== undefined && cut.columns === undefined)
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
