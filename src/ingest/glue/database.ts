import type { Fact } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { descriptionFacts, mentionFact, nameOf } from '../aws/declared.ts'
import { locationFacts } from '../aws/location.ts'
import { textAt, valueAt } from '../aws/members.ts'
import { catalogIn, databaseNamed } from './name.ts'

/**
 * Glue CreateDatabase and UpdateDatabase: a database of the catalog, and where its tables lie if they
 * say nothing else. Reads `requestParameters.{catalogId, name, databaseInput.{name, description,
 * locationUri, targetDatabase.{catalogId, databaseName}}}`. A link to the database of another catalog
 * is another name of it.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_CreateDatabase.html
 */
export function glueDatabase(
  change: 'CREATE' | 'ALTER',
): (event: CloudTrailEvent) => readonly Fact[] {
  return (event) => {
    const { at, request } = event
    const input = valueAt(request, 'databaseInput')
    const name = textAt(request, 'name') ?? textAt(input, 'name')
    const database = databaseNamed(catalogIn(event, request), name)
    if (database === undefined) return []
    const dataset = nameOf(database)
    const description = textAt(input, 'description')
    const target = valueAt(input, 'targetDatabase')
    const linked = databaseNamed(catalogIn(event, target), textAt(target, 'databaseName'))
    return [
      mentionFact(at, database),
      { kind: 'lifecycle', at, dataset, change, whole: false },
      { kind: 'datasetType', at, dataset, type: 'DATABASE' },
      ...descriptionFacts(at, { dataset }, description),
      ...locationFacts(event, database, textAt(input, 'locationUri')),
      ...(linked === undefined
        ? []
        : [
            mentionFact(at, linked),
            { kind: 'alias', at, dataset, other: nameOf(linked) } as const,
          ]),
    ]
  }
}

/**
 * Glue DeleteDatabase: the name is dropped from the catalog, and what it pointed at stays where it is.
 * Reads `requestParameters.{catalogId, name}`.
 *
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteDatabase.html
 */
export function deleteGlueDatabase(event: CloudTrailEvent): readonly Fact[] {
  const { at, request } = event
  const database = databaseNamed(catalogIn(event, request), textAt(request, 'name'))
  if (database === undefined) return []
  return [
    mentionFact(at, database),
    { kind: 'lifecycle', at, dataset: nameOf(database), change: 'DROP', whole: false },
  ]
}
