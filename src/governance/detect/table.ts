import type { DatasetName } from '../../model/index.ts'
import type { Trait } from './rules/rule.ts'
import {
  clinicalFacts,
  clinicalWords,
  dictionaryColumns,
  encounterWords,
  humanResources,
  otherReadings,
  patientKeyWords,
  patientWords,
  personKeyWords,
  personWords,
  plainWords,
  professionals,
  referenceFolders,
  referencePrefixes,
  tableTraits,
  themes,
  thingWords,
  weakKeyWords,
} from './table-words.ts'
import { idHeads } from './name-rules.ts'
import { knows } from './vocabulary.ts'
import { tokensOf, wordsOf } from './words.ts'

/** What is known of a table from its names and from all of its columns together. */
export type Table = Readonly<{
  traits: ReadonlySet<Trait>
  /** What its rows are about, by its name; undefined when that does not say. */
  theme: string | undefined
  /** What makes it a table of persons or of care, in a few words. */
  because: string
  /** The words of its name, without those of what it lies in. */
  words: readonly string[]
  /** Care or its payment is its subject, be it in rows of persons or in sums over them. */
  isHealth: boolean
}>

/** A column as far as its table is judged by it. */
export type ColumnWords = Readonly<{
  name: string
  words: readonly string[]
  isDate: boolean
  /** It is a field of a message about a patient. */
  isField: boolean
}>

type Said = Readonly<{ description: string; columns: readonly ColumnWords[] }>

/**
 * Judges a table. Keys and facts of persons among its columns say more than a word of its name:
 * `member_summary` with a birth date is of persons, `patient_class_lookup` with a code is not.
 */
export function tableOf(names: readonly DatasetName[], { description, columns }: Said): Table {
  const name = wordsOfNames(names)
  const person = name.words.find((word) => personWords.has(word))
  const clinical = name.words.find((word) => clinicalWords.has(word))
  const spoken = whatColumnsSay(columns)
  const kinds = kindsOf(name, { description, isNamed: person ?? clinical, spoken })
  const key = kinds.has('technical') && spoken.isWeakKey ? undefined : spoken.key
  const hasKey = key !== undefined || spoken.encounter !== undefined

  const isOfProviders = kinds.has('provider') && !hasKey
  const isIndividual =
    !isOfProviders &&
    (hasKey ||
      spoken.facts >= 2 ||
      (person !== undefined && spoken.facts === 1) ||
      (kinds.size === 0 && (person ?? clinical ?? spoken.patient) !== undefined))
  const isHr = name.all.some((word) => humanResources.has(word))
  const isHealth =
    !isHr &&
    (clinical !== undefined ||
      spoken.patient !== undefined ||
      spoken.encounter !== undefined ||
      (isIndividual && spoken.clinicalFacts >= 2) ||
      (key !== undefined && patientKeyWords.has(key)) ||
      (isIndividual && name.all.some((word) => clinicalWords.has(word))))

  const traits = new Set<Trait>(isIndividual ? ['person'] : kinds)
  const theme = themes.find(([, words]) => name.words.some((word) => words.has(word)))?.[0]
  if (isIndividual && isHealth) {
    traits.add('health')
    if (!isOnlyOf(personWords, name.words)) traits.add('event')
    if (theme === 'BILL.CLAIM') traits.add('billing')
  }
  if (traits.size === 0 && spoken.isAddress) traits.add('address')
  return {
    traits,
    theme: traits.has('health') ? theme : undefined,
    because:
      person ?? clinical ?? key ?? spoken.encounter ?? spoken.patient ?? 'columns of an address',
    words: name.words,
    isHealth: isHealth && (isIndividual || kinds.has('aggregate')),
  }
}

type NameWords = Readonly<{
  /** Of the tables themselves. */
  words: readonly string[]
  /** With those of schemas, databases and folders. */
  all: readonly string[]
  folders: readonly string[]
  /** `d_`, `dim_`, `ref_` */
  hasReferencePrefix: boolean
}>

const charactersMax = 400
const fileEndings = new Set(
  'csv tsv txt json ndjson jsonl parquet avro orc gz xml snappy zip delta data latest current part full table stream topic'.split(
    ' ',
  ),
)

function wordsOfNames(names: readonly DatasetName[]): NameWords {
  const read = names.map(({ namespace, name }) => {
    const parts = name
      .slice(-charactersMax)
      .split(/[/.:]/)
      .filter((part) => !fileEndings.has(part.toLowerCase()) && /\p{L}/u.test(part))
    return { own: tokensOf(parts.at(-1) ?? namespace), folders: parts.slice(0, -1).map(tokensOf) }
  })
  const plain = (tokens: readonly string[]) => wordsOf(tokens).map(({ word }) => word)
  const words = read.flatMap(({ own }) => plain(own))
  const folders = read.flatMap((each) => each.folders.flatMap(plain))
  const all = [...words, ...folders]
  const spoilt = otherReadings.filter((pair) => pair.every((word) => all.includes(word))).flat()
  return {
    words: words.filter((word) => !spoilt.includes(word)),
    all: all.filter((word) => !spoilt.includes(word)),
    folders,
    hasReferencePrefix: read.some(
      ({ own: [first = '', ...rest] }) => rest.length > 0 && referencePrefixes.has(first),
    ),
  }
}

type Spoken = Readonly<{
  /** The word of a column that is the key of a person. */
  key: string | undefined
  /** That word is one of many things elsewhere: `client_id`. */
  isWeakKey: boolean
  encounter: string | undefined
  /** The name of a column that speaks of a patient. */
  patient: string | undefined
  /** How many things are said that only persons have. */
  facts: number
  /** How many things are said that only care and its payment have. */
  clinicalFacts: number
  isAddress: boolean
  isCodeList: boolean
  /** Sums beside what they are over, and nothing that numbers a row. */
  isSums: boolean
  /** Names and descriptions, and no dates. */
  isDictionary: boolean
}>

const personFacts: readonly (readonly (readonly string[])[])[] = [
  'birth date, birth datetime, birth year, birth timestamp',
  'death date, death datetime',
  'first name, given name',
  'last name, family name, surname',
  'full name',
  'maiden',
  'ssn',
  'mrn',
  'gender, sex, female',
  'race',
  'age',
  'ethnicity',
  'marital',
].map((phrases) => phrases.split(', ').map((phrase) => phrase.split(' ')))
const addressWords = ['address', 'street', 'city', 'zip', 'postal', 'county', 'latitude']
const codeListColumns = new Set([
  'invalid reason',
  'valid start date',
  'valid end date',
  'is billable',
  'vocabulary id',
  'code system version',
])

/** What a sum over rows is called, at the beginning of its name or at the end. */
const sums = new Set(['total', 'count', 'average', 'percent', 'mean', 'median', 'sum', 'rate'])

function isSum({ name, words }: ColumnWords): boolean {
  return sums.has(words.at(-1) ?? '') || sums.has(words[0] ?? '') || /^n$/i.test(name)
}

function whatColumnsSay(all: readonly ColumnWords[]): Spoken {
  // What is said of a professional says nothing about whose rows they are.
  const columns = all.filter(({ words }) => !words.some((word) => professionals.has(word)))
  const keys = columns
    .map((column) => keyOf(column, personKeyWords))
    .filter((key) => key !== undefined)
    .toSorted()
  const key = keys.find((word) => !weakKeyWords.has(word)) ?? keys[0]
  const has = (wanted: readonly string[]) =>
    columns.some(({ words }) => wanted.every((word) => words.includes(word)))
  const address = addressWords.filter((word) => has([word]))
  const field = all.some(({ isField }) => isField) ? 'fields of a message' : undefined
  const least = (found: readonly ColumnWords[]) =>
    found.map(({ words }) => words.join(' ')).toSorted()[0]
  return {
    key,
    isWeakKey: key !== undefined && weakKeyWords.has(key),
    encounter:
      least(columns.filter((column) => keyOf(column, encounterWords) !== undefined)) ?? field,
    patient: least(
      columns.filter(
        ({ name, words }) =>
          !/(?:patients|beneficiaries|enrollees)/i.test(name) &&
          words.some((word) => patientWords.has(word)),
      ),
    ),
    facts: personFacts.filter((phrases) => phrases.some(has)).length,
    clinicalFacts: [...clinicalFacts].filter((word) => has([word])).length,
    isAddress: address.length >= 3 && (address.includes('address') || address.includes('street')),
    isDictionary:
      !all.some(({ isDate }) => isDate) &&
      all.some(({ words }) => dictionaryColumns.has(words.join(' '))),
    isSums:
      all.some(isSum) &&
      !all.every(isSum) &&
      !all.some(({ words }) => words.some((word) => idHeads.has(word))),
    isCodeList: columns.some(({ words }) => codeListColumns.has(words.join(' '))),
  }
}

const besideKeys = new Set([
  'source',
  'value',
  'hospital',
  'contact',
  'unique',
  'occurrence',
  'detail',
  'study',
  'patient',
])

/** `patient_id`, `PATIENT`, `subject.reference`, not `PATIENTS` or `patient_count`: whose key it is. */
function keyOf({ name, words }: ColumnWords, whose: ReadonlySet<string>): string | undefined {
  const subject = words.find((word) => whose.has(word))
  if (subject === undefined) return undefined
  const rest = words.filter(
    (word) => !whose.has(word) && !idHeads.has(word) && !besideKeys.has(word),
  )
  const isBare = words.length === 1
  if (isBare && weakKeyWords.has(subject)) return undefined
  if (rest.length > 0 || (isBare && /s$/i.test(name))) return undefined
  return isBare || words.some((word) => idHeads.has(word) || word === 'mrn') ? subject : undefined
}

/** What takes a table out of those of persons, unless its columns know better. */
function kindsOf(
  name: NameWords,
  said: Readonly<{ description: string; isNamed: string | undefined; spoken: Spoken }>,
): ReadonlySet<Trait> {
  const kinds = new Set<Trait>()
  const last = name.words.at(-1) ?? ''
  const described =
    said.isNamed === undefined ? wordsOf(tokensOf(said.description)).map(({ word }) => word) : []
  for (const [trait, { words, anywhere }] of tableTraits) {
    // What a table is comes last in its name: a `visit_type` is a type, a `site_visit` a visit.
    const isSaid =
      anywhere || said.isNamed === undefined
        ? name.words.some((word) => words.has(word))
        : words.has(last)
    if (isSaid || described.some((word) => words.has(word))) kinds.add(trait)
  }
  const isPerson = personWords.has(last)
  const { key, encounter, patient, facts, isSums, isCodeList, isDictionary } = said.spoken
  if ((key ?? encounter ?? patient) === undefined && facts === 0) {
    if (isSums) kinds.add('aggregate')
    if (isDictionary && name.words.some((word) => thingWords.has(word))) kinds.add('reference')
    if (isDictionary && last === 'location') kinds.add('organisation')
  }
  if (
    isCodeList ||
    (name.hasReferencePrefix && !isPerson) ||
    name.folders.some((word) => referenceFolders.has(word))
  ) {
    kinds.add('reference')
  }
  return kinds
}

/** Whether a name says who its rows are and nothing that happens to them; a word unknown is a system. */
function isOnlyOf(who: ReadonlySet<string>, words: readonly string[]): boolean {
  return (
    words.some((word) => who.has(word)) &&
    words.every((word) => who.has(word) || plainWords.has(word) || !knows(word))
  )
}
