import type { Fact } from '../../src/model/index.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { translate } from '../../src/ingest/index.ts'
import { recognise } from '../../src/ingest/recognise.ts'
import { parseJson } from '../../src/model/index.ts'
import { entryOf } from './entry-of.ts'

const root = join(import.meta.dirname, '../golden')

describe('the golden events', () => {
  const events = globSync('*/*/*.event.json', { cwd: root }).toSorted()

  it('cover every kind of event', () => {
    const kinds = new Set(events.map((event) => event.split(/[\\/]/).slice(0, 2).join('/')))
    expect([...kinds].toSorted()).toEqual([
      'firehose/create-delivery-stream',
      'firehose/delete-delivery-stream',
      'glue/batch-delete-table',
      'glue/create-table',
      'glue/delete-table',
      'glue/update-table',
      'iot/create-topic-rule',
      'iot/delete-topic-rule',
      'iot/disable-topic-rule',
      'iot/replace-topic-rule',
      'kinesis/create-stream',
      'kinesis/delete-stream',
      'openlineage/dataset-event',
      'openlineage/job-event',
      'openlineage/run-event',
      's3/complete-multipart-upload',
      's3/copy-object',
      's3/delete-object',
      's3/delete-objects',
      's3/get-object',
      's3/head-object',
      's3/list-objects',
      's3/put-object',
      's3/upload-part',
      'sts/assume-role',
      'sts/assume-role-with-saml',
      'sts/assume-role-with-web-identity',
    ])
    expect(events.length).toBeGreaterThan(90)
  })

  it.each(events)('%s gives the facts beside it', async (event) => {
    const text = readFileSync(join(root, event), 'utf8')
    const value = parseJson(text)
    const format = recognise(value)
    if (format === undefined) throw new Error(`${event} is of no format`)
    const read = format.read({ value, context: {} })
    const facts = translate(
      entryOf(text, {
        format: format.name,
        ...('at' in read ? { eventTime: read.at } : {}),
        author: format.authorOf?.({ value, context: {} }),
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
