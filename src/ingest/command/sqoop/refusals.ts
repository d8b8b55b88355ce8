import type { Job } from './job.ts'
import { isUnknown } from '../unknown.ts'

type Rule = (job: Job) => boolean

const has =
  (...names: readonly string[]): Rule =>
  (job) =>
    names.some((name) => job.has(name) || job.value(name) !== undefined)

const both =
  (one: string, other: string): Rule =>
  (job) =>
    has(one)(job) && has(other)(job)

const lacks =
  (name: string): Rule =>
  (job) =>
    !has(name)(job)

/** A query is imported by several mappers unless it says `-m 1`, and then must say how to split. */
const splitsBlindly: Rule = (job) => {
  if (!has('query')(job) || has('split-by')(job)) return false
  const mappers = job.value('num-mappers')
  return mappers === undefined || Number.parseInt(mappers, 10) > 1
}

const isNoNumber: Rule = (job) => {
  const mappers = job.value('num-mappers')
  return mappers !== undefined && !isUnknown(mappers) && !/^[+-]?\d+$/.test(mappers)
}

const lacksConditions: Rule = (job) => {
  const query = job.value('query')
  return query !== undefined && !isUnknown(query) && !query.includes('$CONDITIONS')
}

/** With `--direct` Sqoop looks no further. */
const undirected =
  (rule: Rule): Rule =>
  (job) =>
    !job.has('direct') && rule(job)

const hive: readonly Rule[] = [
  both('hive-delims-replacement', 'hive-drop-import-delims'),
  both('hcatalog-table', 'hive-import'),
  both('hive-import', 'as-avrodatafile'),
  both('hive-import', 'as-sequencefile'),
  (job) => (job.value('external-table-dir') ?? '').trim() !== '' && !has('hive-import')(job),
  (job) => has('hive-import')(job) && job.value('incremental') === 'lastmodified',
  (job) => both('hive-import', 'append')(job) && job.value('incremental') !== 'append',
  (job) => both('hive-import', 'create-hive-table')(job) && has('as-parquetfile')(job),
]

const hcatalog: readonly Rule[] = [
  both('hcatalog-table', 'target-dir'),
  both('hcatalog-table', 'warehouse-dir'),
  both('hcatalog-table', 'append'),
  both('hcatalog-table', 'export-dir'),
  both('hcatalog-table', 'as-avrodatafile'),
  both('hcatalog-table', 'as-sequencefile'),
  both('hcatalog-table', 'as-parquetfile'),
]

const isNoText = has('as-avrodatafile', 'as-sequencefile', 'as-parquetfile')

const hasNoClass: Rule = (job) => has('jar-file')(job) && !has('class-name')(job)

const stores: readonly Rule[] = [
  (job) => has('hbase-bulkload')(job) && !has('hbase-table')(job),
  (job) => has('hbase-table', 'accumulo-table')(job) && isNoText(job),
  both('accumulo-table', 'column-family'),
  (job) =>
    has('accumulo-table')(job) &&
    ['accumulo-user', 'accumulo-instance', 'accumulo-zookeepers'].some((name) => !has(name)(job)),
  (job) => has('hbase-table')(job) !== has('column-family')(job),
  (job) => has('accumulo-table')(job) !== has('accumulo-column-family')(job),
  both('hbase-table', 'accumulo-table'),
]

const importing: readonly Rule[] = [
  lacks('connect'),
  isNoNumber,
  both('target-dir', 'warehouse-dir'),
  both('class-name', 'package-name'),
  both('direct', 'hive-drop-import-delims'),
  hasNoClass,
  ...hive,
  ...hcatalog,
  ...stores,
]

/** When a tool would refuse its arguments, so that nothing moves. */
const rules: ReadonlyMap<string, readonly Rule[]> = new Map([
  [
    'import',
    [
      ...importing,
      (job) => !has('table', 'query')(job),
      both('table', 'query'),
      (job) =>
        has('query')(job) &&
        !has('target-dir', 'hbase-table', 'hcatalog-table', 'accumulo-table')(job),
      (job) => both('query', 'hive-import')(job) && !has('hive-table')(job),
      splitsBlindly,
      lacksConditions,
      undirected(both('delete-target-dir', 'append')),
      undirected(both('delete-target-dir', 'incremental')),
      undirected(both('autoreset-to-one-mapper', 'split-by')),
      (job) => has('incremental')(job) !== has('check-column')(job),
      (job) => job.value('incremental') === 'lastmodified' && has('as-avrodatafile')(job),
    ],
  ],
  ['import-all-tables', importing],
  ['import-mainframe', [...importing, lacks('dataset')]],
  [
    'export',
    [
      lacks('connect'),
      isNoNumber,
      (job) => !has('table', 'call')(job),
      both('table', 'call'),
      (job) => !has('export-dir', 'hcatalog-table')(job),
      both('call', 'update-key'),
      both('call', 'staging-table'),
      both('update-key', 'staging-table'),
      (job) => {
        const staging = job.value('staging-table')?.toLowerCase()
        return staging !== undefined && staging === job.value('table')?.toLowerCase()
      },
      both('class-name', 'package-name'),
      hasNoClass,
      (job) => has('clear-staging-table')(job) && !has('staging-table')(job),
      both('hcatalog-table', 'export-dir'),
    ],
  ],
  [
    'merge',
    [
      lacks('new-data'),
      lacks('onto'),
      lacks('merge-key'),
      lacks('target-dir'),
      lacks('class-name'),
    ],
  ],
  ['eval', [lacks('connect'), lacks('query'), (job) => job.child.length > 0]],
])

/**
 * Whether Sqoop refuses what its parser took: options that are missing or that exclude each other.
 *
 * @see validateOptions of the tools in org.apache.sqoop.tool
 */
export function isRefused(job: Job): boolean {
  return (rules.get(job.tool) ?? []).some((rule) => rule(job))
}
