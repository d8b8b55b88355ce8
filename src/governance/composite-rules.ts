import type { LabelParts } from './label.ts'
import type { DatasetStatus } from '../model/index.ts'
import type { StatusInput } from './status.ts'
import { tokensOf, wordsOf } from './detect/words.ts'
import { labelParts } from './label.ts'

/** What labels say together that none says alone. */
export type Composition = Readonly<{
  /** `K-01` … */
  rule: string
  /** In one sentence, for people. */
  says: string
  /** A label that the dataset has by it, with origin COMPOSED; of a column where one is named. */
  label?: string
  column?: string
  /** The status that the dataset has at least. */
  status?: DatasetStatus
  /** The kind of finding to raise. */
  finding?: 'LINKAGE'
  /** The labels that it rests on. */
  because: readonly string[]
}>

type Labelled = Readonly<{
  label: string
  parts: LabelParts
  column: string | undefined
  words: ReadonlySet<string>
}>

/** What the rules ask about. */
type Asked = Readonly<{
  isIndividual: boolean
  isEvent: boolean
  isHealth: boolean
  input: StatusInput
  /** Labels that are no aggregates, by a test of category and words of the column. */
  some: (category: string, words?: string) => readonly Labelled[]
  aggregates: readonly Labelled[]
}>

type CompositeRule = Readonly<{
  rule: string
  says: string
  /** The labels that it rests on, one list for each thing that must be there; undefined: not so. */
  when: (asked: Asked) => readonly (readonly Labelled[])[] | undefined
  gives: Readonly<{ label?: string; status?: DatasetStatus; finding?: 'LINKAGE' }>
  /** The label is of each column that it rests on, and not of the dataset. */
  ofColumns?: true
}>

/** Fewer persons than this in one cell can be recognised: the practice of CMS. @see phi.md K-08 */
export const smallestCellMin = 11

const keys = ['ID.MRN', 'ID.OTHER', 'ID.ACCOUNT', 'ID.HEALTHPLAN', 'ID.SSN', 'ID.DEVICE']

/**
 * The composite rules that one dataset's labels decide; those that compare several datasets (K-04,
 * K-05, K-13, K-14) or read a filter (K-08, K-09) are where flows are.
 *
 * @see phi.md section 5
 */
const compositeRules: readonly CompositeRule[] = [
  {
    rule: 'K-01',
    says: 'Birth date, ZIP and sex together single out nearly everybody.',
    when: ({ isIndividual, some }) =>
      isIndividual
        ? all(some('ID.DATE', 'birth'), some('ID.GEO', 'zip postal'), some('QI.SEX'))
        : undefined,
    gives: { label: 'ID.OTHER', finding: 'LINKAGE' },
  },
  {
    rule: 'K-02',
    says: 'Two traits that are rare together single out persons: needs a determination.',
    when: ({ isIndividual, isHealth, some }) => {
      if (!isIndividual || !isHealth) return undefined
      const traits = [
        all(some('ID.DATE', 'birth')),
        all(some('ID.GEO', 'zip postal city town')),
        all(some('ID.DATE', 'admit admission'), some('ID.DATE', 'discharge')),
        all(some('CLIN.DX', 'rare')),
        all(some('QI.OCCUPATION')),
        all(some('QI.RACE'), some('QI.ETHNICITY')),
      ].filter((trait) => trait !== undefined)
      return traits.length >= 2 ? traits.flat() : undefined
    },
    gives: { label: 'ID.OTHER', status: 'PHI', finding: 'LINKAGE' },
  },
  {
    rule: 'K-03',
    says: 'Care and its payment are joined on the key of a person or an encounter.',
    when: ({ input, some }) =>
      input.grain === 'REFERENCE' || input.grain === 'AGGREGATE'
        ? undefined
        : all(
            some('CLIN'),
            [...some('BILL.CLAIM'), ...some('BILL.PLAN')],
            keys.flatMap((key) => some(key)),
          ),
    gives: { status: 'LINKED_PROFILE', finding: 'LINKAGE' },
  },
  {
    rule: 'K-06',
    says: 'Nobody vouches that ages over 89 are one group.',
    when: ({ isHealth, isIndividual, input, some }) =>
      isHealth && isIndividual && input.attestations?.agesTopCoded !== true
        ? all([...some('QI.AGE'), ...some('QI.YEAR', 'birth')])
        : undefined,
    gives: { label: 'ID.DATE' },
    ofColumns: true,
  },
  {
    rule: 'K-07',
    says: 'Nobody vouches that each three-digit ZIP has more than 20,000 people.',
    when: ({ isHealth, input, some }) =>
      isHealth && input.attestations?.zip3Rule !== true
        ? all(some('QI.GEO', 'zip3 zip'))
        : undefined,
    gives: { label: 'ID.GEO' },
    ofColumns: true,
  },
  {
    rule: 'K-10',
    says: 'Many moments of one person are a trajectory, which singles them out without any name.',
    when: ({ isEvent, some }) =>
      isEvent
        ? all(
            keys.flatMap((key) => some(key)),
            some('ID.DATE'),
            [
              ...some('CLIN.DEVICE'),
              ...some('CLIN.VITAL'),
              ...some('ID.GEO', 'latitude longitude geohash'),
            ],
          )
        : undefined,
    gives: { label: 'ID.OTHER' },
  },
  {
    rule: 'K-11',
    says: 'Free text names people until it is scrubbed and determined not to.',
    when: ({ some }) => all(some('CLIN.NOTE')),
    gives: { label: 'ID.NAME' },
    ofColumns: true,
  },
  {
    rule: 'K-12',
    says: 'A device with times or addresses can be looked up at its manufacturer.',
    when: ({ some }) => all(some('ID.DEVICE'), [...some('ID.DATE'), ...some('ID.IP')]),
    gives: { finding: 'LINKAGE' },
  },
  {
    rule: 'K-15',
    says: 'Sums by provider can be of very few patients.',
    when: ({ input, some, aggregates }) =>
      (input.attestations?.smallestCell ?? 0) >= smallestCellMin
        ? undefined
        : all([...some('PROV.NPI'), ...some('PROV.NAME'), ...some('PROV.OTHER')], aggregates),
    gives: { finding: 'LINKAGE' },
  },
]

/** What a dataset's labels say together, in the order of the rules. */
export function compositionsOf(input: StatusInput): readonly Composition[] {
  const labelled = input.labels.map(({ label, column }) => ({
    label,
    parts: labelParts(label),
    column,
    words: new Set(column === undefined ? [] : wordsOf(tokensOf(column)).map(({ word }) => word)),
  }))
  const plain = labelled.filter(({ parts }) => !parts.isAggregate)
  const grain = input.attestations?.grain ?? input.grain
  const asked: Asked = {
    isIndividual: ['INDIVIDUAL', 'EVENT_OF_INDIVIDUAL', 'LINKED_PROFILE'].includes(grain),
    isEvent: grain === 'EVENT_OF_INDIVIDUAL',
    isHealth:
      input.isHealthContext ||
      plain.some(({ parts: { group } }) => group === 'CLIN' || group === 'SENS'),
    input: { ...input, grain },
    aggregates: labelled.filter(({ parts }) => parts.isAggregate),
    some: (category, words) => {
      const wanted = words?.split(' ')
      return plain.filter(
        ({ parts, words: own }) =>
          (parts.category === category || parts.group === category) &&
          (wanted === undefined || wanted.some((word) => own.has(word))),
      )
    },
  }
  return compositeRules.flatMap(
    ({ rule, says, when, gives, ofColumns }): readonly Composition[] => {
      const grounds = when(asked)?.flat()
      if (grounds === undefined) return []
      const because = [...new Set(grounds.map(({ label }) => label))].toSorted()
      if (ofColumns === undefined) return [{ rule, says, ...gives, because }]
      const columns = [...new Set(grounds.map(({ column }) => column))]
      return columns.map((column) => ({
        rule,
        says,
        ...gives,
        ...(column === undefined ? {} : { column }),
        because,
      }))
    },
  )
}

/** The lists, when none is empty. */
function all(
  ...lists: readonly (readonly Labelled[])[]
): readonly (readonly Labelled[])[] | undefined {
  return lists.every((list) => list.length > 0) ? lists : undefined
}
