import type { Spelling } from '../../../model/index.ts'
import type { Movement } from '../movement.ts'
import type { Answer } from '../statements.ts'
import type { Job } from './job.ts'
import { known } from '../call.ts'
import { copiesByName, movementOf } from '../movement.ts'
import { placeOfPath, wholePlaces } from '../place.ts'
import { answerOf } from '../statements.ts'
import { hbaseTable, hiveTable } from '../tables.ts'
import { unknown } from '../unknown.ts'

/** Where an import puts its rows. `hasColumns`: they keep their names there. */
export type Sink = Readonly<{
  outputs: readonly Spelling[]
  replaces: readonly Spelling[]
  /** Where the rows stay only until they are moved into Hive. */
  staging: readonly Spelling[]
  hasColumns: boolean
  unresolved: Movement['unresolved']
}>

/** `sqoop import`: a table, or what a query answers, into files, Hive, HCatalog, HBase or Accumulo. */
export function importOne(job: Job): Movement {
  const table = job.value('table')
  const sink = sinkOf(job, table)
  const query = job.value('query')
  if (query !== undefined) return importQuery(job, query, sink)
  const input = table === undefined ? undefined : job.table(table)
  return importFrom(job, input, sink)
}

/** An import of one dataset as it is. */
function importFrom(job: Job, input: Spelling | undefined, sink: Sink): Movement {
  const inputs = known([input])
  return movementOf(`sqoop ${job.tool}`, {
    inputs,
    outputs: sink.outputs,
    maps: sink.hasColumns ? filterMaps(job, sink.outputs) : [],
    copies: sink.hasColumns ? copiesByName(inputs, sink.outputs, job.columns) : [],
    replaces: sink.replaces,
    mentions: sink.staging,
    unresolved: [
      ...(input === undefined ? [job.note('VALUE', 'the source')] : []),
      ...sink.unresolved,
    ],
  })
}

const plainName = /^[\w$.]+$/

/** The columns by which `--where` chooses the rows of a table decide the whole output. */
function filterMaps(job: Job, outputs: readonly Spelling[]): Movement['maps'] {
  const where = job.value('where')
  const table = job.value('table')
  if (where === undefined || table === undefined || !plainName.test(table)) return []
  const { map } = answerOf(`SELECT * FROM ${table} WHERE ${where}`, job.statements)
  const whole = map?.whole ?? []
  return whole.length === 0 ? [] : outputs.map((output) => ({ output, map: { fields: [], whole } }))
}

const conditions = /\\*\$CONDITIONS/g

function importQuery(job: Job, query: string, sink: Sink): Movement {
  const answer = answerOf(query.replace(conditions, '(1 = 1)'), job.statements)
  const { map } = answer
  const isHidden = query === unknown
  return movementOf(`sqoop ${job.tool}`, {
    inputs: answer.inputs,
    outputs: sink.outputs,
    maps:
      map === undefined || !sink.hasColumns ? [] : sink.outputs.map((output) => ({ output, map })),
    copies: sink.hasColumns ? copiesOfAnswer(answer, sink.outputs) : [],
    replaces: sink.replaces,
    mentions: sink.staging,
    unresolved: [
      ...(isHidden
        ? [job.note('VALUE', '--query')]
        : answer.inputs.length === 0 && answer.unresolved.length === 0
          ? [job.note('STATEMENT', '--query')]
          : answer.unresolved),
      ...sink.unresolved,
    ],
  })
}

function copiesOfAnswer({ copies }: Answer, outputs: readonly Spelling[]): Movement['copies'] {
  return copies.flatMap(({ input, only }) => copiesByName([input], outputs, only))
}

/** Where the rows of a table go; without a table, those of a query. */
function sinkOf(job: Job, table: string | undefined): Sink {
  const { defaults } = job.call
  const hcatalog = job.value('hcatalog-table')
  if (hcatalog !== undefined) {
    const output = hiveTable(defaults, hcatalog, job.value('hcatalog-database'))
    return sinkAt(job, [output], {
      replaces: job.has('drop-and-create-hcatalog-table'),
      hasColumns: true,
    })
  }
  const hbase = job.value('hbase-table')
  if (hbase !== undefined) {
    return sinkAt(job, [hbaseTable(defaults, hbase, job.settings)], { hasColumns: false })
  }
  const accumulo = job.value('accumulo-table')
  if (accumulo !== undefined) {
    const namespace = `accumulo://${job.value('accumulo-instance') ?? ''}`
    return sinkAt(job, [{ namespace, name: accumulo }], { hasColumns: false })
  }
  const path = folderOf(job, table)
  const folder = path === undefined ? undefined : placeOfPath(path, job.system)
  if (!job.has('hive-import')) {
    const at = sinkAt(job, [folder], { hasColumns: true })
    const isEmptied = job.has('delete-target-dir') && path !== undefined
    return { ...at, replaces: isEmptied ? wholePlaces([path], job.system) : [] }
  }
  const name = job.value('hive-table') ?? table ?? ''
  const output = hiveTable(defaults, name, job.value('hive-database'))
  const external = job.value('external-table-dir')
  const outputs = external === undefined ? [output] : [output, job.place('external-table-dir')]
  const isPartition = job.value('hive-partition-key') !== undefined
  const hive = sinkAt(job, outputs, {
    replaces: job.has('hive-overwrite') && !isPartition,
    hasColumns: true,
  })
  return { ...hive, staging: job.value('target-dir') === undefined ? [] : known([folder]) }
}

function sinkAt(
  job: Job,
  outputs: readonly (Spelling | undefined)[],
  { replaces = false, hasColumns }: Readonly<{ replaces?: boolean; hasColumns: boolean }>,
): Sink {
  const places = known(outputs)
  return {
    outputs: places,
    replaces: replaces ? places : [],
    staging: [],
    hasColumns,
    unresolved: outputs.includes(undefined) ? [job.note('VALUE', 'the target')] : [],
  }
}

/** `--target-dir`, the table's folder in `--warehouse-dir`, or in the user's home. */
function folderOf(job: Job, table: string | undefined): string | undefined {
  const target = job.value('target-dir')
  if (target !== undefined || table === undefined) return target
  const warehouse = job.value('warehouse-dir')
  return warehouse === undefined ? table : `${warehouse.replace(/\/+$/, '')}/${table}`
}

/** `sqoop import-all-tables`: which tables there are, only the database knows. */
export function importAll(job: Job): Movement {
  return importFrom(job, job.table('*'), { ...sinkOf(job, '*'), hasColumns: false })
}

/** `sqoop import-mainframe`: members of a partitioned data set, over FTP. */
export function importMainframe(job: Job): Movement {
  const host = job.value('connect') ?? ''
  const dataset = job.value('dataset') ?? ''
  const name = dataset.replace(/^'(.*)'$/, '$1')
  const input = placeOfPath(`ftp://${host}/${name}`, job.system)
  return importFrom(job, input, sinkOf(job, name))
}
