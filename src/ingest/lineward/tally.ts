import type { Draft, Entry, Fact, Json, Micros } from '../../model/index.ts'
import { randomUUID } from 'node:crypto'
import { LinewardError } from '../../errors.ts'
import { canonicalJson, isJsonObject } from '../../model/index.ts'
import { isList, member } from '../members.ts'

/** How many events of one name a batch held that a table knows to be irrelevant. */
export type Tally = Readonly<{ source: string; name: string; count: number }>

/**
 * The entry that counts what is not kept. Each is an entry of its own: nothing of the events is left
 * by which a copy could be told, so what is sent twice is counted twice.
 */
export function tallyDraft(
  tallies: readonly Tally[],
  { sender, at }: Readonly<{ sender: string; at: Micros }>,
): Draft {
  const digest = randomUUID()
  return {
    kind: 'tally',
    format: 'lineward',
    eventKey: `tally:${digest}`,
    digest,
    eventTime: at,
    source: 'lineward:tally',
    sender,
    trust: 'SELF_REPORTED',
    context: {},
    exposures: [],
    payload: canonicalJson(tallies.map((tally) => ({ ...tally }))),
    retracts: [],
  }
}

/**
 * What a tally counts.
 *
 * @throws LinewardError EVENT_MALFORMED when the payload is no tally of ours.
 */
export function tallyFacts(
  payload: Json,
  { eventTime: at }: Pick<Entry, 'eventTime'>,
): readonly Fact[] {
  if (!isList(payload)) throw malformed()
  return payload.map((tally): Fact => {
    const [source, name, count] = ['source', 'name', 'count'].map((key) =>
      isJsonObject(tally) ? member(tally, key) : undefined,
    )
    if (typeof source !== 'string' || typeof name !== 'string' || typeof count !== 'number') {
      throw malformed()
    }
    return { kind: 'tally', at, source, name, count }
  })
}

function malformed(): LinewardError {
  return new LinewardError('EVENT_MALFORMED', 'The payload is no tally that is known here')
}
