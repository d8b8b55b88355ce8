import type {
  DecisionPayload,
  Draft,
  EntryKey,
  Exposure,
  Json,
  JsonObject,
  Micros,
} from '../../model/index.ts'
import type { Scrub } from '../scrub/index.ts'
import { hash } from 'node:crypto'
import { canonicalJson } from '../../model/index.ts'
import { freeWords, statementJson } from './statement.ts'

/** Who decided, and when. */
type Authored = Readonly<{ author: string; at: Micros }>

/**
 * The entry of a steward's decision. The same decision by the same person at the same microsecond
 * is the same entry; any later one is new, also when it says the same. Its free words are scrubbed
 * like everybody's; names and owners stay, they are what it is about.
 */
export function decisionDraft(
  payload: DecisionPayload,
  { author, at, scrub }: Authored & Readonly<{ scrub: Scrub }>,
): Draft {
  const exposures: Exposure[] = []
  const scrubbed = (of: JsonObject, keys: readonly string[], path: string): JsonObject => {
    const words = keys.flatMap((key) => {
      const value = of[key]
      if (typeof value !== 'string') return []
      const { text, finds } = scrub.text(value)
      exposures.push(...finds.map((find) => ({ ...find, path: `${path}/${key}` })))
      return [[key, text] as const]
    })
    return { ...of, ...Object.fromEntries(words) }
  }
  const written: JsonObject =
    payload.decision === 'state'
      ? {
          ...payload,
          statement: scrubbed(statementJson(payload.statement), freeWords, '/statement'),
        }
      : scrubbed({ ...payload }, wordsOf[payload.decision], '')
  const draft = authored('decision', written, { author, at }, [])
  return { ...draft, exposures, scrubVersion: scrub.version }
}

/** The free words of each decision. */
const wordsOf: Readonly<Record<Exclude<DecisionPayload['decision'], 'state'>, readonly string[]>> =
  {
    describe: ['description'],
    joinNames: ['reason'],
    splitNames: ['reason'],
    setOwners: [],
  }

/**
 * The entry that ends the effect of other entries: of the copies of `keys` received before it.
 * `range` is what was asked for, before it was resolved to keys.
 */
export function retractionDraft(
  keys: readonly EntryKey[],
  {
    author,
    at,
    reason,
    range,
    scrub,
  }: Authored & Readonly<{ reason: string; range: Json; scrub: Scrub }>,
): Draft {
  const { text, finds } = scrub.text(reason)
  const exposures = finds.map((find) => ({ ...find, path: '/reason' }))
  const payload = { reason: text, range, entries: keys.length }
  const draft = authored('retraction', payload, { author, at }, keys)
  return { ...draft, exposures, scrubVersion: scrub.version }
}

/** The entry that says what became of a dead letter, which it also takes out of effect. */
export function replayDraft(
  deadLetter: EntryKey,
  { author, at, events }: Authored & Readonly<{ events: readonly EntryKey[] }>,
): Draft {
  return authored('replay', { deadLetter, events }, { author, at }, [deadLetter])
}

function authored(
  kind: Draft['kind'],
  payload: Json,
  { author, at }: Authored,
  retracts: readonly EntryKey[],
): Draft {
  const text = canonicalJson(payload)
  const digest = digestOf(canonicalJson([kind, author, at, payload, retracts]))
  return {
    kind,
    format: 'lineward',
    eventKey: `lineward:${digest}`,
    digest,
    eventTime: at,
    source: `lineward:${kind}`,
    sender: author,
    trust: 'SELF_REPORTED',
    context: {},
    exposures: [],
    payload: text,
    retracts,
  }
}

/** Not keyed: what an author says is no secret of ours, and no key has to be at hand to say it. */
function digestOf(text: string): string {
  return hash('sha256', text, 'buffer').toString('base64url', 0, digestBytes)
}

const digestBytes = 16
