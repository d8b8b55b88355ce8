import type { Json } from '../../model/index.ts'
import type { Movement } from '../command/index.ts'
import type { Where } from '../aws/arn.ts'
import { readCommand } from '../command/index.ts'
import { namespaceIn } from '../aws/arn.ts'
import { listAt, textAt, valueAt } from '../aws/members.ts'
import { isJsonObject } from '../../model/index.ts'
import { readSql } from '../sql/index.ts'

/** A step as a call asks for it. `argv` is undefined where the command line was hidden. */
export type Step = Readonly<{
  name: string
  /** A JSON pointer to it. */
  path: string
  argv: readonly string[] | undefined
}>

/** The cluster that steps run on, as far as the call tells. */
export type Cluster = Readonly<{ id: string | undefined; hasGlue: boolean }>

/** The steps of `requestParameters.steps[]`; one without a name is the number of its place. */
export function stepsIn(request: Json): readonly Step[] {
  return listAt(request, 'steps').map((step, at): Step => ({
    name: textAt(step, 'name') ?? String(at + 1),
    path: `/requestParameters/steps/${at}`,
    argv: argvOf(valueAt(step, 'hadoopJarStep')),
  }))
}

/**
 * A step is `hadoop jar`. Records show no arguments for steps that have some, so none are unknown, and
 * so is one that is no text.
 *
 * @see aws-events.md sections 1.2 and 5.1
 */
function argvOf(step: Json | undefined): readonly string[] | undefined {
  const jar = textAt(step, 'jar')
  const args = listAt(step, 'args')
  if (jar === undefined || args.length === 0) return undefined
  const texts = args.map((arg) => (typeof arg === 'number' ? String(arg) : arg))
  if (!texts.every((arg) => typeof arg === 'string')) return undefined
  const main = textAt(step, 'mainClass')
  return ['hadoop', 'jar', jar, ...(main === undefined ? [] : [main]), ...texts]
}

/** What a command line moves, on its cluster. A text is one of a shell. */
export function movementsOf(
  command: readonly string[] | string,
  { id, hasGlue }: Cluster,
  where: Where,
): readonly Movement[] {
  const onCluster = id === undefined ? {} : { hdfs: `hdfs://${id}`, hbase: `hbase://${id}` }
  const hive = id === undefined ? undefined : `hive://${id}`
  const metastore = hasGlue ? namespaceIn(where, 'glue') : hive
  return readCommand(command, { defaults: { metastore, ...onCluster }, sql: readSql })
}

const glueFactory = /AWSGlueDataCatalogHiveClientFactory|AWSGlueClientFactory/

/** Whether `requestParameters.configurations[]` makes the Glue catalog Hive's or Spark's metastore. */
export function usesGlue(request: Json): boolean {
  return listAt(request, 'configurations').some((one) => {
    const properties = valueAt(one, 'properties')
    if (!isJsonObject(properties)) return false
    return Object.values(properties).some(
      (value) => typeof value === 'string' && glueFactory.test(value),
    )
  })
}

/** The command line of a step as it would be typed, without `hadoop jar`. */
export function shownCommand(argv: Step['argv']): string | undefined {
  return argv === undefined ? undefined : typed(argv.slice(2))
}

/** Words as they would be typed in a shell. */
export function typed(words: readonly string[]): string {
  return words.map(quoted).join(' ')
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`
}
