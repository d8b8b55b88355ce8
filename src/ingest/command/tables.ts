import type { DatasetName } from '../../model/index.ts'
import type { Defaults } from './defaults.ts'
import { canonicalName } from '../../model/index.ts'
import { dottedParts } from './jdbc.ts'
import { isUnknown } from './unknown.ts'

/**
 * A table of Hive's metastore: `table`, `db.table` or with the catalog in front. A database given
 * beside it counts for a name without one. Undefined when the metastore or a part is unknown.
 */
export function hiveTable(
  { metastore }: Defaults,
  table: string,
  database = 'default',
): DatasetName | undefined {
  const parts = dottedParts(table.replaceAll(/["`]/g, '')).slice(-2)
  const [only] = parts
  if (metastore === undefined || only === undefined) return undefined
  const name = (parts.length === 1 ? [database, only] : parts).join('.')
  if (isUnknown(name) || isUnknown(metastore)) return undefined
  return canonicalName(metastore, name)
}

/** A table of HBase, in the namespace `default` if its name has none. */
export function hbaseTable(
  { hbase, hdfs }: Defaults,
  table: string,
  settings: ReadonlyMap<string, string>,
): DatasetName | undefined {
  const [quorum = ''] = (settings.get('hbase.zookeeper.quorum') ?? '').split(',')
  const [, cluster] = /^hdfs:\/\/([^:/]+)/.exec(hdfs ?? '') ?? []
  const known = hbase ?? (cluster === undefined ? undefined : `hbase://${cluster}`)
  const namespace = quorum === '' ? known : `hbase://${quorum.replace(/:\d+$/, '')}`
  if (namespace === undefined || isUnknown(namespace) || isUnknown(table)) return undefined
  return canonicalName(namespace, table.includes(':') ? table : `default:${table}`)
}
