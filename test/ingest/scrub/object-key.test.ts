import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createScrub } from '../../../src/ingest/scrub/index.ts'
import { call, notified, objectCreated, objectRead, trailRecord } from './aws-events.ts'

const scrub = createScrub({ tokenKey: Buffer.alloc(32, 5), mrn: [] })
const another = createScrub({ tokenKey: Buffer.alloc(32, 6), mrn: [] })

/** A key as each source of events stores it. */
function storedKeys(key: string): Readonly<Record<string, string>> {
  const encoded = key
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll('%20', '+'))
    .join('/')
  const stored = {
    trail: scrub.event(objectRead(key), 'cloudtrail').value,
    bridge: scrub.event(objectCreated(key), 'eventbridge').value,
    notice: scrub.event(notified(encoded), 's3-notification').value,
  }
  const [, trail = '', arn = ''] = keysIn(
    stored.trail,
    /"key":"([^"]*)".*"arn:aws:s3:::lake\/([^"]*)"/,
  )
  const [, bridge = ''] = keysIn(stored.bridge, /"key":"([^"]*)"/)
  const [, notice = ''] = keysIn(stored.notice, /"key":"([^"]*)"/)
  return { trail, arn, bridge, notice: decodeURIComponent(notice.replaceAll('+', ' ')) }
}

const keysIn = (value: unknown, pattern: RegExp) => pattern.exec(JSON.stringify(value)) ?? []

describe('a key of an object', () => {
  test.each([
    [
      'raw/visits/dt=2026-03-02/part-00000.snappy.parquet',
      'raw/visits/dt=2026-03-02/part-00000.snappy.parquet',
    ],
    ['raw/john.doe.pdf', /^raw\/~[a-z2-7]{16}\.pdf$/],
    ['raw/john.doe', /^raw\/~[a-z2-7]{16}$/],
    ['raw/a.csv.gz', /^raw\/~[a-z2-7]{16}\.csv\.gz$/],
    ['in/219-09-9998/', /^in\/~[a-z2-7]{16}\/$/],
    ['in/mrn=12/_SUCCESS', /^in\/mrn=~[a-z2-7]{16}\/_SUCCESS$/],
    ['in/1234567/2026/', /^in\/~[a-z2-7]{16}\/2026\/$/],
    ['in/north ward/', 'in/north ward/'],
    ['part-john-doe.pdf', /^~[a-z2-7]{16}\.pdf$/],
    ['region=eu-west-1/year=2026/', 'region=eu-west-1/year=2026/'],
    ['', ''],
    ['/', '/'],
  ])('%j is stored the same by every source', (key, expected) => {
    const { trail = '', ...others } = storedKeys(key)
    if (typeof expected === 'string') expect(trail).toBe(expected)
    else expect(trail).toMatch(expected)
    for (const [source, other] of Object.entries(others)) {
      if (source !== 'arn' || key !== '') expect(other).toBe(trail)
    }
  })

  test('has one token for one part, wherever it stands, and another under another key', () => {
    const of = (by: typeof scrub, event: Parameters<typeof scrub.event>[0]) =>
      /~[a-z2-7]{16}/.exec(JSON.stringify(by.event(event, 'cloudtrail').value))?.[0]
    const token = of(scrub, objectRead('in/219-09-9998/'))
    expect(token).toBeDefined()
    expect(of(scrub, objectRead('a/b/219-09-9998/c/'))).toBe(token)
    expect(of(scrub, objectRead('t/ssn=219-09-9998/'))).toBe(token)
    expect(of(scrub, objectRead('in/219-09-9997/'))).not.toBe(token)
    expect(of(another, objectRead('in/219-09-9998/'))).not.toBe(token)
  })

  test('gives no token that says anything of another part with the same beginning', () => {
    const keys = Array.from({ length: 500 }, (_, index) => `in/a${index}.pdf`)
    const stored = keys.map((key) => storedKeys(key)['trail'])
    expect(new Set(stored).size).toBe(keys.length)
  })

  test('does not change again, whatever it is', () => {
    const part = fc.oneof(
      fc.constantFrom('raw', '', '~aaaaaaaaaaaaaaaa', 'dt=2026-03-02', 'mrn=1', 'x=219-09-9998'),
      fc.constantFrom(
        'a@b.co',
        '1234567',
        'part-00000.parquet',
        'x.csv',
        '_SUCCESS',
        'a b',
        '100%',
      ),
      fc.string({ maxLength: 12 }),
    )
    const key = fc.array(part, { maxLength: 6 }).map((parts) => parts.join('/'))
    fc.assert(
      fc.property(key, (given) => {
        for (const [event, format] of [
          [objectRead(given), 'cloudtrail'],
          [objectCreated(given), 'eventbridge'],
          [notified(given), 's3-notification'],
          [call('s3', 'CopyObject', { 'x-amz-copy-source': given }), 'cloudtrail'],
        ] as const) {
          const { value } = scrub.event(event, format)
          expect(scrub.event(value, format)).toEqual({ value, finds: [] })
        }
      }),
      { numRuns: 2000, seed: 1 },
    )
  })
})

test('the id of a key joins a session to the call that made it, and is not stored', () => {
  const id = ['AS', 'IA', 'V7KDP2WQ9LMXTRBE'].join('')
  const made = trailRecord('sts', 'AssumeRole', {
    responseElements: { credentials: { accessKeyId: id } },
  })
  const used = trailRecord('s3', 'ListBuckets', { userIdentity: { accessKeyId: id } })
  const tokens = [made, used].map(
    (event) => keysIn(scrub.event(event, 'cloudtrail').value, /"accessKeyId":"(~[a-z2-7]{16})"/)[1],
  )
  expect(tokens[0]).toBeDefined()
  expect(tokens[1]).toBe(tokens[0])
})
