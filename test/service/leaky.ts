import type { EntryScrub } from '../../src/ingest/index.ts'
import type { Draft, Json } from '../../src/model/index.ts'
import { randomBytes } from 'node:crypto'
import { entryScrub } from '../../src/ingest/index.ts'
import { canonicalJson } from '../../src/model/index.ts'
import { at } from '../ledger/draft.ts'
import { scrub } from '../scrub.ts'

/** The scrubber of today, as one whose rules became stricter once (or more often). */
export function rulesOf(version: number): EntryScrub {
  return entryScrub({ ...scrub, version })
}

/** What rules let through that knew nothing, and what those of version 2 make of the same. */
export type Leak = Readonly<{ secret: string; dirty: Draft; clean: Draft }>

/** A random secret that is found by the name before it. */
function newSecret(): string {
  return `Zq${randomBytes(24).toString('hex')}`
}

/** Entries of every kind that can hold one, the same lineage each time but for the secrets. */
export function leaks(): readonly Leak[] {
  return [
    ...[0, 1, 2].map((number) => leakOf((secret) => runDraft(number, secret))),
    leakOf(decisionDraft),
    leakOf(deadLetterDraft),
    leakOf(textDraft),
    leakOf(accessDraft),
  ]
}

function leakOf(make: (secret: string) => Draft): Leak {
  const secret = newSecret()
  const dirty = make(secret)
  const entry = { ...dirty, ...standing }
  const { payload, context, exposures } = rulesOf(2).scrub(entry)
  return { secret, dirty, clean: { ...dirty, payload, context, exposures, scrubVersion: 2 } }
}

const standing = {
  key: 'k' as never,
  position: 'test:0' as never,
  receivedAt: at(0),
  hash: '',
}

function runDraft(number: number, secret: string): Draft {
  const facets = {
    documentation: { description: `Copies orders. Connect with password=${secret} as before` },
    schema: { fields: [{ name: 'id', type: 'int', description: `token=${secret}` }] },
  }
  const payload = {
    eventType: 'COMPLETE',
    eventTime: `2026-05-01T10:00:0${number}Z`,
    run: { runId: `0199c1f0-0000-7000-8000-00000000000${number}` },
    job: { namespace: 'jobs', name: `copy ${number}`, facets },
    inputs: [{ namespace: 'n', name: `table ${number}`, facets }],
    outputs: [{ namespace: 'n', name: `table ${number + 1}`, facets }],
    producer: 'https://example.test/producer',
  }
  return drafted('event', `run ${number}`, payload, 'openlineage')
}

function decisionDraft(secret: string): Draft {
  const of = { namespace: 'n', name: 'table 1' }
  const description = `Orders; password=${secret}`
  return drafted('decision', 'describe', { decision: 'describe', of, description }, 'lineward')
}

function deadLetterDraft(secret: string): Draft {
  const inputs = [{ namespace: 'n', name: 'table 0' }]
  return drafted('dead-letter', 'broken', { inputs, note: `password=${secret}` }, 'json')
}

function textDraft(secret: string): Draft {
  return { ...drafted('dead-letter', 'no json', '', 'text'), payload: `{"password": "${secret}"` }
}

function accessDraft(secret: string): Draft {
  const did = [{ action: 'READ', namespace: 's3://lake', name: 'raw' }]
  const payload = { call: 's3:GetObject', did, agent: `tool password=${secret}` }
  const author = 'arn:aws:iam::111122223333:role/etl'
  return { ...drafted('event', 'access', payload, 'cloudtrail-access'), author }
}

function drafted(kind: Draft['kind'], name: string, payload: Json, format: string): Draft {
  return {
    kind,
    format,
    eventKey: `${kind}:${name}`,
    digest: `digest of ${name}`,
    eventTime: at(0),
    source: 'openlineage:example.test/producer',
    sender: 'spark',
    trust: 'SELF_REPORTED',
    context: {},
    exposures: [],
    payload: canonicalJson(payload),
    retracts: [],
  }
}
