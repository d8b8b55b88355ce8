import type { DatasetName, Fact, JobName, Micros, Spelling } from '../../model/index.ts'
import type { ExternalSchema, SqlName, Statement } from '../sql/index.ts'
import { canonicalName } from '../../model/index.ts'
import { columnMapOf } from '../sql/index.ts'

/** A statement's run, and what its names are. */
export type Ran = Readonly<{
  at: Micros
  job: JobName
  run: string
  part: string
  /** A JSON pointer to its text. */
  path: string
  /** Of the transaction that it was part of, where it is known. */
  transaction?: string
  source: string
  placeOf: (name: SqlName) => Spelling | undefined
  /** What is said by a schema that stands for another; undefined where that cannot be told. */
  externalSchema: (external: ExternalSchema) => readonly Fact[] | undefined
}>

const views: ReadonlySet<string> = new Set(['CREATE VIEW', 'CREATE MATERIALIZED VIEW'])

/** What a statement that ran says. One that moves nothing and changes nothing says nothing. */
export function statementFacts(statement: Statement, ran: Ran): readonly Fact[] {
  const { at, run, part, path, job, transaction, source } = ran
  if (statement.transaction !== undefined) {
    if (transaction === undefined) return []
    return [{ kind: 'transaction', at, id: transaction, event: statement.transaction }]
  }
  const named = new Names(ran)
  const [inputs, outputs] = [named.all(statement.inputs), named.all(statement.outputs)]
  const by = { run } as const
  const moved: Fact[] = [
    ...inputs.map((dataset): Fact => ({ kind: 'io', at, run, part, side: 'reads', dataset })),
    ...outputs.map((dataset): Fact => ({ kind: 'io', at, run, part, side: 'writes', dataset })),
    ...statement.maps.flatMap(({ output, map }): readonly Fact[] => {
      const dataset = named.one(output)
      if (dataset === undefined) return []
      return [
        {
          kind: 'columnMap',
          at,
          run,
          part,
          output: dataset,
          map: columnMapOf(map, (name) => named.one(name)),
        },
      ]
    }),
    ...statement.copies.flatMap(({ columns, ...copy }): readonly Fact[] => {
      const [input, output] = [named.one(copy.input), named.one(copy.output)]
      if (input === undefined || output === undefined) return []
      return [{ kind: 'copies', at, run, part, copy: { input, output, columns } }]
    }),
    ...statement.renames.flatMap((rename): readonly Fact[] => {
      const [from, to] = [named.one(rename.from), named.one(rename.to)]
      return from === undefined || to === undefined ? [] : [{ kind: 'rename', at, by, from, to }]
    }),
  ]
  const changed: Fact[] = [
    ...statement.changes.flatMap(({ change, whole, dataset: name }): readonly Fact[] => {
      const dataset = named.one(name)
      const replaces = whole && (change === 'OVERWRITE' || change === 'TRUNCATE')
      return dataset === undefined
        ? []
        : [{ kind: 'lifecycle', at, dataset, change, run, whole: replaces }]
    }),
    ...statement.schemas.flatMap(({ dataset: name, fields }): readonly Fact[] => {
      const dataset = named.one(name)
      return dataset === undefined ? [] : [{ kind: 'schema', at, dataset, fields, by: 'statement' }]
    }),
    ...statement.locations.flatMap(({ table: name, location: address }): readonly Fact[] => {
      const [table, location] = [named.one(name), named.one({ location: address })]
      return table === undefined || location === undefined
        ? []
        : [{ kind: 'location', at, table, location, by: 'catalog' }]
    }),
    ...(views.has(statement.verb) ? outputs : []).map((dataset): Fact => ({
      kind: 'datasetType',
      at,
      dataset,
      type: 'VIEW',
    })),
  ]
  const { externalSchema: external } = statement
  const standing = external === undefined ? [] : ran.externalSchema(external)
  const reason =
    statement.unresolved ??
    named.unresolved ??
    (external === undefined || standing !== undefined ? undefined : untoldSchema(external))
  const problems: readonly Fact[] =
    reason === undefined
      ? []
      : [
          {
            kind: 'problem',
            at,
            code: 'STATEMENT_UNRESOLVED',
            path,
            reason,
            names: [...named.seen],
            // One that names nothing may have touched anything of its cluster.
            ...(named.seen.length === 0 ? { of: { job } } : {}),
          },
        ]
  if (moved.length === 0 && changed.length === 0) return [...(standing ?? []), ...problems]
  return [
    { kind: 'job', at, job, type: 'SQL', source },
    { kind: 'run', at, run, job, event: 'START', continuous: false },
    ...(transaction === undefined ? [] : [{ kind: 'within', at, run, transaction } as const]),
    ...named.mentions(at),
    ...moved,
    ...changed,
    ...problems,
  ]
}

/** What is read of it is known by the names that the cluster gives it, and by no others. */
function untoldSchema({ schema, kind, database = '' }: ExternalSchema): string {
  return `Tables of ${schema.join('.')} are not joined with those of ${kind} ${database}`.trimEnd()
}

/** The names of one statement, each looked up once. */
class Names {
  readonly #ran: Ran
  readonly #spellings = new Map<string, Readonly<{ spelling: Spelling; dataset: DatasetName }>>()
  /** Why one of them is none. */
  unresolved: string | undefined

  constructor(ran: Ran) {
    this.#ran = ran
  }

  get seen(): readonly DatasetName[] {
    return [...this.#spellings.values()].map(({ dataset }) => dataset)
  }

  one(name: SqlName): DatasetName | undefined {
    const spelling = this.#ran.placeOf(name)
    if (spelling === undefined) {
      this.unresolved = 'A place that the statement reads or writes has no name here'
      return undefined
    }
    const key = JSON.stringify([spelling.namespace, spelling.name])
    const known = this.#spellings.get(key)
    if (known !== undefined) return known.dataset
    const dataset = canonicalName(spelling.namespace, spelling.name)
    this.#spellings.set(key, { spelling, dataset })
    return dataset
  }

  all(names: readonly SqlName[]): readonly DatasetName[] {
    return names.map((name) => this.one(name)).filter((dataset) => dataset !== undefined)
  }

  mentions(at: Micros): readonly Fact[] {
    return [...this.#spellings.values()].map(({ spelling, dataset }) => ({
      kind: 'mention',
      at,
      dataset,
      spelling,
      touched: true,
    }))
  }
}
