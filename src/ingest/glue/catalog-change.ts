import type { Fact, LifecycleChange, Spelling } from '../../model/index.ts'
import type { NativeEvent } from '../eventbridge/event.ts'
import { namespaceIn } from '../aws/arn.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { textAt, textsAt } from '../aws/members.ts'
import { databaseNamed, tableNamed } from './name.ts'

/**
 * Glue Data Catalog Table State Change: a table or its partitions were changed; as what, CloudTrail
 * tells. Reads `detail.{databaseName, tableName, typeOfChange, changedPartitions[]}`. Events of this
 * kind may be missing.
 *
 * @see aws-events.md section 7.12
 */
export function glueTableChanged(event: NativeEvent): readonly Fact[] {
  const catalog = namespaceIn(event, 'glue')
  const database = textAt(event.detail, 'databaseName')
  const table = tableNamed(catalog, database, textAt(event.detail, 'tableName'))
  return table === undefined ? [] : changeFacts(event, [table])
}

/**
 * Glue Data Catalog Database State Change: a database, or tables of it, were made or dropped. Reads
 * `detail.{databaseName, typeOfChange, changedTables[]}`, of which there are at most 100.
 *
 * @see aws-events.md section 7.12
 */
export function glueDatabaseChanged(event: NativeEvent): readonly Fact[] {
  const { at, detail } = event
  const catalog = namespaceIn(event, 'glue')
  const name = textAt(detail, 'databaseName')
  const database = databaseNamed(catalog, name)
  if (database === undefined) return []
  const tables = textsAt(detail, 'changedTables').flatMap(
    (table) => tableNamed(catalog, name, table) ?? [],
  )
  const isOfDatabase = /Database$/i.test(textAt(detail, 'typeOfChange') ?? '')
  return isOfDatabase
    ? changeFacts(event, [database])
    : [mentionFact(at, database), ...changeFacts(event, tables)]
}

const changes: readonly (readonly [RegExp, LifecycleChange])[] = [
  [/^(?:Batch)?Delete(?:Table|Database)$/i, 'DROP'],
  [/^Create(?:Table|Database)$/i, 'CREATE'],
]

/** Whatever else was changed of it, it is there. */
function changeFacts({ at, detail }: NativeEvent, things: readonly Spelling[]): readonly Fact[] {
  const type = textAt(detail, 'typeOfChange') ?? ''
  const change = changes.find(([pattern]) => pattern.test(type))?.[1] ?? 'ALTER'
  return things.flatMap((thing): readonly Fact[] => [
    mentionFact(at, thing),
    { kind: 'lifecycle', at, dataset: nameOf(thing), change, whole: false },
  ])
}
