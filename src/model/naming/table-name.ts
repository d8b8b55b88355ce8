import type { Family } from './families.ts'

export type TableName = Readonly<{ namespace: string; name: string; partition: string | undefined }>

type Tables = Readonly<{ namespace: string; family: Family; path: readonly string[] }>

/**
 * The one spelling of a table's dotted name: without dots in front, without quotes, in the case of
 * its engine, with the database that the namespace named when the name lacks it.
 *
 * @see openlineage.md section 5 for the forms, section 9 for case and quotes
 */
export function tableNameOf({ namespace, family, path }: Tables, reported: string): TableName {
  const { name, partition } =
    family.scheme === 'bigquery' ? splitDecorator(reported) : whole(reported)
  const parts = partsOf(name.replace(/^\.+(?=[^.])/, '')).map(unquoted)
  const folded = foldOf(family)(parts)
  if (family.scheme === 'awsathena') {
    return { namespace, name: athenaParts(folded).join('.'), partition }
  }
  const missing = Math.max(0, (family.parts ?? 0) - folded.length)
  if (missing > path.length) {
    // The name alone would lose its database, so the namespace keeps it.
    return { namespace: [namespace, ...path].join('/'), name: folded.join('.'), partition }
  }
  const database = foldOf(family)(path.slice(0, missing))
  return { namespace, name: [...database, ...folded].join('.'), partition }
}

const whole = (name: string) => ({ name, partition: undefined })

/** BigQuery's `table$20260301` is one partition of a table; no table's name holds a `$`. */
function splitDecorator(name: string): { name: string; partition: string | undefined } {
  const [, table, partition] = /^([^$]+)\$([\w-]+)$/.exec(name) ?? []
  return table === undefined ? whole(name) : { name: table, partition }
}

const foldOf =
  ({ fold }: Family) =>
  (parts: readonly string[]): readonly string[] => {
    if (fold === undefined) return parts
    return parts.map((part) => (fold === 'lower' ? part.toLowerCase() : part.toUpperCase()))
  }

const quotes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['`', '`'],
  ['[', ']'],
])

/** The parts between dots; a dot inside of quotes divides nothing. */
function partsOf(name: string): string[] {
  const parts: string[] = []
  let start = 0
  let closing: string | undefined
  for (let index = 0; index < name.length; index += 1) {
    const character = name.charAt(index)
    if (closing !== undefined) {
      if (character === closing) closing = undefined
    } else if (character === '.') {
      parts.push(name.slice(start, index))
      start = index + 1
    } else if (index === start) {
      closing = quotes.get(character)
    }
  }
  return [...parts, name.slice(start)]
}

/**
 * A part without its quotes. Producers put them on and leave them off for one and the same table
 * (OL#4025), so they tell nothing; where they hold a dot or another quote they stay.
 */
function unquoted(part: string, _index: number, parts: readonly string[]): string {
  const inner = part.slice(1, -1)
  if (inner === '' || quotes.get(part.charAt(0)) !== part.at(-1)) return part
  if (/["`[\]]/.test(inner)) return part
  // One pair of quotes around the whole name is a producer's own.
  return inner.includes('.') && parts.length > 1 ? part : inner
}

/** Athena's own catalog, which its producers leave out, write in two cases, or replace by the database. */
const athenaCatalog = 'awsdatacatalog'

function athenaParts(parts: readonly string[]): readonly string[] {
  const [first, second] = parts
  if (parts.length === 2) return [athenaCatalog, ...parts]
  if (parts.length === 3 && first === second) return [athenaCatalog, ...parts.slice(1)]
  return parts
}
