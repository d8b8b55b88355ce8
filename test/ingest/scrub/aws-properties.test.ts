import type { Json } from '../../../src/model/index.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createScrub } from '../../../src/ingest/scrub/index.ts'
import { canaries, canaryRules } from './canary.ts'

const scrub = createScrub(canaryRules)
const formats = [
  'cloudtrail',
  'cloudtrail-digest',
  'eventbridge',
  's3-notification',
  'aws-record',
  'redshift-connection-log',
  'redshift-user-log',
  'redshift-user-activity-log',
  'json',
] as const

/** What statements, keys and secrets are made of, in any order: most of it makes no sense. */
const pieces =
  "'|''|\"|`|(|)|{|}|[|]|,|;|:|::|=|<|.|-|--|/*|*/|$$|$1|select |from |where |in |between |and |values |" +
  "unload (|copy |with |set |partition (|execute |get_dynamodb(|x|Roe|1961|48192103|'Roe'|s3://b/|arn:aws:s3:::b/|" +
  '/|part-00000.parquet|john.doe.pdf|dt=2026-03-02|mrn=|patient_id=|~aaaaaaaaaaaaaaaa|219-09-9998|a@b.co|' +
  'MR00081234|MRN 4814277|1EG4TE5MK73|npi 1234567893|%2F|%|+|***(Redacted)|***OMITTED***|[scrubbed:literal]|' +
  '[scrubbed:payload]|[scrubbed:|password=|--password|AKIAQ3EGUZ7ML0PXBVNT|${a}|*|call |\\|N|E'
const text = fc
  .array(fc.constantFrom(...pieces.split('|'), '\n', '|'), { maxLength: 14 })
  .map((parts) => parts.join(''))
const keys =
  'eventSource eventName requestParameters responseElements userIdentity resources ARN detail source key Key ' +
  'keys item items sql query statement message input data body endpoint location path prefix values tags name ' +
  'value arn accessKeyId credentials encryptionContext aws:s3:arn x-amz-copy-source s3 object dynamodb Keys ' +
  'NewImage S N M kinesis partitionKey parameters environment variables mrn token __proto__ args detail-type'
const key = fc.oneof(text, fc.constantFrom(...keys.split(' ')))
const word = fc.constantFrom(
  ...'s3 dynamodb states sns lambda ssm glue athena kinesis iam'
    .split(' ')
    .flatMap((name) => [`${name}.amazonaws.com`, `aws.${name}`]),
  'AWS API Call via CloudTrail',
)

const anyEvent = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    text,
    word,
    text.map((inner) => JSON.stringify({ password: inner, sql: inner, key: inner })),
    text.map((inner) => `/* Presto View: ${Buffer.from(inner).toString('base64')} */`),
    fc.constantFrom<Json>(219099998, 4814277, 7, true, null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 6 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).json

test.each(formats)('scrubbing what is scrubbed changes nothing: %s', (format) => {
  let changes = 0
  fc.assert(
    fc.property(anyEvent, (event) => {
      const once = scrub.event(event, format)
      if (once.value !== event) changes += 1
      const twice = scrub.event(once.value, format)
      expect(twice.finds).toEqual([])
      expect(twice.value).toBe(once.value)
      expect(JSON.stringify(scrub.event(structuredClone(event), format))).toBe(JSON.stringify(once))
    }),
    { numRuns: 2000, seed: 1 },
  )
  // A property that met nothing to take out would show nothing.
  expect(changes).toBeGreaterThan(200)
})

test('a scrubbed event keeps its members, their order, and what stands beside the finds', () => {
  for (const { event, format } of canaries) {
    const { value } = scrub.event(event, format)
    expect(topOf(value)).toEqual(topOf(event))
  }
})

/** The names at the top, which are never anybody's. */
function topOf(value: unknown): readonly string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}
