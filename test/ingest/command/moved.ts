import type { Defaults, Movement } from '../../../src/ingest/command/index.ts'
import { readCommand } from '../../../src/ingest/command/index.ts'
import { tinySql } from './tiny-sql.ts'

/** A cluster of EMR with Glue as its metastore. */
export const emr: Defaults = {
  metastore: 'arn:aws:glue:us-east-1:123456789012',
  hdfs: 'hdfs://j-2AXXXXXXGAPLF',
}

export function read(
  command: readonly string[] | string,
  defaults: Defaults = emr,
): readonly Movement[] {
  return readCommand(command, { defaults, sql: tinySql })
}

type Place = Readonly<{ namespace: string; name: string }>

const glue = 'arn:aws:glue:us-east-1:123456789012 table/'

/** `hdfs:/x` for the cluster's own, `glue:db/t` for the metastore's, else namespace and name. */
function shown({ namespace, name }: Place): string {
  const text = `${namespace} ${name}`
  if (namespace === emr.hdfs) return `hdfs:${name}`
  return text.startsWith(glue) ? `glue:${text.slice(glue.length)}` : text
}

/**
 * The movements in one line each: `tool: inputs -> outputs`, and behind it in this order what is
 * replaced `!`, columns copied by name `=`, what is mentioned `~`, saved jobs, and what is unresolved
 * `?`. Namespaces as in `shown`.
 */
export function summary(
  command: readonly string[] | string,
  defaults: Defaults = emr,
): readonly string[] {
  return read(command, defaults).map(line)
}

function line(movement: Movement): string {
  const { tool, inputs, outputs, replaces, copies, maps, mentions, saves, uses } = movement
  const listed = copies.flatMap(({ columns }) => (columns.by === 'name' ? [columns.only] : []))
  const [only] = listed
  const parts = [
    `${tool}:`,
    ...(inputs.length + outputs.length === 0
      ? []
      : [`${inputs.map(shown).join(', ')} -> ${outputs.map(shown).join(', ')}`.trim()]),
    ...replaces.map((place) => `!${shown(place)}`),
    ...(copies.length === 0 ? [] : [`=${only === undefined ? '*' : only.join(',')}`]),
    ...maps.map(({ map }) => `{${map.fields.map(({ column }) => column).join(',')}}`),
    ...mentions.map((place) => `~${shown(place)}`),
    ...(saves === undefined
      ? []
      : [`saves ${saves.name} [${saves.movements.map(line).join('; ')}]`]),
    ...(uses === undefined ? [] : [`uses ${uses}`]),
    ...movement.unresolved.map(({ reason, what }) => `?${reason} ${what}`),
  ]
  return parts.join(' ')
}
