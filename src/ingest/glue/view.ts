import type { ColumnMap, DatasetName, Fact, Json, Spelling } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import type { SqlColumnMap, SqlDialect, SqlName, Statement } from '../sql/index.ts'
import { parseJson } from '../../model/index.ts'
import { mentionFact, nameOf } from '../aws/declared.ts'
import { textAt, valueAt } from '../aws/members.ts'
import { unresolvedFact } from '../aws/unresolved.ts'
import { readSql } from '../sql/index.ts'

type ViewText = Readonly<{ sql: string; dialect: SqlDialect }>

/**
 * What a view of the catalog is made of: a statement about the view itself, which holds until the view
 * is defined anew. Reads `viewOriginalText` and `viewExpandedText` of a table: of Athena and Presto the
 * text holds the statement in base64, of Hive and Spark it is the statement.
 *
 * @see aws-events.md section 7.12
 */
export function viewFacts(
  event: CloudTrailEvent,
  view: Spelling,
  { table, database }: Readonly<{ table: Json | undefined; database: string }>,
): readonly Fact[] {
  const { at } = event
  const dataset = nameOf(view)
  const text = viewTextOf(table)
  const [statement] =
    text === undefined
      ? []
      : readSql(`CREATE VIEW lineward_view AS ${text.sql}`, {
          dialect: text.dialect,
          database: text.dialect === 'athena' ? 'awsdatacatalog' : undefined,
          schema: database,
        })
  if (statement === undefined) return [unknownText(event, dataset)]
  const names = new Names(view, database)
  const sources = statement.inputs.flatMap((input) => names.of(input) ?? [])
  const inputs = sources.map(nameOf)
  return [
    ...sources.map((source) => mentionFact(at, source)),
    {
      kind: 'declaration',
      at,
      by: { dataset },
      moved: { inputs, outputs: [dataset], ...columnsOf(statement, names, dataset), explicit: [] },
    },
    ...(statement.unresolved === undefined && sources.length === statement.inputs.length
      ? []
      : [unknownText(event, dataset, inputs)]),
  ]
}

const presto = /^\s*\/\*\s*Presto (?:Materialized )?View:\s*([A-Za-z0-9+/=\s]+?)\s*\*\/\s*$/

function viewTextOf(table: Json | undefined): ViewText | undefined {
  const original = textAt(table, 'viewOriginalText')
  const [, packed] = presto.exec(original ?? '') ?? []
  if (packed !== undefined) {
    const sql = textAt(unpacked(packed), 'originalSql')
    return sql === undefined ? undefined : { sql, dialect: 'athena' }
  }
  const sql = textAt(table, 'viewExpandedText') ?? original
  if (sql === undefined || /^\s*\/\*/.test(sql)) return undefined
  const isSpark = valueAt(table, 'parameters', 'spark.sql.create.version') !== undefined
  return { sql, dialect: isSpark ? 'spark' : 'hive' }
}

function unpacked(base64: string): Json | undefined {
  try {
    return parseJson(Buffer.from(base64, 'base64').toString('utf8'))
  } catch {
    return undefined
  }
}

/** The names that Glue's own catalog has in engines; others are catalogs elsewhere. */
const ownCatalogs: ReadonlySet<string> = new Set(['awsdatacatalog', 'hive', 'spark_catalog'])

/** Tables of a statement, in the catalog of the view. */
class Names {
  readonly #view: Spelling
  readonly #database: string

  constructor(view: Spelling, database: string) {
    this.#view = view
    this.#database = database
  }

  of(name: SqlName): Spelling | undefined {
    if (!('parts' in name)) return undefined
    const [table, database = this.#database, catalog = 'hive'] = name.parts.toReversed()
    if (table === undefined || !ownCatalogs.has(catalog.toLowerCase())) return undefined
    return { namespace: this.#view.namespace, name: `table/${database}/${table}` }
  }
}

function columnsOf(
  { maps, copies }: Statement,
  names: Names,
  output: DatasetName,
): Pick<Extract<Fact, { kind: 'declaration' }>['moved'], 'maps' | 'copies'> {
  return {
    maps: maps.map(({ map }) => ({ output, map: mapOf(map, names) })),
    copies: copies.flatMap(({ input, columns }) => {
      const from = names.of(input)
      return from === undefined ? [] : [{ input: nameOf(from), output, columns }]
    }),
  }
}

function mapOf({ fields, whole }: SqlColumnMap, names: Names): ColumnMap {
  const inputsOf = (inputs: SqlColumnMap['whole']): ColumnMap['whole'] =>
    inputs.flatMap(({ dataset, ...input }) => {
      const from = names.of(dataset)
      return from === undefined ? [] : [{ dataset: nameOf(from), ...input }]
    })
  return {
    fields: fields.map(({ column, inputs }) => ({ column, inputs: inputsOf(inputs) })),
    whole: inputsOf(whole),
  }
}

function unknownText(
  event: CloudTrailEvent,
  view: DatasetName,
  inputs: readonly DatasetName[] = [],
): Fact {
  return unresolvedFact(event, {
    code: 'DECLARATION_UNRESOLVED',
    path: '/requestParameters/tableInput/viewOriginalText',
    reason: `${view.name}: not all that the view is made of can be told`,
    names: [view, ...inputs],
  })
}
