import { createHmac } from 'node:crypto'
import { scrubString } from './text.ts'

/** Names that tools give to files and folders of their own; they say nothing of what is in them. */
const ofTools =
  /^(?:part-[\w.-]*|_SUCCESS|_committed_\S*|_started_\S*|_temporary|_delta_log|_spark_metadata|\.hive-staging\S*|metadata|manifest|\d{6}_\d{1,3}|\*{1,2}|\d{20}\.(?:json|checkpoint\.parquet))$/

/** Years, months, days, hours and times, as partitions have them. */
const ofTime =
  /^(?:\d{1,2}|(?:19|20)\d\d|(?:19|20)\d{6}|(?:19|20)\d{4}|(?:19|20)\d\d-\d\d(?:-\d\d)?(?:[T_-]\d\d(?:[:-]?\d\d){0,2}Z?)?|(?:19|20)\d{8,12})$/

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const longDigits = /\d{6,}/
const person =
  /(?:^|[_-])(?:mrn|ssn|npi|mbi|patient|person|member|subscriber|beneficiary|encounter|visit|subject|pid|guarantor|insured)(?:[_-]?(?:id|no|nr|num|number|key))?$/i
const account = /^\d{12}$/
const token = /^~[a-z2-7]{16}(?:\.[a-z0-9]{1,10}){0,2}$/
/** Whether the text is a token and nothing else. */
export function isToken(text: string): boolean {
  return token.test(text)
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
const tokenCharacters = 16

/** Of an object's key: what of it is shown, and how many parts were not. */
export type ShownKey = Readonly<{ key: string; hidden: number }>

/**
 * The part of a key, or any other secret, as a word that is the same wherever the same part stands, and
 * tells nothing of it without the key of this installation.
 */
export function tokenOf(part: string, tokenKey: Buffer): string {
  const bytes = createHmac('sha256', tokenKey).update(part).digest()
  let word = ''
  for (const byte of bytes.subarray(0, tokenCharacters)) word += alphabet.charAt(byte % 32)
  return `~${word}`
}

/**
 * The key of an object in a store: its folders, since they are the dataset, and a token in the place of
 * its file name and of each folder that looks like somebody's identifier. What tools name (`part-…`,
 * `_SUCCESS`) and what tells a time stays. Equal parts have equal tokens; a key that was shown once is
 * shown the same again.
 *
 * @see aws-events.md section 8, design.md section 4
 */
export function shownKey(key: string, tokenKey: Buffer): ShownKey {
  const parts = key.split('/')
  let hidden = 0
  const shown = parts.map((part, index) => {
    const isFile = index === parts.length - 1
    const put = isFile
      ? shownFile(part, tokenKey)
      : shownFolder(part, { tokenKey, before: parts[index - 1] })
    if (put !== part) hidden += 1
    return put
  })
  return { key: shown.join('/'), hidden }
}

function shownFile(name: string, tokenKey: Buffer): string {
  if (name === '' || ofTools.test(name) || token.test(name) || ofTime.test(name)) return name
  const [, ending = ''] = /^.+?((?:\.[a-z0-9]{1,10}){1,2})$/i.exec(name) ?? []
  // A name like `john.doe` has no ending: two known words at most are one.
  const kept = /^(?:\.[a-z][a-z0-9]{1,9}){1,2}$/i.test(ending) && isEnding(ending) ? ending : ''
  return `${tokenOf(name, tokenKey)}${kept.toLowerCase()}`
}

const endings: ReadonlySet<string> = new Set(
  'parquet orc avro json jsonl ndjson csv tsv txt log gz snappy zst bz2 zip xml hl7 dcm pdf png jpg jpeg tif tiff html crc manifest sql py jar sh deflate lz4 lzo seq bin dat xlsx docx'.split(
    ' ',
  ),
)

function isEnding(ending: string): boolean {
  return ending
    .slice(1)
    .split('.')
    .every((word) => endings.has(word.toLowerCase()))
}

function shownFolder(
  part: string,
  { tokenKey, before }: Readonly<{ tokenKey: Buffer; before: string | undefined }>,
): string {
  if (part === '' || ofTools.test(part) || ofTime.test(part) || token.test(part)) return part
  const [, name, value = ''] = /^([^=]{1,128})=(.*)$/s.exec(part) ?? []
  if (name !== undefined) {
    const isSomebody = person.test(name) || isIdentifier(value)
    const stays = value === '' || token.test(value) || (ofTime.test(value) && !person.test(name))
    return stays || !isSomebody ? part : `${name}=${tokenOf(value, tokenKey)}`
  }
  // AWS writes its own logs below the number of an account.
  if (account.test(part) && before === 'AWSLogs') return part
  return isIdentifier(part) ? tokenOf(part, tokenKey) : part
}

function isIdentifier(part: string): boolean {
  if (uuid.test(part) || longDigits.test(part)) return true
  let isFound = false
  scrubString(part, 'text', '', () => {
    isFound = true
  })
  return isFound
}
