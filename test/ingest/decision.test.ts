import type { DecisionPayload, EntryKey, Micros } from '../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { decisionDraft, retractionDraft, translate } from '../../src/ingest/index.ts'
import { entryOf } from './entry-of.ts'
import { scrub } from '../scrub.ts'

const at = 1_772_323_200_000_000 as Micros
const spelled = { namespace: 's3a://hospital-lake', name: '/raw/visits/' }
const canonical = { namespace: 's3://hospital-lake', name: 'raw/visits' }
const other = { namespace: 'arn:aws:glue:eu-west-1:123456789012', name: 'table/raw/visits' }
const mention = { kind: 'mention', at, dataset: canonical, spelling: spelled, touched: false }

const factsOf = (payload: DecisionPayload) => {
  const draft = decisionDraft(payload, { author: 'ines', scrub, at })
  return translate({ ...entryOf(''), ...draft })
}

describe('a decision', () => {
  it.each<[DecisionPayload, object]>([
    [
      { decision: 'setOwners', of: spelled, owners: ['team:data', 'user:ines'] },
      { kind: 'owners', of: { dataset: canonical }, owners: ['team:data', 'user:ines'] },
    ],
    [
      { decision: 'describe', of: spelled, description: 'Visits as they come.' },
      { kind: 'description', of: { dataset: canonical }, text: 'Visits as they come.' },
    ],
    [
      { decision: 'splitNames', name: spelled, reason: 'two wards' },
      { kind: 'split', name: canonical, reason: 'two wards' },
    ],
  ])('$decision is a fact of a steward about a name that it only mentions', (payload, fact) => {
    const [first, second, ...others] = factsOf(payload)
    expect(first).toEqual(mention)
    expect(second).toMatchObject({ at, ...fact })
    expect(second !== undefined && 'by' in second ? second.by : 'steward').toBe('steward')
    expect(others).toEqual([])
  })

  it('joinNames joins two names in their canonical spelling', () => {
    expect(factsOf({ decision: 'joinNames', name: spelled, with: other, reason: 'one' })).toEqual([
      mention,
      { kind: 'mention', at, dataset: other, spelling: other, touched: false },
      { kind: 'join', at, name: canonical, with: other, reason: 'one' },
    ])
  })

  it('is an entry of its own each time, and the same one when it is the same', () => {
    const payload: DecisionPayload = { decision: 'setOwners', of: spelled, owners: [] }
    const one = decisionDraft(payload, { author: 'ines', scrub, at })
    expect(one).toMatchObject({
      kind: 'decision',
      format: 'lineward',
      sender: 'ines',
      eventTime: at,
    })
    expect(decisionDraft(payload, { author: 'ines', scrub, at })).toEqual(one)
    const later = decisionDraft(payload, { author: 'ines', scrub, at: (at + 1) as Micros })
    expect(later.eventKey).not.toBe(one.eventKey)
    expect(decisionDraft(payload, { author: 'omar', scrub, at }).eventKey).not.toBe(one.eventKey)
  })

  it('keeps no identifier of a person that its words held, and says what it took', () => {
    const description = 'Ask about 536-22-4471 first.'
    const draft = decisionDraft(
      { decision: 'describe', of: spelled, description },
      { author: 'ines', scrub, at },
    )
    expect(draft.payload).not.toContain('536-22-4471')
    expect(draft.exposures).toEqual([{ detector: 'ssn', path: '/description', count: 1 }])
    expect(translate({ ...entryOf(''), ...draft }).map(({ kind }) => kind)).toEqual([
      'mention',
      'description',
      'exposure',
    ])
  })

  it('that is none of ours is a problem and no failure', () => {
    for (const payload of ['{"decision":"sell"}', '[]', '{', '{"decision":"describe","of":7}']) {
      expect(translate(entryOf(payload, { kind: 'decision', format: 'lineward' }))).toMatchObject([
        { kind: 'problem', code: 'EVENT_MALFORMED' },
      ])
    }
  })
})

describe('a retraction', () => {
  it('names the entries, and says nothing about the world', () => {
    const keys = ['a', 'b'] as EntryKey[]
    const draft = retractionDraft(keys, {
      author: 'ines',
      scrub,
      at,
      reason: 'a test run',
      range: { sender: 'etl' },
    })
    expect(draft).toMatchObject({ kind: 'retraction', retracts: keys, sender: 'ines' })
    expect(JSON.parse(draft.payload)).toEqual({
      reason: 'a test run',
      range: { sender: 'etl' },
      entries: 2,
    })
    expect(translate({ ...entryOf(''), ...draft })).toEqual([])
  })
})
