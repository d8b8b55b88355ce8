import type { Fact, Json, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { placeOfUri } from '../aws/location.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'
import { catalogIn, tableNamed } from './name.ts'

/**
 * Glue CreatePartition, BatchCreatePartition, UpdatePartition and BatchUpdatePartition: more of a
 * table, and where it lies. Reads `requestParameters.{catalogId, databaseName, tableName}` and
 * `storageDescriptor.location` of `partitionInput`, `partitionInputList[]` or
 * `entries[].partitionInput`. A partition may lie outside of the table's own location: then the table
 * lies at both.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_BatchCreatePartition.html
 */
export function gluePartitions(event: CloudTrailEvent): readonly Fact[] {
  const { at, request } = event
  const table = tableIn(event)
  if (table === undefined) return []
  const inputs = [
    ...listAt(request, 'partitionInput'),
    ...listAt(request, 'partitionInputList'),
    ...listAt(request, 'entries').map((entry) => valueAt(entry, 'partitionInput') ?? null),
  ]
  return [
    ...alteredFacts(event, table),
    ...placesOf(inputs).flatMap((place): readonly Fact[] => [
      mentionFact(at, place),
      { kind: 'location', at, table: nameOf(table), location: nameOf(place), by: 'partition' },
    ]),
  ]
}

/**
 * Glue DeletePartition and BatchDeletePartition: less of a table is in the catalog; what the partitions
 * pointed at stays where it is. Reads `requestParameters.{catalogId, databaseName, tableName}`.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_DeletePartition.html
 */
export function deleteGluePartitions(event: CloudTrailEvent): readonly Fact[] {
  const table = tableIn(event)
  return table === undefined ? [] : alteredFacts(event, table)
}

function tableIn(event: CloudTrailEvent): Spelling | undefined {
  const { request } = event
  return tableNamed(
    catalogIn(event, request),
    textAt(request, 'databaseName'),
    textAt(request, 'tableName'),
  )
}

function alteredFacts({ at }: CloudTrailEvent, table: Spelling): readonly Fact[] {
  const dataset = nameOf(table)
  return [mentionFact(at, table), { kind: 'lifecycle', at, dataset, change: 'ALTER', whole: false }]
}

/** Distinct folders: partitions of one table mostly lie side by side. */
function placesOf(inputs: readonly Json[]): readonly Spelling[] {
  const places = inputs
    .map((input) => placeOfUri(textAt(input, 'storageDescriptor', 'location') ?? ''))
    .filter((place) => place !== undefined && !place.namespace.startsWith('arn:'))
    .map((place) => place as Spelling)
  return [...new Map(places.map((place) => [JSON.stringify(nameOf(place)), place])).values()]
}
