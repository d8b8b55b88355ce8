import type { SqlName, Statement } from '../../../src/ingest/sql/index.ts'

type Used = Statement['maps'][number]['map']['whole'][number]

/**
 * A statement in lines for people: `VERB inputs > outputs`, then one for each column of a map, for what
 * decides the whole of it (`* =`), for copies, changes and what else it says. `f(t.a)` is a column that
 * was transformed, `sum(t.a)` one that was aggregated, `filter?(t.a)` one that only decides, and `!`
 * says that the function hides it.
 */
export function shown(statement: Statement): readonly string[] {
  const { verb, inputs, outputs, maps, copies, changes, renames, schemas, locations } = statement
  return [
    [verb, inputs.map(nameOf).join(', '), '>', outputs.map(nameOf).join(', ')]
      .filter((part) => part !== '')
      .join(' ')
      .replace(/ >$/, ''),
    ...(statement.unresolved === undefined ? [] : [`unresolved: ${statement.unresolved}`]),
    ...maps.flatMap(({ map }) => [
      ...map.fields.map(({ column, inputs: used }) =>
        `${column} = ${used.map(usedOf).join(' ')}`.trimEnd(),
      ),
      ...(map.whole.length === 0 ? [] : [`* = ${map.whole.map(usedOf).join(' ')}`]),
    ]),
    ...copies.map(({ input, output, columns }) => {
      const { by, ...rest } = columns
      const more = Object.entries(rest).map(([key, value]) => ` ${key} ${String(value)}`)
      return `copy ${nameOf(input)} > ${nameOf(output)} by ${by}${more.join('')}`
    }),
    ...changes.map(
      ({ dataset, change, whole }) => `${change} ${nameOf(dataset)}${whole ? ', whole' : ''}`,
    ),
    ...renames.map(({ from, to }) => `rename ${nameOf(from)} > ${nameOf(to)}`),
    ...schemas.map(({ dataset, fields }) => {
      const columns = fields.map(({ name, type }) =>
        type === undefined ? name : `${name} ${type}`,
      )
      return `schema ${nameOf(dataset)}: ${columns.join(', ')}`
    }),
    ...locations.map(({ table, location }) => `location ${nameOf(table)}: ${location}`),
    ...(statement.externalSchema === undefined ? [] : [JSON.stringify(statement.externalSchema)]),
    ...(statement.transaction === undefined ? [] : [`transaction: ${statement.transaction}`]),
  ]
}

function nameOf(name: SqlName): string {
  return 'parts' in name ? name.parts.join('.') : name.location
}

function usedOf({ dataset, column, transformations }: Used): string {
  const place = `${nameOf(dataset)}.${column}`
  return transformations
    .map(({ type, subtype, description, masking }) => {
      if (type === 'INDIRECT') return `${String(subtype).toLowerCase()}?(${place})`
      if (subtype === 'IDENTITY') return place
      return `${description ?? 'f'}${masking ? '!' : ''}(${place})`
    })
    .join('+')
}
