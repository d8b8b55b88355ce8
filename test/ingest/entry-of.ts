import type { Entry, Json, Micros } from '../../src/model/index.ts'
import { canonicalJson, entryKeyOf } from '../../src/model/index.ts'

/** An entry as the ledger would hold it, around a payload; `about` says what a case is about. */
export function entryOf(payload: Json | string, about: Partial<Entry> = {}): Entry {
  const draft = {
    kind: 'event',
    format: 'openlineage',
    eventKey: 'openlineage:test',
    digest: 'test',
    eventTime: 0 as Micros,
    source: 'openlineage:test',
    sender: 'etl',
    trust: 'SELF_REPORTED',
    context: {},
    exposures: [],
    payload: typeof payload === 'string' ? payload : canonicalJson(payload),
    retracts: [],
  } as const
  return {
    ...draft,
    key: entryKeyOf(draft),
    position: 'test:0' as Entry['position'],
    receivedAt: 1 as Micros,
    hash: '',
    ...about,
  }
}
