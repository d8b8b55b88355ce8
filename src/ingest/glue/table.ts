import type { Fact, Json, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { descriptionFacts, mentionFact, nameOf } from '../aws/declared.ts'
import { locationFacts } from '../aws/location.ts'
import { textAt, textsAt, valueAt } from '../aws/members.ts'
import { columnsOf } from './columns.ts'
import { catalogIn, tableNamed } from './name.ts'
import { viewFacts } from './view.ts'

/** The table that a call names, in the catalog that it names or the account's own. */
function tableIn(event: CloudTrailEvent, name: string | undefined): Spelling | undefined {
  const { request } = event
  return tableNamed(catalogIn(event, request), textAt(request, 'databaseName'), name)
}

/**
 * Glue CreateTable and UpdateTable: a table of the catalog, its columns with those it is partitioned
 * by behind them, and where its data lies. Reads `requestParameters.{catalogId, databaseName, name,
 * tableInput.{name, tableType, parameters, partitionKeys[], storageDescriptor.{columns[], location},
 * targetTable}, openTableFormatInput.icebergInput.createIcebergTableInput}`. A link to a table of
 * another catalog is another name of it; a view is made of what its statement reads.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateTable.html
 */
export function glueTable(change: 'CREATE' | 'ALTER'): (event: CloudTrailEvent) => readonly Fact[] {
  return (event) => {
    const { at, request } = event
    const input = valueAt(request, 'tableInput')
    const iceberg = valueAt(
      request,
      'openTableFormatInput',
      'icebergInput',
      'createIcebergTableInput',
    )
    const table = tableIn(event, textAt(input, 'name') ?? textAt(request, 'name'))
    if (table === undefined) return []
    const dataset = nameOf(table)
    const fields = columnsOf(input, iceberg)
    const description = textAt(input, 'description')
    const isView = /VIEW$/i.test(textAt(input, 'tableType') ?? '')
    const location = textAt(input, 'storageDescriptor', 'location') ?? textAt(iceberg, 'location')
    return [
      mentionFact(at, table),
      { kind: 'lifecycle', at, dataset, change, whole: false },
      { kind: 'datasetType', at, dataset, type: isView ? 'VIEW' : 'TABLE' },
      ...(fields.length === 0
        ? []
        : [{ kind: 'schema', at, dataset, fields, by: 'statement' } as const]),
      ...descriptionFacts(at, { dataset }, description),
      ...locationFacts(event, table, location),
      ...linkFacts(event, table, valueAt(input, 'targetTable')),
      ...(isView
        ? viewFacts(event, table, { table: input, database: textAt(request, 'databaseName') ?? '' })
        : []),
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
  const names = [textAt(event.request, 'name'), ...textsAt(event.request, 'tablesToDelete')]
  return names.flatMap((name): readonly Fact[] => {
    const table = tableIn(event, name)
    if (table === undefined) return []
    return [
      mentionFact(at, table),
      { kind: 'lifecycle', at, dataset: nameOf(table), change: 'DROP', whole: false },
    ]
  })
}

/** `targetTable.{catalogId, databaseName, name}`: an alias, not a copy. */
function linkFacts(
  event: CloudTrailEvent,
  table: Spelling,
  target: Json | undefined,
): readonly Fact[] {
  const linked = tableNamed(
    catalogIn(event, target),
    textAt(target, 'databaseName'),
    textAt(target, 'name'),
  )
  if (linked === undefined) return []
  const { at } = event
  return [
    mentionFact(at, linked),
    { kind: 'alias', at, dataset: nameOf(table), other: nameOf(linked) },
  ]
}
