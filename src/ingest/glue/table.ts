import type { Fact, Json, SchemaField, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { namespaceIn } from '../aws/arn.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'

/** The table that a call names, in the catalog that it names or the account's own. */
function tableIn(event: CloudTrailEvent, name: string | undefined): Spelling | undefined {
  const database = textAt(event.request, 'databaseName')
  if (database === undefined || name === undefined) return undefined
  const account = /^\d{12}$/.exec(textAt(event.request, 'catalogId') ?? '')?.[0] ?? event.account
  return {
    namespace: namespaceIn({ ...event, account }, 'glue'),
    name: `table/${database}/${name}`,
  }
}

/**
 * Glue CreateTable and UpdateTable: a table of the catalog, its columns with those it is partitioned
 * by behind them, and where its data lies. Reads `requestParameters.{catalogId, databaseName,
 * tableInput.{name, tableType, partitionKeys[], storageDescriptor.{columns[], location}, viewOriginalText}}`.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTable.html
 */
export function glueTable(change: 'CREATE' | 'ALTER'): (event: CloudTrailEvent) => readonly Fact[] {
  return (event) => {
    const { at } = event
    const input = valueAt(event.request, 'tableInput')
    const table = tableIn(event, textAt(input, 'name'))
    if (table === undefined) return []
    const dataset = nameOf(table)
    const storage = valueAt(input, 'storageDescriptor')
    const columns = [...listAt(storage, 'columns'), ...listAt(input, 'partitionKeys')]
    const fields = columns.map(fieldOf).filter((field) => field !== undefined)
    const description = textAt(input, 'description')
    const isView = /VIEW$/i.test(textAt(input, 'tableType') ?? '')
    return [
      mentionFact(at, table),
      { kind: 'lifecycle', at, dataset, change, whole: false },
      { kind: 'datasetType', at, dataset, type: isView ? 'VIEW' : 'TABLE' },
      ...(fields.length === 0
        ? []
        : [{ kind: 'schema', at, dataset, fields, by: 'statement' } as const]),
      ...(description === undefined
        ? []
        : [
            {
              kind: 'description',
              at,
              of: { dataset },
              text: description,
              by: 'producer',
            } as const,
          ]),
      ...locationFacts(event, table, textAt(storage, 'location')),
    ]
  }
}

/**
 * Glue DeleteTable and BatchDeleteTable: names are dropped from the catalog; what they pointed at stays
 * where it is. Reads `requestParameters.{databaseName, name}`, or `tablesToDelete[]`.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteTable.html
 */
export function deleteGlueTables(event: CloudTrailEvent): readonly Fact[] {
  const { at } = event
  const names = [textAt(event.request, 'name'), ...listAt(event.request, 'tablesToDelete')]
  return names.flatMap((name): readonly Fact[] => {
    const table = tableIn(event, typeof name === 'string' ? name : undefined)
    if (table === undefined) return []
    return [
      mentionFact(at, table),
      { kind: 'lifecycle', at, dataset: nameOf(table), change: 'DROP', whole: false },
    ]
  })
}

function locationFacts(
  { at }: CloudTrailEvent,
  table: Spelling,
  location: string | undefined,
): readonly Fact[] {
  const [, bucket, key = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s.exec(location ?? '') ?? []
  if (bucket === undefined) return []
  const place = { namespace: `s3://${bucket}`, name: key === '' ? '/' : key }
  return [
    mentionFact(at, place),
    { kind: 'location', at, table: nameOf(table), location: nameOf(place), by: 'catalog' },
  ]
}

function fieldOf(column: Json): SchemaField | undefined {
  const name = textAt(column, 'name')
  if (name === undefined) return undefined
  const type = textAt(column, 'type')
  const description = textAt(column, 'comment')
  return {
    name,
    ...(type === undefined ? {} : { type }),
    ...(description === undefined ? {} : { description }),
  }
}
