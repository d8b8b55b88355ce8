import type { Word } from './words.ts'
import { givenNames } from './given-names.ts'
import { mainMatch, readName } from './name-rules.ts'
import { knows } from './vocabulary.ts'
import { tokensOf, wordsOf } from './words.ts'

/** Where in the metadata a text stands. */
export type MetadataPlace = 'NAME' | 'PARTITION' | 'JOB' | 'COMMENT'

/** Something in a text of metadata that says who somebody is, without what it is. */
export type MetadataExposure = Readonly<{
  place: MetadataPlace
  label: string
  /** 0.5 to 1. */
  score: number
  /** What it was known by, in words that hold nothing of it. */
  words: string
}>

/** The exposures of one text, and the text with `{…}` for each: what a catalog may keep. */
export type ReadMetadata = Readonly<{
  exposures: readonly MetadataExposure[]
  template: string
}>

const charactersMax = 4_000
const left = '{…}'

/** Forms that are what they look like wherever they stand; each is bounded in length. */
const forms: readonly Readonly<{ label: string; score: number; words: string; pattern: RegExp }>[] =
  [
    {
      label: 'ID.EMAIL',
      score: 0.95,
      words: 'an e-mail address',
      pattern: /(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[a-z]{2,20}){1,3}(?!\w)/gi,
    },
    {
      label: 'ID.SSN',
      score: 0.9,
      words: 'the form of a social security number',
      pattern: /(?<![\w-])(?!000|666|9)\d{3}([-. ])(?!00)\d{2}\1(?!0000)\d{4}(?![\w-])/g,
    },
    {
      label: 'ID.PHONE',
      score: 0.8,
      words: 'the form of a telephone number',
      pattern: /(?<![\w.-])(?:\+?1[-. ])?\(?[2-9]\d{2}\)?[-. ][2-9]\d{2}[-. ]\d{4}(?![\w-])/g,
    },
  ]

/**
 * Rule K-16: what in a dataset's name, a partition value, a job's name or a comment says who
 * somebody is. Reads forms (SSN, e-mail, telephone), `key=value` whose key names an identifier of
 * a person, and in names of files two words that are no words of schemas beside a given name or a
 * full date. Dates alone are how data are laid out, and no exposure. A longer text is read, and
 * given back, to its first 4,000 characters.
 *
 * @see phi.md section 5, K-16
 */
export function readMetadata(text: string, place: MetadataPlace): ReadMetadata {
  const exposures: MetadataExposure[] = []
  let rest = text.slice(0, charactersMax)
  for (const { pattern, ...form } of forms) {
    const without = rest.replaceAll(pattern, left)
    if (without !== rest) exposures.push({ place, ...form })
    rest = without
  }
  const parts = rest.split(/([/,;\s&?]+)/).map((part) => {
    const exposed = part.includes(left) ? undefined : exposedPart(part, place)
    if (exposed === undefined) return part
    const { template, ...found } = exposed
    exposures.push({ place, ...found })
    return template
  })
  return { exposures, template: parts.join('') }
}

type ExposedPart = Omit<MetadataExposure, 'place'> & Readonly<{ template: string }>

function exposedPart(part: string, place: MetadataPlace): ExposedPart | undefined {
  if (part.length > 300) return undefined
  return exposedValue(part) ?? (place === 'COMMENT' ? undefined : exposedStem(part))
}

const ofPersons = new Set(['person', 'health'] as const)

/** `patient_id=12345`, `mrn:0099120`: a key that names an identifier, with a value. */
function exposedValue(part: string): ExposedPart | undefined {
  const cut = part.search(/[=:]/)
  if (cut <= 0 || cut === part.length - 1) return undefined
  const [key, value] = [part.slice(0, cut), part.slice(cut + 1)]
  if (
    !/\d|\p{L}{2}/u.test(value) ||
    value.startsWith('/') ||
    /^[{$]|__HIVE_DEFAULT_PARTITION__/.test(value)
  )
    return undefined
  const label = labelOfKey(wordsOf(tokensOf(key)))
  if (label === undefined || label === 'ID.DATE') return undefined
  const words = `a value of ${tokensOf(key).join(' ')}`
  return { label, score: 0.85, words, template: part.slice(0, cut + 1) + left }
}

function labelOfKey(words: readonly Word[]): string | undefined {
  const match = mainMatch(readName(words), ofPersons)
  return match?.rule.label.startsWith('ID.') === true && match.rule.say !== '*' && match.isExact
    ? match.rule.label
    : undefined
}

const ending = /\.[a-z0-9]{1,8}(?:\.gz)?$/i
const fullDate = /(?<!\d)(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?!\d)/

/** `john_smith_1954-03-02.pdf`: two words that schemas do not use, and a given name or a date. */
function exposedStem(part: string): ExposedPart | undefined {
  const stem = part.replace(ending, '')
  const tokens = stem.split(/[^\p{L}]+/u).filter((token) => token.length >= 2)
  if (tokens.length < 2 || tokens.length > 4) return undefined
  const names = tokens.map((token) => token.toLowerCase()).filter((token) => !knows(token))
  if (names.length < 2) return undefined
  const isGiven = names.some((name) => givenNames.has(name))
  const isDated = fullDate.test(stem)
  if (!isGiven && !isDated) return undefined
  const score = isGiven && isDated ? 0.9 : isGiven ? 0.7 : 0.55
  const words = [
    isGiven ? 'a given name beside another word' : 'two words of no schema',
    ...(isDated ? ['a full date'] : []),
  ].join(' and ')
  return { label: 'ID.NAME', score, words, template: left + part.slice(stem.length) }
}
