import type { SqlDialect } from '../../../src/ingest/sql/index.ts'
import type { Case } from './statements/case.ts'
import { describe, expect, it } from 'vitest'
import { withoutLiterals } from '../../../src/ingest/scrub/statement.ts'
import { readSql } from '../../../src/ingest/sql/index.ts'
import { shown } from './shown.ts'
import { athenaStatements } from './statements/athena.ts'
import { hiveStatements } from './statements/hive.ts'
import { redshiftStatements } from './statements/redshift.ts'
import { sparkStatements } from './statements/spark.ts'

/** What was taken out is of no interest here. */
const note = (): void => {}

const tables: readonly (readonly [dialect: SqlDialect, cases: readonly Case[]])[] = [
  ['redshift', redshiftStatements],
  ['hive', hiveStatements],
  ['spark', sparkStatements],
  ['athena', athenaStatements],
]

describe.each(tables)('a text in the dialect of %s', (dialect, cases) => {
  const database = dialect === 'redshift' ? 'dev' : undefined
  const linesOf = (text: string) => readSql(text, { dialect, database }).flatMap(shown)

  it.each(cases)('%s', (text, lines) => {
    expect(linesOf(text)).toEqual(lines)
  })

  it('is read the same without its literals', () => {
    const scrubbed = cases.map(([text]) => withoutLiterals(text, note))
    const differing = scrubbed.filter(
      (text, place) => JSON.stringify(linesOf(text)) !== JSON.stringify(cases[place]?.[1]),
    )
    expect(differing).toEqual([])
  })

  it('is the same statement whatever its white space, comments and letter case', () => {
    for (const [text] of cases) {
      const loud = disguised(text)
      const [plain, other] = [text, loud].map((sql) => readSql(sql, { dialect, database }))
      expect(other).toEqual(plain)
    }
  })
})

/** The same statement: words in another letter case, comments and line ends for white space. */
function disguised(text: string): string {
  const outside =
    /('(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|`[^`]*`|\$\$[^]*?\$\$|--[^\n]*|\/\*[^]*?\*\/|\$\{[^}]*\}|\[scrubbed[^\]]*\])|([a-z]+)|(\s+)/gi
  let place = 0
  return text.replace(outside, (all, kept?: string, word?: string) => {
    place += 1
    if (kept !== undefined) return kept.startsWith('--') ? `${kept}\n` : all
    if (word !== undefined) return place % 2 === 0 ? word.toUpperCase() : word
    return [' /* a ; b */ ', '\n\t', ' -- it is\n', '  '][place % 4] ?? ' '
  })
}

it('there are more than a hundred of them', () => {
  const texts = tables.flatMap(([, cases]) => cases.map(([text]) => text))
  expect(texts.length).toBeGreaterThan(140)
  expect(texts.filter((text) => withoutLiterals(text, note) !== text).length).toBeGreaterThan(10)
})
