import type { LinewardError } from '../errors.ts'
import type { Draft, Entry, EntryKey, EntryKind, Exposure, Micros, Trust } from '../model/index.ts'
import { canonicalJson, isJsonObject, micros } from '../model/index.ts'
import { broken } from './broken.ts'

/** An entry without its payload, and without what follows from where it stands. */
export type Header = Omit<Entry, 'payload' | 'key' | 'position' | 'hash' | 'erased'> &
  Readonly<{ chain: string; index: number }>

const kinds: Readonly<Record<EntryKind, true>> = {
  event: true,
  decision: true,
  retraction: true,
  'dead-letter': true,
  replay: true,
  tally: true,
}
const trusts: Readonly<Record<Trust, true>> = {
  SELF_REPORTED: true,
  DELIVERED: true,
  VERIFIED: true,
}

/**
 * The header as canonical JSON (`canonicalJson`), one line: what an entry's hash covers beside the
 * commitment to its payload. Written by hand, since it is made for every event.
 */
export function headerText(
  draft: Draft,
  at: { readonly chain: string; readonly index: number; readonly receivedAt: Micros },
): string {
  const { author, context, corrects, exposures, retracts, scrubVersion } = draft
  const correcting = corrects === true ? '"corrects":true,' : ''
  const authored = author === undefined ? '' : `"author":${JSON.stringify(author)},`
  const scrubbed = scrubVersion === undefined ? '' : `"scrubVersion":${scrubVersion},`
  return `{${authored}"chain":${JSON.stringify(at.chain)},"context":${canonicalJson(context)},${correcting}\
"digest":${JSON.stringify(draft.digest)},"eventKey":${JSON.stringify(draft.eventKey)},\
"eventTime":${draft.eventTime},"exposures":${exposures.length === 0 ? '[]' : canonicalJson(exposures)},\
"format":${JSON.stringify(draft.format)},"index":${at.index},"kind":"${draft.kind}",\
"receivedAt":${at.receivedAt},"retracts":${JSON.stringify(retracts)},${scrubbed}\
"sender":${JSON.stringify(draft.sender)},"source":${JSON.stringify(draft.source)},"trust":"${draft.trust}"}`
}

/**
 * Reads what `headerText` wrote.
 *
 * @throws LinewardError LEDGER_BROKEN when it is anything else.
 */
export function parseHeader(text: string): Header {
  const { value, problem } = jsonOf(text)
  if (!isJsonObject(value)) throw malformed(problem)
  const field = (name: string): unknown => value[name]
  const textOf = (name: string): string => stringOf(field(name), name)
  const optional = <Value>(name: string, read: (value: unknown, name: string) => Value) =>
    field(name) === undefined ? {} : { [name]: read(field(name), name) }
  return {
    ...optional('author', stringOf),
    ...optional('corrects', trueOf),
    ...optional('scrubVersion', numberOf),
    chain: textOf('chain'),
    context: contextOf(field('context')),
    digest: textOf('digest'),
    eventKey: textOf('eventKey'),
    eventTime: timeOf(field('eventTime'), 'eventTime'),
    exposures: listOf(field('exposures'), 'exposures').map(exposureOf),
    format: textOf('format'),
    index: numberOf(field('index'), 'index'),
    kind: oneOf(kinds, field('kind'), 'kind'),
    receivedAt: timeOf(field('receivedAt'), 'receivedAt'),
    retracts: listOf(field('retracts'), 'retracts').map(
      (key) => stringOf(key, 'retracts') as EntryKey,
    ),
    sender: textOf('sender'),
    source: textOf('source'),
    trust: oneOf(trusts, field('trust'), 'trust'),
  }
}

function jsonOf(text: string): { readonly value: unknown; readonly problem: unknown } {
  try {
    return { value: JSON.parse(text), problem: undefined }
  } catch (problem) {
    return { value: null, problem }
  }
}

function contextOf(value: unknown): Readonly<Record<string, string>> {
  if (!isJsonObject(value)) throw malformed('context')
  for (const item of Object.values(value)) stringOf(item, 'context')
  return value as Readonly<Record<string, string>>
}

function exposureOf(value: unknown): Exposure {
  if (!isJsonObject(value)) throw malformed('exposures')
  return {
    detector: stringOf(value['detector'], 'detector'),
    path: stringOf(value['path'], 'path'),
    count: numberOf(value['count'], 'count'),
  }
}

function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw malformed(name)
  return value
}

function stringOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw malformed(name)
  return value
}

function trueOf(value: unknown, name: string): true {
  if (value !== true) throw malformed(name)
  return value
}

function numberOf(value: unknown, name: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw malformed(name)
  return value
}

function timeOf(value: unknown, name: string): Micros {
  try {
    return micros(numberOf(value, name))
  } catch (cause) {
    throw malformed(cause)
  }
}

function oneOf<Word extends string>(
  words: Readonly<Record<Word, true>>,
  value: unknown,
  name: string,
): Word {
  if (typeof value !== 'string' || !Object.hasOwn(words, value)) throw malformed(name)
  return value as Word
}

function malformed(cause: unknown): LinewardError {
  return broken('Its header does not read as one', { cause })
}
