import type { Json } from '../../../src/model/index.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scrub as rules } from '../../scrub.ts'

/** What finds are made of, and what stands between them, in any order: most of it makes no sense. */
const pieces =
  'password|token|secret|credentials|api key|--|-D|=|:| | |"|\'|\\|(|)|[|]|{|}|<|>|/|//|://|@|.|-|_|,|;|&|?|$|${|$$|' +
  '%40|ssn|phone|card|219-09-9998|219099998|4111111111111111|jane|x.org|a@b.co|+1|217|555|0143|' +
  '2175550143|AKIAQ3EGUZ7ML0PXBVNT|eyJhbGciOiJI|.eyJz|select |insert into t (a, password) values (|' +
  'identified by |set a.password=|is |x|7|hunter2|[scrubbed:ssn]|[scrubbed:token]|[scrubbed:|#2|' +
  '-----BEGIN PRIVATE KEY-----|-----END PRIVATE KEY-----|bearer |basic |authorization|sig|null|/*|*/|-- |</|name|value|é|option('
const text = fc
  .array(fc.constantFrom(...pieces.split('|'), '\n', '|'), { maxLength: 14 })
  .map((parts) => parts.join(''))

const keys =
  'password sql query name value key left right field facets run job inputs schema fields ssn phone ' +
  'columnMetrics min sourceCode language dataQualityMetrics columnLineage __proto__ namespace uri'
const key = fc.oneof(text, fc.constantFrom(...keys.split(' ')))

const anyEvent = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 5 },
    text,
    text.map((inner) => JSON.stringify({ password: inner, a: [inner] })),
    fc.constantFrom<Json>(219099998, 7, true, null),
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).json

/** The value with only its structure left. */
function shapeOf(value: Json): Json {
  if (Array.isArray(value)) return value.map(shapeOf)
  return typeof value === 'object' && value !== null ? Object.values(value).map(shapeOf) : 0
}

test('scrubbing what is scrubbed finds nothing and changes nothing', () => {
  let finds = 0
  fc.assert(
    fc.property(anyEvent, (event) => {
      const once = rules.event(event, 'openlineage')
      finds += once.finds.length
      const twice = rules.event(once.value, 'openlineage')
      expect(twice.finds).toEqual([])
      expect(twice.value).toBe(once.value)
    }),
    { numRuns: 5000, seed: 1 },
  )
  // A property that met no find would show nothing.
  expect(finds).toBeGreaterThan(1000)
})

test('equal events give equal results, of the same structure', () => {
  fc.assert(
    fc.property(anyEvent, (event) => {
      const copy: Json = structuredClone(event)
      const result = rules.event(event, 'openlineage')
      expect(JSON.stringify(rules.event(copy, 'openlineage'))).toBe(JSON.stringify(result))
      expect(shapeOf(result.value)).toEqual(shapeOf(event))
    }),
    { numRuns: 2000, seed: 1 },
  )
})

test('a text without finds is the text; any other is settled at once', () => {
  fc.assert(
    fc.property(text, (given) => {
      const once = rules.text(given)
      expect(once.finds.length > 0).toBe(once.text !== given)
      expect(rules.text(once.text)).toEqual({ text: once.text, finds: [] })
    }),
    { numRuns: 5000, seed: 1 },
  )
})

test('a number, a name or an id of no one is never touched', () => {
  const harmless = fc.oneof(
    fc.uuid(),
    fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc.ipV4(),
    fc.integer({ min: 1_500_000_000_000, max: 1_999_999_999_999 }).map(String),
    fc
      .array(fc.integer({ min: 0, max: 15 }), { minLength: 40, maxLength: 64 })
      .map((digits) => digits.map((digit) => digit.toString(16)).join('')),
    fc.tuple(fc.nat(20), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.')),
    fc
      .integer({ min: 100_000_000_000, max: 999_999_999_999 })
      .map((account) => `arn:aws:glue:eu-west-1:${account}:table/a/b`),
  )
  fc.assert(
    fc.property(
      fc.array(harmless, { minLength: 1, maxLength: 4 }),
      fc.double(),
      (texts, number) => {
        const event = { clinic_facet: { note: texts.join(' '), each: texts, number } }
        expect(rules.event(event, 'openlineage').finds).toEqual([])
      },
    ),
    { numRuns: 5000, seed: 1 },
  )
})
