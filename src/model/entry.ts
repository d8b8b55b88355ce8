import type { Statement } from './governance.ts'
import type { Brand } from './brand.ts'
import type { Micros } from './time.ts'
import { createHash } from 'node:crypto'

/** 22 characters made from (event key, content digest): equal for copies of one event, on every chain. */
export type EntryKey = Brand<string, 'EntryKey'>

/** `{chain}:{index}`: where one copy of an entry stands. Opaque to callers, 0 is a chain's first. */
export type Position = Brand<string, 'Position'>

/**
 * SELF_REPORTED by a producer's token; DELIVERED by a queue or bucket that we read; VERIFIED against
 * a signed digest.
 */
export type Trust = 'SELF_REPORTED' | 'DELIVERED' | 'VERIFIED'

/**
 * What an entry is. An `event` came from outside; a `decision` is a person's mutation; a
 * `retraction` ends the effect of other entries; a `dead-letter` is input that could not be
 * identified; a `replay` says what became of a dead letter; a `tally` counts events that a table
 * knows to be irrelevant and that are not kept.
 */
export type EntryKind = 'event' | 'decision' | 'retraction' | 'dead-letter' | 'replay' | 'tally'

/** One find of the scrubber: which detector, where (a JSON pointer), how often; never the value. */
export type Exposure = Readonly<{ detector: string; path: string; count: number }>

/** What intake or a mutation hands to the ledger. `payload` is scrubbed already. */
export type Draft = Readonly<{
  kind: EntryKind
  /** How the payload reads: an event's format, `lineward` (decisions and what is like them), `text`. */
  format: string
  /** The event's own id in its own account; OpenLineage: its canonical content. */
  eventKey: string
  /** Keyed digest of the event before scrubbing. */
  digest: string
  eventTime: Micros
  /** (format, account and region or producer, resource type) in one string. */
  source: string
  sender: string
  trust: Trust
  /** The principal who did what the event tells of, where it names one (`naming.md`). */
  author?: string | undefined
  /** It stands for the event with its event key, whatever else says it is that one. */
  corrects?: true | undefined
  /** The version of the rules that the payload was scrubbed by; absent: 1. */
  scrubVersion?: number | undefined
  context: Readonly<Record<string, string>>
  exposures: readonly Exposure[]
  /** JSON text, or the scrubbed text itself for a dead letter that is not JSON. */
  payload: string
  /** The entries whose copies so far lose their effect: of a retraction, or of a replayed dead letter. */
  retracts: readonly EntryKey[]
}>

/** A draft as it stands in the ledger. `receivedAt` is strictly increasing along a chain. */
export type Entry = Draft &
  Readonly<{
    key: EntryKey
    position: Position
    receivedAt: Micros
    hash: string
    /** Its payload was taken out of the ledger, and is the empty text here. */
    erased?: true | undefined
  }>

/** The entry key of (event key, content digest). */
export function entryKeyOf(event: {
  readonly eventKey: string
  readonly digest: string
}): EntryKey {
  const preimage = JSON.stringify([event.eventKey, event.digest])
  return createHash('sha256')
    .update(preimage)
    .digest()
    .subarray(0, 16)
    .toString('base64url') as EntryKey
}

/** A person's decision as it stands in a `decision` entry's payload. */
export type DecisionPayload = Readonly<
  | { decision: 'setOwners'; of: SpelledName; owners: readonly string[] }
  | { decision: 'describe'; of: SpelledName; description: string }
  | { decision: 'joinNames'; name: SpelledName; with: SpelledName; reason: string }
  | { decision: 'splitNames'; name: SpelledName; reason: string }
  | { decision: 'state'; statement: Statement; person: string }
>

/** A name as a person gave it, before it is made canonical. */
export type SpelledName = Readonly<{ namespace: string; name: string }>
