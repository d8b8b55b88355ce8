import type { ColumnMap, DatasetName, Spelling } from '../../model/index.ts'
import type { Movement } from './movement.ts'
import type { SqlColumnMap, SqlName, SqlTerms } from '../sql/index.ts'
import type { ReadSql, SqlStatement } from './sql.ts'
import { canonicalName, compareNames } from '../../model/index.ts'
import { columnMapOf } from '../sql/index.ts'
import { movementOf, unresolvedMovement } from './movement.ts'
import { withUnknownNames, withoutUnknownNames } from './unknown.ts'

/** Gives a name of a statement its dataset; undefined where that cannot be told. */
export type ResolveName = (name: SqlName) => Spelling | undefined

/** What the statements of a text move, one movement for each that moves something. */
export function statementMovements(
  tool: string,
  text: string,
  { sql, terms, resolve }: Readonly<{ sql: ReadSql; terms: SqlTerms; resolve: ResolveName }>,
): readonly Movement[] {
  const known = withKnownNames(resolve)
  const statements = sql(withUnknownNames(text), terms)
  if (statements.length === 0 && text.trim() !== '') {
    return [unresolvedMovement(tool, 'STATEMENT', 'a statement')]
  }
  return statements.map((statement) =>
    movementOf(tool, {
      inputs: placesOf(statement.inputs, known),
      outputs: placesOf(statement.outputs, known),
      maps: mapsOf(statement, known),
      copies: statement.copies.flatMap(({ input, output, columns }) => {
        const from = known(input)
        const to = known(output)
        return from === undefined || to === undefined ? [] : [{ input: from, output: to, columns }]
      }),
      replaces: replacedBy(statement, known),
      unresolved: unresolvedIn(statement, known),
    }),
  )
}

/** What a query reads and how its answer's columns come about, wherever the answer goes. */
export type Answer = Readonly<{
  inputs: readonly Spelling[]
  map: ColumnMap | undefined
  /** Inputs of which all columns, or those listed, are in the answer as they are. */
  copies: readonly Readonly<{ input: Spelling; only: readonly string[] | undefined }>[]
  unresolved: Movement['unresolved']
}>

const answer = 'lineward_query_answer'

/**
 * Reads a query that names no output (`sqoop import --query`): its answer is read as a table made of
 * it, so that its columns are told.
 */
export function answerOf(
  query: string,
  { sql, terms, resolve }: Readonly<{ sql: ReadSql; terms: SqlTerms; resolve: ResolveName }>,
): Answer {
  const known = withKnownNames(resolve)
  const text = withUnknownNames(query).trim().replace(/;\s*$/, '')
  const [statement] = sql(`CREATE TABLE ${answer} AS ${text}`, terms)
  if (statement === undefined) {
    return {
      inputs: [],
      map: undefined,
      copies: [],
      unresolved: [{ reason: 'STATEMENT', what: '--query' }],
    }
  }
  const made = statement.maps.find(({ output }) => isAnswer(output))
  const names = statement.inputs.filter((name) => !isAnswer(name))
  return {
    inputs: placesOf(names, known),
    map: made === undefined ? undefined : mapOf(made.map, known),
    copies: statement.copies.flatMap(({ input, output, columns }) => {
      const from = known(input)
      if (from === undefined || !isAnswer(output)) return []
      if (columns.by === 'name') return [{ input: from, only: columns.only }]
      return columns.from === undefined ? [{ input: from, only: undefined }] : []
    }),
    unresolved: unresolvedIn({ ...statement, inputs: names, outputs: [] }, known),
  }
}

function isAnswer(name: SqlName): boolean {
  return 'parts' in name && name.parts.at(-1)?.toLowerCase() === answer
}

function withKnownNames(resolve: ResolveName): ResolveName {
  return (name) =>
    resolve(
      'parts' in name
        ? { parts: name.parts.map(withoutUnknownNames) }
        : { location: withoutUnknownNames(name.location) },
    )
}

function placesOf(names: readonly SqlName[], resolve: ResolveName): readonly Spelling[] {
  return names.map(resolve).filter((place) => place !== undefined)
}

function replacedBy({ changes, outputs }: SqlStatement, resolve: ResolveName): readonly Spelling[] {
  const written = placesOf(outputs, resolve)
  const whole = changes.filter((change) => change.whole && change.change !== 'DROP')
  return placesOf(
    whole.map(({ dataset }) => dataset),
    resolve,
  ).filter((place) => written.some((output) => compareNames(output, place) === 0))
}

function unresolvedIn(
  { inputs, outputs, unresolved }: SqlStatement,
  resolve: ResolveName,
): Movement['unresolved'] {
  const isUnknown = [...inputs, ...outputs].some((name) => resolve(name) === undefined)
  return [
    ...(unresolved === undefined ? [] : [{ reason: 'STATEMENT', what: 'a statement' } as const]),
    ...(isUnknown ? [{ reason: 'VALUE', what: 'a name in a statement' } as const] : []),
  ]
}

function mapsOf({ maps }: SqlStatement, resolve: ResolveName): Movement['maps'] {
  return maps.flatMap(({ output, map }) => {
    const place = resolve(output)
    return place === undefined ? [] : [{ output: place, map: mapOf(map, resolve) }]
  })
}

function mapOf(map: SqlColumnMap, resolve: ResolveName): ColumnMap {
  return columnMapOf(map, (name) => {
    const place = resolve(name)
    return place === undefined ? undefined : canonical(place)
  })
}

function canonical({ namespace, name }: Spelling): DatasetName {
  return canonicalName(namespace, name)
}
