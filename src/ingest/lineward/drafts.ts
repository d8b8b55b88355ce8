import type { DecisionPayload, Draft, EntryKey, Json, Micros } from '../../model/index.ts'
import { hash } from 'node:crypto'
import { canonicalJson } from '../../model/index.ts'

/** Who decided, and when. */
export type Authored = Readonly<{ author: string; at: Micros }>

/**
 * The entry of a steward's decision. The same decision by the same person at the same microsecond
 * is the same entry; any later one is new, also when it says the same.
 */
export function decisionDraft(payload: DecisionPayload, { author, at }: Authored): Draft {
  return authored('decision', payload, { author, at }, [])
}

/**
 * The entry that ends the effect of other entries: of the copies of `keys` received before it.
 * `range` is what was asked for, before it was resolved to keys.
 */
export function retractionDraft(
  keys: readonly EntryKey[],
  { author, at, reason, range }: Authored & Readonly<{ reason: string; range: Json }>,
): Draft {
  const payload = { reason, range, entries: keys.length }
  return authored('retraction', payload, { author, at }, keys)
}

/** The entry that says what became of a dead letter, which it also takes out of effect. */
export function replayDraft(
  deadLetter: EntryKey,
  { author, at, event }: Authored & Readonly<{ event: EntryKey }>,
): Draft {
  return authored('replay', { deadLetter, event }, { author, at }, [deadLetter])
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
