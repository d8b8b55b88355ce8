import { describe, expect, test } from 'vitest'
import { scrub as rules } from '../../scrub.ts'
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
    const { text, finds } = rules.text(given)
    expect(finds.length > 0).toBe(text !== given)
  })

  // What is looked for stands at the end, so that none of it is left out.
  test.each(["'", '"', "\\'", '$a$', '$$', '/*', '--', '(', 'in (1,', 'values (a),', "token 'a' "])(
    'as SQL: %s',
    (unit) => {
      const { finds } = rules.event(inSql(`${long(unit)} x@y.de`), 'openlineage')
      expect(finds.map(({ path }) => path)).toContain('/job/facets/sql/query')
    },
  )

  test.each(['a', 'a://', 'a://b:c', 'a://b:c/,', '?password=', '&a=', 'jdbc:oracle:thin:a/b'])(
    'as a name: %s',
    (unit) => {
      const { finds } = rules.event(inInput('x', `${long(unit)} s3://u:p@b`), 'openlineage')
      expect(finds.map(({ path }) => path)).toContain('/inputs/0/name')
    },
  )

  test('as a program', () => {
    const { value } = rules.event(inCode('python', long('password=token=')), 'openlineage')
    expect(JSON.stringify(value).length).toBeGreaterThan(length)
  })

  test('as keys, all with the same find', () => {
    const addresses = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`a${index}@b.de`, index]),
    )
    const { value, finds } = rules.event({ facet: addresses }, 'openlineage')
    expect(finds).toHaveLength(20_000)
    expect(JSON.stringify(value)).toContain('"[scrubbed:email]#20000":19999')
  })
})
