import { describe, expect, test } from 'vitest'
import { createScrub } from '../../../src/ingest/scrub/index.ts'
import { scrub } from '../../scrub.ts'
import { activity, call, notified, objectCreated, objectRead } from './aws-events.ts'
import { inCode, inInput, inSql } from './places.ts'

/**
 * Texts of a million characters, each made to have a pattern try again at every character. Whoever
 * reads one in more than a few steps a character needs hours for it, not a second: that these tests
 * end at all is what they show.
 */
const length = 1_000_000
const long = (unit: string) => unit.repeat(Math.ceil(length / unit.length))

describe('a hostile text of a megabyte is read to its end', () => {
  test.each([
    'a',
    '1',
    '1-',
    '@',
    'a@b.',
    'a%40',
    '://',
    'a://b@',
    'password=',
    'password="',
    'password=${',
    'token: x ',
    "'--token', ",
    'eyJaaaaaaaaa.',
    '-----BEGIN PRIVATE KEY-----',
    'ssn 12345678 ',
    'secret kJ8/xQ2mN5pR7tVwYzA1bC3dE4fG6hI9jK0lM+nO ',
    'curl -u a:',
    'identified by ',
    '[scrubbed:',
    '{"a":[',
  ])('%s', (unit) => {
    const given = long(unit)
    const { text, finds } = scrub.text(given)
    expect(finds.length > 0).toBe(text !== given)
  })

  // What is looked for stands at the end, so that none of it is left out.
  test.each(["'", '"', "\\'", '$a$', '$$', '/*', '--', '(', 'in (1,', 'values (a),', "token 'a' "])(
    'as SQL: %s',
    (unit) => {
      const { finds } = scrub.event(inSql(`${long(unit)} x@y.de`), 'openlineage')
      expect(finds.map(({ path }) => path)).toContain('/job/facets/sql/query')
    },
  )

  test.each(['a', 'a://', 'a://b:c', 'a://b:c/,', '?password=', '&a=', 'jdbc:oracle:thin:a/b'])(
    'as a name: %s',
    (unit) => {
      const { finds } = scrub.event(inInput('x', `${long(unit)} s3://u:p@b`), 'openlineage')
      expect(finds.map(({ path }) => path)).toContain('/inputs/0/name')
    },
  )

  test('as a program', () => {
    const { value } = scrub.event(inCode('python', long('password=token=')), 'openlineage')
    expect(JSON.stringify(value).length).toBeGreaterThan(length)
  })

  test('as keys, all with the same find', () => {
    const addresses = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`a${index}@b.de`, index]),
    )
    const { value, finds } = scrub.event({ facet: addresses }, 'openlineage')
    expect(finds).toHaveLength(20_000)
    expect(JSON.stringify(value)).toContain('"[scrubbed:email]#20000":19999')
  })
})

describe('a hostile part of an event of AWS is read to its end', () => {
  const byDefault = createScrub({ tokenKey: Buffer.alloc(32), mrn: [] })
  const byForm = createScrub({ tokenKey: Buffer.alloc(32), mrn: [/[A-Z]{0,3}\d{6,10}/] })

  test.each([
    "'",
    '"',
    '(',
    "('a',",
    '{',
    "{'a':",
    "''",
    '$$',
    "unload ('",
    "select 'a' ",
    'between 1 and ',
    "values ('a'),",
    "with a='b',",
    'MRN 1234',
    '1EG4TE5MK7',
    '/* Presto View: ',
  ])('as a statement: %s', (unit) => {
    const { finds } = byDefault.event(
      activity(`${long(unit)} x@y.de`),
      'redshift-user-activity-log',
    )
    expect(finds.map(({ path }) => path)).toContain('/query')
  })

  test.each([
    '/',
    'a/',
    '~',
    'a=',
    '=',
    '1',
    '219-09-9998/',
    'a.',
    '.csv',
    '%',
    '%25',
    '+',
    '20260302',
    'x=1/',
    '-',
  ])('as a key: %s', (unit) => {
    const key = `${long(unit)}/john.doe.pdf`
    const arn = `arn:aws:s3:::b/${key}`
    const location = `s3://b/${long(unit)}/patient_id=john.doe/`
    for (const [event, format] of [
      [objectRead(key), 'cloudtrail'],
      [objectCreated(key), 'eventbridge'],
      [notified(key), 's3-notification'],
      [call('s3', 'CopyObject', { 'x-amz-copy-source': `b/${key}` }), 'cloudtrail'],
      [call('kms', 'Decrypt', { encryptionContext: { 'aws:s3:arn': arn } }), 'cloudtrail'],
      [call('glue', 'CreateTable', { location }), 'cloudtrail'],
    ] as const) {
      expect(JSON.stringify(byDefault.event(event, format).value)).not.toContain('john.doe')
    }
  })

  test.each(['MR0', '12345', 'MRN', 'mrn: 1-', 'mrn 1', 'AB1', '1EG4-TE5-', 'npi 123456789'])(
    'as a text with a configured form: %s',
    (unit) => {
      const { text } = byForm.text(`${long(unit)} AB1234567.`)
      expect(text).not.toContain('AB1234567')
    },
  )

  test.each([' ', '{ ', '*', '\n'])('as a payload: %j', (unit) => {
    const event = call('sns', 'Publish', { message: `${long(unit)}x` })
    const { finds } = byDefault.event(event, 'cloudtrail')
    expect(finds.map(({ path }) => path)).toEqual(['/requestParameters/message'])
  })

  test('as a member of a hundred thousand, each with a key of its own', () => {
    const members = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [
        `Table${index}Arn`,
        `arn:aws:s3:::b/${index}`,
      ]),
    )
    const { value } = byDefault.event(call('s3', 'Any', members), 'cloudtrail')
    expect(JSON.stringify(value)).not.toContain('arn:aws:s3:::b/77777"')
  })
})
