import { describe, expect, it } from 'vitest'
import { readSql } from '../../../src/ingest/sql/index.ts'

const digestOf = (text: string) => readSql(text, { dialect: 'redshift' })[0]?.digest

describe('the digest of a statement', () => {
  it.each([
    [
      'literals',
      "select a from t where b = 'x' and c in (1, 2)",
      "select a from t where b = 'y' and c in (30, 4)",
    ],
    [
      'numbers that were scrubbed',
      'select a from t where b = 12345',
      "select a from t where b = '[scrubbed:literal]'",
    ],
    ['parameters', 'select a from t where b = $1', 'select a from t where b = ?'],
    ['the letter case of its words', 'SELECT a FROM T', 'select A from t'],
    [
      'white space, comments and a last semicolon',
      'select a from t',
      '/* x */ select  a\n from t -- y\n;',
    ],
    [
      'another place to copy from',
      "copy t from 's3://a/b' iam_role 'r'",
      "copy t from 's3://c' iam_role 'q'",
    ],
    [
      'the literals of a statement within',
      "unload ('select a from t where b = ''x''') to 's3://a'",
      "unload ($$select a from t where b = 'y'$$) to 's3://b'",
    ],
    ['white space where it does not parse', 'frobnicate   a /* b */ c', 'frobnicate a\nc'],
  ])('is the same with other %s', (_what, one, other) => {
    expect(digestOf(one)).toBe(digestOf(other))
  })

  it.each([
    ['table', 'select a from t', 'select a from u'],
    ['column', 'select a from t', 'select b from t'],
    [
      'statement within',
      "unload ('select a from t') to 's3://a'",
      "unload ('select a from u') to 's3://a'",
    ],
    ['word where it does not parse', 'frobnicate a', 'frobnicate b'],
  ])('is another one with another %s', (_what, one, other) => {
    expect(digestOf(one)).not.toBe(digestOf(other))
  })
})
