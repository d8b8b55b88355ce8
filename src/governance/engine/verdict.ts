import type { DatasetStatus } from '../../model/index.ts'
import type { Node } from './links.ts'
import type { Source } from './source.ts'
import type { Mark, Reach } from './spread.ts'
import type { StatusSet } from './given.ts'
import type { Composition } from '../composite-rules.ts'
import type { StatusInput } from '../status.ts'
import { compositionsOf } from '../composite-rules.ts'
import { statusOf } from '../status.ts'
import { isAtLeast, together, worstOf } from './given.ts'

/** What a node is in law, how it is enforced, and by which rule. */
export type Verdict = Readonly<{
  status: DatasetStatus
  enforced: DatasetStatus
  rule: string
  because: readonly Readonly<{ label: string; column: string | undefined }>[]
  isStated: boolean
}>

export type OwnStatus = Pick<Verdict, 'status' | 'rule' | 'because'>

/** By its own labels and context alone; where it comes from PHI, nothing less is proved by that. */
export function ownStatus(source: Source, marks: readonly Mark[], reach: Reach): OwnStatus {
  const { status, rule, because } = statusOf(inputOf(source, marks, reach))
  const proves = reach === 0 || isAtLeast(status, 'PHI_LIMITED') || rule === '2.5'
  if (!proves) return { status: 'UNKNOWN', rule: '2.7', because: [] }
  const names = new Set(because)
  return { status, rule, because: marks.filter(({ label }) => names.has(label)) }
}

/** What its labels say together that none says alone. */
export function composedBy(
  source: Source,
  marks: readonly Mark[],
  reach: Reach,
): readonly Composition[] {
  return compositionsOf(inputOf(source, marks, reach))
}

/** A dataset as the rules about one dataset read it. */
function inputOf(source: Source, marks: readonly Mark[], reach: Reach): StatusInput {
  return {
    labels: marks.map(({ label, column }) => ({
      label,
      ...(column === undefined ? {} : { column }),
    })),
    grain: source.grain,
    isHealthContext: source.isHealthContext || reach > 0,
    isLimited: reach === 1,
    attestations: source.stated.attested,
  }
}

export function levelOfStatus(status: DatasetStatus): Reach {
  if (!isAtLeast(status, 'PHI_LIMITED')) return 0
  return status === 'PHI_LIMITED' ? 1 : 2
}

/**
 * The stated status, if it holds for the node: one that is worse than what is found for all time, a
 * better one for the content at the time when it was stated.
 */
export function statedStatus(
  { during }: Node,
  { stated: { status: stated } }: Source,
  found: DatasetStatus,
): DatasetStatus | undefined {
  if (stated === undefined) return undefined
  if (isAtLeast(stated.status, found)) return stated.status
  return stated.at >= during.from && stated.at < during.until ? stated.status : undefined
}

export function verdictOf(
  node: Node,
  {
    source,
    marks,
    reach,
    given,
    isCertified,
  }: Readonly<{
    source: Source
    marks: readonly Mark[]
    reach: Reach
    given: StatusSet
    /** All that it holds was made under certificates. */
    isCertified: boolean
  }>,
): Verdict {
  const found = isCertified
    ? { status: worstOf(given), rule: 'P-20', because: [] }
    : foundBy(ownStatus(source, marks, reach), given)
  const least: DatasetStatus = reach === 2 ? 'PHI' : reach === 1 ? 'PHI_LIMITED' : 'UNKNOWN'
  const enforced = found.status === 'UNKNOWN' ? least : found.status
  const stated = statedStatus(node, source, found.status)
  if (stated === undefined) return { ...found, enforced, isStated: false }
  return {
    status: stated,
    enforced: isAtLeast(stated, enforced) ? stated : enforced,
    rule: 'stated',
    because: [],
    isStated: true,
  }
}

function foundBy(own: OwnStatus, given: StatusSet): Pick<Verdict, 'status' | 'rule' | 'because'> {
  const handed = together(given)
  if (handed === undefined) return own
  const isWorse = isAtLeast(handed, own.status) && handed !== own.status
  // What is harmless by its own words is not known to be so with content that is not known.
  const isDoubtful = handed === 'UNKNOWN' && own.status === 'NOT_PERSONAL'
  return isWorse || isDoubtful ? { status: handed, rule: 'P-14', because: [] } : own
}
