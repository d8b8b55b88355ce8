import type { Fact } from '../../src/model/index.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { coverage, translate } from '../../src/ingest/index.ts'
import { recognise } from '../../src/ingest/recognise.ts'
import { parseJson } from '../../src/model/index.ts'
import { entryOf } from './entry-of.ts'

const root = join(import.meta.dirname, '../golden')

/** What is said beside the events of a system that do not say where they are from. */
const contexts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  redshift: { cluster: 'dwh', account: '123456789012', region: 'us-east-1' },
}

describe('the golden events', () => {
  const events = globSync('*/*/*.event.json', { cwd: root }).toSorted()

  it('cover every kind of event', () => {
    const kinds = new Set(events.map((event) => event.split(/[\\/]/).slice(0, 2).join('/')))
    for (const kind of [
      'openlineage/dataset-event',
      'openlineage/job-event',
      'openlineage/run-event',
      'redshift/batch-execute-statement',
      'redshift/connection-log',
      'redshift/execute-statement',
      'redshift/statement-status-change',
      'redshift/user-activity-log',
      'redshift/user-log',
    ]) {
      expect(kinds).toContain(kind)
    }
    expect(events.length).toBeGreaterThan(160)
  })

  it('cover every row of the tables of translators', () => {
    const names = new Set(
      events.map((event) => {
        const value = parseJson(readFileSync(join(root, event), 'utf8'))
        return recognise(value)?.nameOf(value)
      }),
    )
    const rows = Object.values(coverage).flatMap(({ read }) => Object.keys(read))
    expect(rows.filter((row) => !names.has(row))).toEqual([])
    expect(rows.length).toBeGreaterThan(40)
  })

  it.each(events)('%s gives the facts beside it', async (event) => {
    const text = readFileSync(join(root, event), 'utf8')
    const value = parseJson(text)
    const format = recognise(value)
    if (format === undefined) throw new Error(`${event} is of no format`)
    const context = contexts[event.split(/[\\/]/)[0] ?? ''] ?? {}
    const read = format.read({ value, context })
    const facts = translate(
      entryOf(text, {
        format: format.name,
        ...('at' in read ? { eventTime: read.at } : {}),
        author: format.authorOf?.({ value, context }),
        context,
      }),
    )
    await expect(linesOf(facts)).toMatchFileSnapshot(
      join(root, event.replace(/\.event\.json$/, '.facts.json')),
    )
  })
})

/** One fact a line, so that a difference reads as facts that came and went; ASCII, to be seen. */
function linesOf(facts: readonly Fact[]): string {
  return `[\n${facts.map((fact) => `  ${asciiOf(JSON.stringify(fact))}`).join(',\n')}\n]\n`
}

function asciiOf(text: string): string {
  return text.replace(
    /[^\u0020-\u007e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
