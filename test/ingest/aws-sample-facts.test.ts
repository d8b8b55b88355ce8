import type { Fact, Json } from '../../src/model/index.ts'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { table } from '../../scripts/markdown-table.ts'
import { matcherOf } from '../../src/ingest/translator.ts'
import { coverage, translate } from '../../src/ingest/index.ts'
import { recognise } from '../../src/ingest/recognise.ts'
import { unwrap } from '../../src/ingest/unwrap/unwrap.ts'
import { canonicalJson } from '../../src/model/index.ts'
import { entryOf } from './entry-of.ts'
import { awsFiles, awsSamples } from './shared-samples.ts'

const systems = /^(?:emr|firehose|glue|iot|kinesis|redshift|s3)\//
/** What lies beside the samples and is no event: lines and a listing, quoted in JSON. */
const quoted: Readonly<Record<string, string>> = {
  'redshift/audit-connectionlog-lines__test-drive.json': 'quotes a log, which is read as text',
  'redshift/audit-log-object-listing__test-drive.json': 'lists the objects of a bucket',
  'redshift/audit-useractivitylog-lines__sumologic.json': 'quotes a log, which is read as text',
}
const page = join(import.meta.dirname, '../golden/aws-samples/facts.md')

describe.skipIf(awsFiles().length === 0)('the samples of the systems that are read', () => {
  const rows = awsSamples()
    .filter(({ file }) => systems.test(file))
    .filter(({ file }) => quoted[file] === undefined)
    .flatMap(({ file, event }) =>
      [...unwrap({ value: event, context: {} })].flatMap((item) =>
        'value' in item ? [rowOf(file, item.value)] : [],
      ),
    )

  it('each give facts, or there is a reason why not', async () => {
    expect(rows.length).toBeGreaterThan(50)
    expect(rows.filter(([, , told]) => told === undefined)).toEqual([])
    const all = [
      ...rows.map(([file, name, told]) => [`\`${file}\``, `\`${name}\``, told ?? '']),
      ...Object.entries(quoted).map(([file, why]) => [`\`${file}\``, '', why]),
    ]
    const text = `# What the samples of AWS give

Each file of the systems that are read: the facts of its events by their kind, or why there are none.

${table(['file', 'event', 'facts, or why not'], all)}
`
    await expect(text).toMatchFileSnapshot(page)
  })
})

/** File, event, and what it gives or why it gives nothing; undefined where neither is known. */
function rowOf(file: string, value: Json): readonly [string, string, string | undefined] {
  const format = recognise(value)
  if (format === undefined) return [file, '', undefined]
  const name = format.nameOf(value)
  if (format.isIrrelevant?.(value) === true) {
    return [file, name, `only counted: ${reasonFor(name, 'irrelevant') ?? ''}`]
  }
  const read = format.read({ value, context: {} })
  const at = 'at' in read ? { eventTime: read.at } : {}
  const author = format.authorOf?.({ value, context: {} })
  const entry = entryOf(canonicalJson(value), { format: format.name, author, ...at })
  const facts = translate(entry).filter(({ kind }) => kind !== 'exposure')
  const isRefused = 'errorCode' in (value as object)
  if (facts.every(({ kind }) => kind === 'unknown')) {
    const looks = reasonFor(name, 'irrelevant')
    const why = isRefused
      ? 'was refused, and changed nothing'
      : (reasonFor(name, 'kept') ?? (looks && 'is so old that it does not say that it only looks'))
    return [file, name, why === undefined ? undefined : `kept unread: ${why}`]
  }
  return [file, name, countsOf(facts)]
}

function countsOf(facts: readonly Fact[]): string {
  const kinds = Map.groupBy(facts, (fact) =>
    fact.kind === 'problem' ? `problem ${fact.code}` : fact.kind,
  )
  return [...kinds]
    .map(([kind, of]) => (of.length === 1 ? kind : `${of.length} ${kind}`))
    .join(', ')
}

/** Of a call by `service:Name`, of an event of a service's own by `source Name`. */
function reasonFor(name: string, list: 'kept' | 'irrelevant'): string | undefined {
  const at = name.search(/[: ]/)
  const [source, event] = [name.slice(0, at), name.slice(at + 1)]
  return [coverage.calls, coverage.events]
    .flatMap((of) => of[list])
    .find((row) => row.source === source && matcherOf(row)(event))?.why
}
