import type { Composition } from './composite-rules.ts'
import type { Attestation, DatasetGrain, DatasetStatus } from '../model/index.ts'
import { compositionsOf, smallestCellMin } from './composite-rules.ts'
import { labelParts } from './label.ts'

export type StatusInput = Readonly<{
  /** Of columns and of the dataset: confirmed, applied and worked out, PSEUDO. and AGG. forms too. */
  labels: readonly Readonly<{ label: string; column?: string }>[]
  grain: DatasetGrain
  /** Its own, or inherited: an uncut flow from PHI reaches it. */
  isHealthContext: boolean
  /** Everything in it came as a limited data set (164.514(e)). */
  isLimited?: boolean
  attestations?: Attestation
}>

export type StatusFound = Readonly<{
  status: DatasetStatus
  /** Of phi.md: `2.1` to `2.7`, a composite rule `K-03`, or `164.514(e)`. */
  rule: string
  /** The labels that it rests on, in order. */
  because: readonly string[]
}>

type Known = Readonly<{
  isIndividual: boolean
  isReference: boolean
  isAggregate: boolean
  isHealth: boolean
  isLimited: boolean
  isSafeAggregate: boolean
  /** Direct identifiers and pseudonyms; none of these lists has an aggregate but the last. */
  direct: readonly string[]
  /** Those, and the labels that identify by a composite rule. */
  identifiers: readonly string[]
  care: readonly string[]
  special: readonly string[]
  aggregates: readonly string[]
  compositions: readonly Composition[]
}>

type StatusRule = Readonly<{
  rule: string
  status: DatasetStatus
  /** The labels that it rests on; undefined: it does not hold. */
  when: (known: Known) => readonly string[] | undefined
}>

/**
 * The rules of phi.md section 2 in the order in which they are asked; the first that holds decides.
 * Where something came from beats what its name says: a code list that came from patients may be of
 * patients.
 */
const statusRules: readonly StatusRule[] = [
  {
    rule: '2.4',
    status: 'NOT_PERSONAL',
    when: ({ isReference, isHealth, direct }) =>
      isReference && !isHealth && direct.length === 0 ? [] : undefined,
  },
  {
    rule: '2.5',
    status: 'NOT_PERSONAL',
    when: ({ isAggregate, isSafeAggregate, direct, care, special, aggregates }) =>
      isAggregate && isSafeAggregate && isNone(direct, special)
        ? [...care, ...aggregates]
        : undefined,
  },
  {
    rule: '2.1',
    status: 'PHI_SPECIAL',
    when: ({ special, identifiers }) =>
      special.length > 0 ? [...special, ...identifiers] : undefined,
  },
  {
    rule: 'K-03',
    status: 'LINKED_PROFILE',
    when: ({ compositions }) =>
      compositions.find(({ status }) => status === 'LINKED_PROFILE')?.because,
  },
  {
    rule: '164.514(e)',
    status: 'PHI_LIMITED',
    when: ({ isLimited, identifiers, compositions }) =>
      isLimited &&
      ![...identifiers, ...compositions.map(({ label }) => label ?? '')].some(isOfSixteen)
        ? identifiers
        : undefined,
  },
  {
    rule: 'K-02',
    status: 'PHI',
    when: ({ direct, compositions }) =>
      direct.length > 0 ? undefined : compositions.find(({ status }) => status === 'PHI')?.because,
  },
  {
    rule: '2.1',
    status: 'PHI',
    when: ({ identifiers, care }) =>
      identifiers.length > 0 && care.length > 0 ? [...identifiers, ...care] : undefined,
  },
  {
    rule: '2.6',
    status: 'PHI',
    when: ({ isIndividual, isHealth, identifiers }) =>
      isIndividual && isHealth && identifiers.length > 0 ? identifiers : undefined,
  },
  {
    rule: '2.2',
    status: 'PHI',
    when: ({ isIndividual, care }) => (isIndividual && care.length > 0 ? care : undefined),
  },
  {
    rule: '2.7',
    status: 'PHI',
    when: ({ isHealth, identifiers, care }) =>
      isHealth && !isNone(identifiers, care) ? [...identifiers, ...care] : undefined,
  },
  {
    rule: '2.3',
    status: 'PERSONAL',
    when: ({ isHealth, identifiers }) =>
      !isHealth && identifiers.length > 0 ? identifiers : undefined,
  },
  {
    rule: '2.5',
    status: 'UNKNOWN',
    when: ({ isAggregate, aggregates }) => (isAggregate ? aggregates : undefined),
  },
  {
    rule: '2.7',
    status: 'UNKNOWN',
    when: ({ isHealth, aggregates }) => (isHealth ? aggregates : undefined),
  },
]

/**
 * What a dataset is by its own labels, its grain and where it comes from. A stated status, a
 * certificate and the statuses of inputs without a column map are the caller's to weigh in.
 *
 * @see phi.md sections 2 and 6.1
 */
export function statusOf(input: StatusInput): StatusFound {
  const known = knownOf(input)
  for (const { rule, status, when } of statusRules) {
    const because = when(known)
    if (because !== undefined) return { status, rule, because: [...new Set(because)].toSorted() }
  }
  return { status: 'UNKNOWN', rule: 'none', because: [] }
}

function knownOf(input: StatusInput): Known {
  const { attestations } = input
  const compositions = compositionsOf(input)
  const grain = attestations?.grain ?? input.grain
  const composed = compositions.flatMap(({ label, because }) =>
    label === undefined ? [] : because,
  )
  const all = input.labels.map(({ label }) => ({ label, ...labelParts(label) }))
  const plain = all.filter(({ isAggregate }) => !isAggregate)
  const labelsOf = (test: (label: (typeof plain)[number]) => boolean) =>
    plain.filter(test).map(({ label }) => label)
  const direct = labelsOf(
    ({ group, isPseudonym }) => group === 'ID' || (isPseudonym && group !== 'SENS'),
  )
  const care = labelsOf(
    ({ group, category }) =>
      group === 'CLIN' || category === 'BILL.CLAIM' || category === 'BILL.PLAN',
  )
  return {
    isIndividual: ['INDIVIDUAL', 'EVENT_OF_INDIVIDUAL', 'LINKED_PROFILE'].includes(grain),
    isReference: grain === 'REFERENCE',
    isAggregate: grain === 'AGGREGATE',
    isHealth: input.isHealthContext || attestations?.healthSource === true,
    isLimited: input.isLimited === true,
    isSafeAggregate: (attestations?.smallestCell ?? 0) >= smallestCellMin,
    direct,
    identifiers: [...direct, ...composed],
    care,
    special: labelsOf(({ group }) => group === 'SENS'),
    aggregates: all.filter(({ isAggregate }) => isAggregate).map(({ label }) => label),
    compositions,
  }
}

/** Of the identifiers, those that a limited data set may not have: all but dates, places and codes. */
function isOfSixteen(label: string): boolean {
  const { group, category } = labelParts(label)
  return (
    group === 'ID' &&
    !['ID.DATE', 'ID.GEO', 'ID.OTHER'].includes(category) &&
    !label.startsWith('PSEUDO.')
  )
}

function isNone(...lists: readonly (readonly string[])[]): boolean {
  return lists.every((list) => list.length === 0)
}
