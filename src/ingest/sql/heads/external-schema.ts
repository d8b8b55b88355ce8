import type { Reading } from '../reading.ts'
import type { Draft, ExternalSchema } from '../statement.ts'
import { isWord } from '../cursor.ts'
import { hasMarker, takeName } from '../name.ts'
import { unnamed } from './target.ts'

/** What stands behind FROM, and what the schema is of then. */
const kinds: readonly (readonly [words: string, kind: ExternalSchema['kind']])[] = [
  ['data catalog', 'glue'],
  ['hive metastore', 'hive'],
  ['kinesis', 'kinesis'],
  ['kafka', 'kafka'],
  ['msk', 'kafka'],
  ['postgres', 'postgres'],
  ['mysql', 'mysql'],
  ['redshift', 'redshift'],
]

/** What a literal behind a word says. */
const members: readonly (readonly [
  word: string,
  member: 'database' | 'schemaThere' | 'region' | 'catalogId' | 'uri',
])[] = [
  ['database', 'database'],
  ['schema', 'schemaThere'],
  ['region', 'region'],
  ['catalog_id', 'catalogId'],
  ['uri', 'uri'],
]

/**
 * Behind CREATE EXTERNAL SCHEMA: `[IF NOT EXISTS] s FROM DATA CATALOG DATABASE 'd' REGION 'r' …`.
 * Redshift's forms, from its own catalog to streams and other databases.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_EXTERNAL_SCHEMA.html
 */
export function readExternalSchema(reading: Reading): Draft {
  const { cursor, traits, session } = reading
  const verb = 'CREATE EXTERNAL SCHEMA'
  cursor.takes('if not exists')
  const name = takeName(cursor, traits)
  if (!Array.isArray(name)) return { verb, ...unnamed }
  cursor.takes('from')
  const kind = kinds.find(([words]) => cursor.takes(words))?.[1]
  if (kind === undefined) return { verb, unresolved: 'What the schema stands for is not known' }
  const said: Record<string, string> = {}
  for (; !cursor.isAtEnd; cursor.next()) {
    const token = cursor.peek()
    const value = cursor.peek(1)
    const member = members.find(([word]) => isWord(token, word))?.[1]
    if (member !== undefined && value?.kind === 'text' && !hasMarker(value.value))
      said[member] = value.value
    if (isWord(token, 'port') && value?.kind === 'number') said['port'] = value.value
  }
  const schema =
    name.length > 1 || session.database === undefined ? name : [session.database, ...name]
  return { verb, externalSchema: { schema: schema as string[], kind, ...said } }
}
