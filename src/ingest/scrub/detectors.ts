import { findAssignments, findSecretOptions } from './assignments.ts'
import { findCards } from './card.ts'
import { findEmails } from './email.ts'
import { findAwsKeys, findHttpCredentials, findPrefixed, findPrivateKeys } from './known-secrets.ts'
import type { Span } from './marker.ts'
import type { ScrubRules } from './rules.ts'
import type { NameHint } from './name-hint.ts'
import { findMbis, mbiGoesOn } from './mbi.ts'
import { findMrns, mrnForm, mrnHint } from './mrn.ts'
import { findNpis, npiHint } from './npi.ts'
import { findPhones } from './phone.ts'
import { findSsns } from './ssn.ts'
import { findSecretParameters, findSignatures, findUserinfo, findUserinfoOfName } from './uri.ts'

/**
 * How a string is read. A `name` says what something is called, an `actor` who did it, `sql` is a
 * statement, `code` a program in another language; `text` is everything else.
 */
export type Reading = 'name' | 'actor' | 'text' | 'sql' | 'code'

/** What a detector is told beside the text: the key that it stands under, and what that says. */
export type Beside = Readonly<{ reading: Reading; name: string; hint: () => NameHint }>

type Detection = Readonly<{
  /** A text without this has no find; all of them are tried at once, before anything else. */
  hint: string
  /** What stands for the hint there, if another that holds more does. */
  hintOfAll?: string
  readings: readonly Reading[]
  find: (text: string, beside: Beside) => readonly Span[]
  /** The name above may say enough for a text that has nothing of the hint. */
  isNamed?: (hint: NameHint) => boolean
}>

const all: readonly Reading[] = ['actor', 'text', 'sql', 'code']
const notActor: readonly Reading[] = ['text', 'sql', 'code']
const digitsGoOn = '[-\\d\\s().\\u2010-\\u2013\\u00a0]{5}'
const digits = `\\d${digitsGoOn}`
/** Both begin with a digit: an expression that says so once is searched for faster. */
const digitsOrMbi = `\\d(?:${digitsGoOn}|${mbiGoesOn})`

/**
 * Everything that is looked for inside of a string, in this order: what shows its kind by itself
 * first, then what a name beside it says, identifiers last. A detector sees the markers of those
 * before it, and takes none of them for a find.
 *
 * In names nothing is looked for but what a URL or a command's options carry, since a dataset may be
 * called anything. An actor may be an address: who did it is part of the answer. In SQL
 * `a.token = b.token` compares two columns; what is assigned there is found by `scrubSql`.
 */
const detections: readonly Detection[] = [
  { hint: 'PRIVATE KEY', readings: all, find: findPrivateKeys },
  {
    hint: 'eyJ|gh[pousr]_|github_pat|gl(?:pat|dt|ptt|rt)-|xox|slack\\.com|_live_|_test_|whsec|sk-|AIza|ya29|GOCSPX|dapi|npm_|hv[sb]\\.|pypi-|SG\\.|Key=|IQoJ|FwoG|FQoG',
    readings: all,
    find: findPrefixed,
  },
  { hint: 'AKIA|ASIA|ABIA|ACCA|aws|secret', readings: all, find: findAwsKeys },
  { hint: '://|jdbc:', readings: all, find: findUserinfo },
  { hint: '@', readings: ['name'], find: findUserinfoOfName },
  { hint: '=', readings: ['name'], find: findSecretParameters },
  { hint: '(?:^|\\s)-', readings: ['name'], find: findSecretOptions },
  { hint: 'sig|awsaccesskey|x-(?:amz|goog|ms)-', readings: all, find: findSignatures },
  {
    hint: 'bearer|basic|curl|authorization|digest|negotiate',
    readings: all,
    find: (text, { name }) => findHttpCredentials(text, name),
  },
  {
    hint: 'passw|pass[-_ ]?phrase|pwd|pass\\b|key|secret|token|credential|identified',
    readings: ['actor', 'text', 'code'],
    find: (text, { reading }) => findAssignments(text, reading === 'code'),
  },
  {
    hint: '@|%40',
    readings: ['text', 'sql', 'code'],
    find: (text, { reading }) => findEmails(text, reading === 'sql'),
  },
  {
    hint: digits,
    hintOfAll: digitsOrMbi,
    readings: all,
    find: (text, { hint }) => findSsns(text, hint()),
  },
  {
    hint: digits,
    hintOfAll: digitsOrMbi,
    readings: all,
    find: (text, { hint }) => findCards(text, hint()),
  },
  {
    hint: digits,
    hintOfAll: digitsOrMbi,
    readings: ['text', 'sql', 'code'],
    find: (text, { hint }) => findPhones(text, hint()),
  },
  {
    hint: npiHint,
    hintOfAll: digitsOrMbi,
    readings: notActor,
    find: (text, { hint }) => findNpis(text, hint()),
    isNamed: (hint) => hint.npi,
  },
  {
    hint: `[1-9]${mbiGoesOn}`,
    hintOfAll: digitsOrMbi,
    readings: notActor,
    find: (text, { hint }) => findMbis(text, hint()),
  },
]

/** The same with the medical record numbers of a deployment, which are looked for last. */
export function detectionsOf({ mrn }: Pick<ScrubRules, 'mrn'>): readonly Detection[] {
  const forms = mrn.map(mrnForm)
  return [
    ...detections,
    {
      hint: [mrnHint, ...mrn.map(({ source }) => source)].join('|'),
      readings: notActor,
      find: (text, { hint }) => findMrns(text, hint(), forms),
      isNamed: (hint) => hint.mrn,
    },
  ]
}
