import type { DatasetName } from '../../model/index.ts'
import type { Trait } from './rules/rule.ts'
import type { Word } from './words.ts'
import {
  clinicalWords,
  encounterWords,
  patientWords,
  personKeyWords,
  personWords,
  tableTraits,
  themes,
} from './table-words.ts'
import { tokensOf, wordsOf } from './words.ts'

/** What is known of a table from its names and from all of its columns together. */
export type Table = Readonly<{
  traits: ReadonlySet<Trait>
  /** What its rows are about, by its name; undefined when that does not say. */
  theme: string | undefined
  isIndividual: boolean
  /** Why its rows are taken to be of persons or of care: in a few words. */
  because: string
  /** None of the columns is a known key of a person: one that looks like a key may be it. */
  lacksKey: boolean
  words: readonly string[]
}>

/** The words of one column, as far as the table is judged by them. */
export type ColumnWords = Readonly<{ name: string; words: readonly string[] }>

const fileEndings = new Set([
  'csv',
  'tsv',
  'txt',
  'json',
  'ndjson',
  'jsonl',
  'parquet',
  'avro',
  'orc',
  'gz',
  'xml',
  'hl7',
  'snappy',
  'zip',
  'delta',
  'data',
  'latest',
  'current',
  'part',
  'full',
  'table',
  'stream',
  'topic',
])

/** The words of the table itself, and of what it lies in (schema, database, folders). */
function wordsOfTable({
  namespace,
  name,
}: DatasetName): Readonly<{
  own: readonly string[]
  folders: readonly string[]
  tokens: readonly string[]
}> {
  const parts = name
    .slice(-400)
    .split(/[/.:]/)
    .filter(
      (part) => part !== '' && !fileEndings.has(part.toLowerCase()) && !/^[\d=_-]+$/.test(part),
    )
  const last = parts.at(-1) ?? namespace
  const tokens = tokensOf(last)
  const plain = (words: readonly Word[]): readonly string[] => words.map(({ word }) => word)
  return {
    own: plain(wordsOf(tokens)),
    folders: parts.slice(0, -1).flatMap((part) => plain(wordsOf(tokensOf(part)))),
    tokens,
  }
}

const keyEndings = new Set([
  'id',
  'identifier',
  'number',
  'key',
  'reference',
  'uuid',
  'guid',
  'code',
  'value',
  'uid',
  'num',
])

/** `patient_id`, `PATIENT`, `subject.reference`: the words and nothing else but what ends a key. */
function keyOf(words: readonly string[], who: ReadonlySet<string>): string | undefined {
  const rest = words.filter(
    (word) =>
      !keyEndings.has(word) && word !== 'source' && word !== 'hospital' && word !== 'contact',
  )
  const subject = rest[0]
  return rest.length === 1 && subject !== undefined && who.has(subject) ? subject : undefined
}

const personFacts: readonly (readonly string[])[] = [
  ['birth', 'date'],
  ['date', 'birth'],
  ['birth', 'datetime'],
  ['year', 'birth'],
  ['first', 'name'],
  ['last', 'name'],
  ['name', 'family'],
  ['family', 'name'],
  ['full', 'name'],
  ['maiden'],
  ['ssn'],
  ['mrn'],
  ['gender'],
  ['sex'],
  ['race'],
  ['ethnicity'],
  ['marital'],
  ['death', 'date'],
]

export function tableOf(
  names: readonly DatasetName[],
  texts: Readonly<{ description: string; columns: readonly ColumnWords[] }>,
): Table {
  const { columns } = texts
  const read = names.map(wordsOfTable)
  const own = read.flatMap((words) => words.own)
  const folders = read.flatMap(({ folders: words }) => words)
  const described = wordsOf(tokensOf(texts.description)).map(({ word }) => word)

  const keys = columns.map(({ words }) => keyOf(words, personKeyWords))
  const personKey = keys.find((key) => key !== undefined)
  const patientColumn = columns.find(({ words }) => words.some((word) => patientWords.has(word)))
  const encounterKey = columns.find(
    ({ words }) =>
      (words.some((word) => ['id', 'number', 'identifier', 'reference'].includes(word)) &&
        words.some((word) => encounterWords.has(word))) ||
      (words.length === 1 && words[0] === 'encounter'),
  )
  const facts = personFacts.filter((phrase) =>
    columns.some(({ words }) => phrase.every((word) => words.includes(word))),
  ).length
  const isReferenceByColumns = columns.some(({ words }) =>
    [
      'invalid reason',
      'valid start date',
      'valid end date',
      'is billable',
      'vocabulary id',
    ].includes(words.join(' ')),
  )

  const traits = new Set<Trait>()
  const hasKey = personKey !== undefined || encounterKey !== undefined
  const named = (words: readonly string[], set: ReadonlySet<string>): string | undefined =>
    words.find((word) => set.has(word))
  const ownPerson = named(own, personWords)
  const ownClinical = named(own, clinicalWords)
  const isProviderTable = own.some((word) => tableTraits[0]?.[1].has(word) ?? false) && !hasKey

  for (const [trait, words] of tableTraits) {
    // What a table is comes last in its name: a `visit_type` is a type; `site_visit` is a visit.
    const inName =
      trait === 'technical' || trait === 'aggregate'
        ? named(own, words)
        : own.at(-1) !== undefined && words.has(own.at(-1) ?? '')
          ? own.at(-1)
          : undefined
    const byName =
      inName !== undefined ||
      (trait === 'provider' && isProviderTable) ||
      (trait === 'reference' &&
        named(own, words) !== undefined &&
        ownPerson === undefined &&
        ownClinical === undefined)
    const byText =
      own.length > 0 &&
      ownPerson === undefined &&
      ownClinical === undefined &&
      named(described, words) !== undefined
    if (byName || byText) traits.add(trait)
  }
  const isPrefixedReference = read.some(
    ({ tokens }) => tokens.length > 1 && ['d', 'dim', 'ref', 'lkp', 'lu'].includes(tokens[0] ?? ''),
  )
  if (
    (isPrefixedReference && ownPerson === undefined) ||
    named(folders, new Set(['reference', 'lookup', 'vocabulary', 'terminology'])) !== undefined ||
    isReferenceByColumns
  )
    traits.add('reference')

  // Keys and facts of persons say more than a word in the table's name.
  const isIndividual =
    personKey !== undefined ||
    encounterKey !== undefined ||
    facts >= 2 ||
    (traits.size === 0 &&
      (ownPerson !== undefined ||
        patientColumn !== undefined ||
        (ownClinical !== undefined && columns.length === 0))) ||
    (traits.size === 0 && ownClinical !== undefined) ||
    (ownPerson !== undefined && facts >= 1)
  const ofProviders =
    traits.has('provider') && personKey === undefined && encounterKey === undefined
  if (isIndividual && !ofProviders) {
    if (!(traits.has('reference') && facts < 1 && !hasKey))
      for (const trait of [
        'reference',
        'organisation',
        'aggregate',
        'technical',
        'provider',
      ] as const)
        traits.delete(trait)
  }
  const taken = [...traits].length > 0
  const isHr = [...own, ...folders].some(
    (word) => word === 'hr' || word === 'employee' || word === 'payroll',
  )
  const isHealth =
    !isHr &&
    !(taken && !(isIndividual && !ofProviders)) &&
    (ownClinical !== undefined ||
      patientColumn !== undefined ||
      encounterKey !== undefined ||
      (personKey !== undefined &&
        ['patient', 'person', 'subject', 'beneficiary'].includes(personKey)) ||
      (named(folders, clinicalWords) !== undefined && isIndividual))
  const individual = isIndividual && !ofProviders && !taken
  if (individual) traits.add('person')
  if (isHealth && !taken) traits.add('health')
  const theme = themes.find(([, words]) => own.some((word) => words.has(word)))?.[0]
  const isOfPerson = ownPerson !== undefined && own.at(-1) === ownPerson
  if (individual && isHealth && !isOfPerson) traits.add('event')
  if (theme === 'BILL.CLAIM' && traits.has('health')) traits.add('billing')
  const address = ['address', 'street', 'city', 'zip', 'postal', 'county', 'latitude'].filter(
    (word) => columns.some(({ words }) => words.includes(word)),
  )
  if (!taken && address.length >= 3 && (address.includes('address') || address.includes('street')))
    traits.add('address')

  const said =
    ownPerson ??
    ownClinical ??
    personKey ??
    (encounterKey === undefined ? undefined : encounterKey.words.join(' ')) ??
    patientColumn?.words.join(' ')
  return {
    traits,
    theme: traits.has('health') ? theme : undefined,
    isIndividual: individual,
    because:
      said ??
      (traits.has('address') ? 'a postal address' : facts >= 2 ? 'what is said of persons' : ''),
    lacksKey: personKey === undefined,
    words: [...own, ...folders],
  }
}
