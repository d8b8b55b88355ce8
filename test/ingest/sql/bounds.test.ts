import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSql } from '../../../src/ingest/sql/index.ts'
import { redshiftStatements } from './statements/redshift.ts'

const read = (text: string) => readSql(text, { dialect: 'redshift', database: 'dev' })

describe('any text', () => {
  const words = fc.constantFrom(
    ...(
      'select from where join on using insert into update set delete merge when matched then create ' +
      'table view as with recursive unload copy to values case end over partition by order group having ' +
      'union all except intersect temp external schema t s.t a b "q" \'x\' $$ $1 ? :x ${y} ( ) , ; . * = ' +
      '[scrubbed:literal] /* -- \' " ` \\ \n'
    ).split(' '),
  )

  it('gives statements, and never a failure', () => {
    const text = fc.oneof(
      fc.array(words, { maxLength: 40 }).map((parts) => parts.join(' ')),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
    )
    fc.assert(
      fc.property(text, (sql) => {
        for (const statement of read(sql)) {
          expect(statement.digest).toMatch(/^[0-9a-f]{12}$/)
          expect(statement.verb).not.toBe('')
        }
      }),
      { numRuns: 300 },
    )
  })

  it('that is part of a statement gives what is in that part, and never a failure', () => {
    const cut = fc
      .tuple(fc.constantFrom(...redshiftStatements.map(([text]) => text)), fc.nat(), fc.nat())
      .map(([text, from, length]) => text.slice(from % text.length).slice(0, length % text.length))
    fc.assert(
      fc.property(cut, (sql) => {
        expect(read(sql).every(({ inputs }) => Array.isArray(inputs))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('is read the same again', () => {
    for (const [text] of redshiftStatements) expect(read(text)).toEqual(read(text))
  })
})

describe('a text made to cost', () => {
  const nested = (open: string, close: string, times: number) =>
    `select ${open.repeat(times)}a${close.repeat(times)} from t`
  const list = (item: string, times: number, by: string) => Array(times).fill(item).join(by)

  it.each([
    ['brackets', nested('(', ')', 50_000)],
    ['calls', nested('f(', ')', 5_000)],
    ['unclosed brackets', `select * from t where ${'('.repeat(50_000)}`],
    ['cases', nested('case when a then ', ' end', 3_000)],
    ['NOTs', `select * from t where ${'not '.repeat(5_000)}a`],
    ['signs', `select ${'- '.repeat(5_000)}a from t`],
    ['queries in queries', `${'select * from ('.repeat(90)}select a from t${') q'.repeat(90)}`],
    [
      'more queries in queries',
      `${'select * from ('.repeat(3_000)}select a from t${') q'.repeat(3_000)}`,
    ],
    ['an endless sum', `select ${list('a', 9_000, ' + ')} from t`],
    ['an endless AND', `select * from t where ${list('a = 1', 3_000, ' and ')}`],
    ['casts', `select a${'::int'.repeat(4_000)} from t`],
    ['fields', `select a${'.b'.repeat(9_000)} from t`],
    ['columns', `select ${list('upper(a)', 4_000, ', ')} from t`],
    ['unions', list('select a from t', 2_000, ' union all ')],
    ['joins', `select * from t ${list('join t on a = b', 1_000, ' ')}`],
    [
      'views that double',
      `with ${Array.from({ length: 40 }, (_u, n) => `v${n} as (select a, a as b from ${n === 0 ? 't' : `v${n - 1} x join v${n - 1} y on x.a = y.b`})`).join(', ')} select * from v39`,
    ],
    ['values', `insert into t (a) values ${list('(1)', 5_000, ', ')}`],
    ['an endless name', `select * from ${'a'.repeat(200_000)}`],
    ['an endless literal', `select '${'x'.repeat(400_000)}' from t`],
    ['an open literal', `select * from t where a = '${'x'.repeat(100_000)}`],
    ['an open comment', `select * from t /* ${'* '.repeat(100_000)}`],
    ['quotes', `select ${'"'.repeat(50_001)} from t`],
    ['dollars', `select ${'$a$ '.repeat(20_001)} from t`],
    ['semicolons', ';'.repeat(100_000)],
    ['statements', 'begin;'.repeat(3_000)],
    ['two megabytes', `insert into t select a from s where b in (${list('1', 1_000_000, ',')})`],
    ['froms', 'from '.repeat(50_000)],
    ['whens', `merge into t using s on a = b ${'when matched then update set a = b '.repeat(500)}`],
    ['inserts', `from s ${'insert into t select a '.repeat(300)}`],
  ])('of %s costs little', { timeout: 120_000 }, (_what, text) => {
    const statements = read(text)
    expect(statements.length).toBeLessThanOrEqual(1001)
    // What came after it is read as ever.
    expect(read('select a from s')[0]?.inputs).toEqual([{ parts: ['dev', 'public', 's'] }])
  })
})
