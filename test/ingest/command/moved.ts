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
 * replaced `!`, columns copied by name `=` or position `#`, columns mapped `{a,b}` and those that
 * decide all `{|c}`, what is mentioned `~`, saved jobs, and what is unresolved `?`. Namespaces as in
 * `shown`.
 */
export function summary(
  command: readonly string[] | string,
  defaults: Defaults = emr,
): readonly string[] {
  return read(command, defaults).map(lineOf)
}

export function lineOf(movement: Movement): string {
  const { tool, inputs, outputs, replaces, copies, maps, mentions, saves, uses } = movement
  const copied = copies.map(({ columns }) => {
    if (columns.by === 'name') return `=${columns.only?.join(',') ?? '*'}`
    return `#${(columns.to ?? columns.from)?.join(',') ?? '*'}`
  })
  const parts = [
    `${tool}:`,
    ...(inputs.length + outputs.length === 0
      ? []
      : [`${inputs.map(shown).join(', ')} -> ${outputs.map(shown).join(', ')}`.trim()]),
    ...replaces.map((place) => `!${shown(place)}`),
    ...new Set(copied),
    ...maps.map(({ map }) => {
      const fields = map.fields.map(({ column }) => column).join(',')
      const whole = map.whole.map(({ column }) => column).join(',')
      return whole === '' ? `{${fields}}` : `{${fields}|${whole}}`
    }),
    ...mentions.map((place) => `~${shown(place)}`),
    ...(saves === undefined
      ? []
      : [`saves ${named(saves)} [${saves.movements.map(lineOf).join('; ')}]`]),
    ...(uses === undefined ? [] : [`uses ${named(uses)}`]),
    ...movement.unresolved.map(({ reason, what }) => `?${reason} ${what}`),
  ]
  return parts.join(' ')
}

function named({ name, store }: NonNullable<Movement['uses']>): string {
  return store === undefined ? name : `${name} in ${store}`
}
