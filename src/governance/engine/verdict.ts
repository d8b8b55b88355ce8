import type { DatasetGrain, DatasetStatus } from '../../model/index.ts'
import type { Node } from './links.ts'
import type { Source } from './source.ts'
import type { Known, Mark, Reach } from './spread.ts'
import type { StatusSet } from './given.ts'
import type { Composition } from '../composite-rules.ts'
import type { StatusInput } from '../status.ts'
import { compositionsOf } from '../composite-rules.ts'
import { statusOf } from '../status.ts'
import { categoryOf, isAggregate } from '../label.ts'
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

const ofPersons: ReadonlySet<DatasetGrain> = new Set([
  'INDIVIDUAL',
  'EVENT_OF_INDIVIDUAL',
  'LINKED_PROFILE',
])

/** Rows that a key of persons joined or grouped are of persons, whatever the name says. */
export function grainOf(source: Source, keyed: Known['keyed']): DatasetGrain {
  const { grain } = source.stated.attested
  if (grain !== undefined) return grain
  return keyed === undefined || ofPersons.has(source.grain) ? source.grain : 'INDIVIDUAL'
}

/** By its own labels and context alone; where it comes from PHI, nothing less is proved by that. */
export function ownStatus(source: Source, known: Known): OwnStatus {
  const { marks, reach, keyed } = known
  const found = statusOf(inputOf(source, known))
  if (keyed === 'JOIN' && !isAtLeast(found.status, 'LINKED_PROFILE')) {
    const because = careAndPayment(marks)
    if (because !== undefined) return { status: 'LINKED_PROFILE', rule: 'K-03', because }
  }
  const { status, rule } = found
  const proves = reach === 0 || isAtLeast(status, 'PHI_LIMITED') || rule === '2.5'
  if (!proves) return { status: 'UNKNOWN', rule: '2.7', because: [] }
  const names = new Set(found.because)
  return { status, rule, because: marks.filter(({ label }) => names.has(label)) }
}

/** What its labels say together that none says alone. */
export function composedBy(source: Source, known: Known): readonly Composition[] {
  return compositionsOf(inputOf(source, known))
}

/** A dataset as the rules about one dataset read it. */
function inputOf(source: Source, { marks, reach, keyed }: Known): StatusInput {
  return {
    labels: marks.map(({ label, column }) => ({
      label,
      ...(column === undefined ? {} : { column }),
    })),
    grain: grainOf(source, keyed),
    isHealthContext: source.isHealthContext || reach > 0,
    isLimited: reach === 1,
    attestations: source.stated.attested,
  }
}

/** Labels of care beside labels of its payment: joined by a key of persons they are a profile. */
function careAndPayment(marks: readonly Mark[]): readonly Mark[] | undefined {
  const plain = marks.filter(({ label }) => !isAggregate(label))
  const of = (...groups: readonly string[]) =>
    plain.filter(({ label }) => groups.some((group) => categoryOf(label).startsWith(group)))
  const [care, payment] = [of('CLIN.'), of('BILL.CLAIM', 'BILL.PLAN')]
  return care.length > 0 && payment.length > 0 ? [...care, ...payment] : undefined
}

export function levelOfStatus(status: DatasetStatus): Reach {
  if (!isAtLeast(status, 'PHI_LIMITED')) return 0
  return status === 'PHI_LIMITED' ? 1 : 2
}

/** How what is found is enforced: what is unknown as the worst that it comes from. */
export function enforcedStatus(found: DatasetStatus, reach: Reach): DatasetStatus {
  if (found !== 'UNKNOWN') return found
  return reach === 2 ? 'PHI' : reach === 1 ? 'PHI_LIMITED' : 'UNKNOWN'
}

/**
 * The stated status, if it holds for the node: one that is worse than what is found (as that is
 * enforced) for all time, a better one for the content at the time when it was stated.
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

export type VerdictParts = Readonly<{
  source: Source
  known: Known
  given: StatusSet
  /** All that it holds was made under certificates: as what that counts. */
  certified: DatasetStatus | undefined
  /** De-identified data was joined with what may identify it again. */
  isLinked: boolean
}>

export function verdictOf(node: Node, parts: VerdictParts): Verdict {
  const { source, known, given, certified, isLinked } = parts
  const found =
    certified === undefined
      ? foundBy(ownStatus(source, known), { given, reach: known.reach, isLinked })
      : { status: worstOf([certified, ...given]), rule: 'P-20', because: [] }
  const enforced = enforcedStatus(found.status, known.reach)
  const stated = statedStatus(node, source, enforced)
  if (stated === undefined) return { ...found, enforced, isStated: false }
  return {
    status: stated,
    enforced: isAtLeast(stated, enforced) ? stated : enforced,
    rule: 'stated',
    because: [],
    isStated: true,
  }
}

function foundBy(
  own: OwnStatus,
  { given, reach, isLinked }: Readonly<{ given: StatusSet; reach: Reach; isLinked: boolean }>,
): Pick<Verdict, 'status' | 'rule' | 'because'> {
  const found = handedBy(own, given, reach)
  const isDoubtful = isLinked && !isAtLeast(found.status, 'PHI_LIMITED')
  return isDoubtful ? { status: 'UNKNOWN', rule: 'K-14', because: [] } : found
}

function handedBy(
  own: OwnStatus,
  given: StatusSet,
  reach: Reach,
): Pick<Verdict, 'status' | 'rule' | 'because'> {
  const handed = together(given)
  if (handed === undefined) return own
  // Beside what comes from PHI, what is harmless proves nothing.
  if (reach > 0 && !isAtLeast(handed, 'PHI_LIMITED')) return own
  const isWorse = isAtLeast(handed, own.status) && handed !== own.status
  // What is harmless by its own words is not known to be so with content that is not known.
  const isDoubtful = handed === 'UNKNOWN' && own.status === 'NOT_PERSONAL'
  return isWorse || isDoubtful ? { status: handed, rule: 'P-14', because: [] } : own
}
