import type {
  ColumnMap,
  CopiedColumns,
  Copy,
  DatasetId,
  DatasetName,
  DatasetOrJob,
  DatasetPart,
  DefinitionId,
  DefinitionKey,
  ExplicitEntry,
  Fact,
  FactKind,
  GovernanceId,
  JobGroupId,
  JobId,
  JobName,
  Json,
  Micros,
  Moved,
  Mover,
  PrincipalKey,
  RunId,
  SchemaId,
  SessionKey,
  SessionOrigin,
  Statement,
  TransactionId,
} from '../model/index.ts'
import { hash } from 'node:crypto'
import {
  canonicalJson,
  compareCodePoints,
  datasetIdOf,
  definitionIdOf,
  governanceIdOf,
  jobGroupIdOf,
  jobIdOf,
  objectOf,
  partsOf,
  principalKeyOf,
  runIdOf,
  schemaIdOf,
  sessionKeyOf,
  transactionIdOf,
} from '../model/index.ts'

/*
 * Reduced state is a set of cells. A cell stands at (subject, property, member) and remembers when
 * it was first and last said and what was said best, by (rank, event time, entry key). Of a
 * `history` every saying is a cell of its own, so what held at any moment can be asked; of a `span`
 * there is one cell, merged. Merging is commutative, associative and idempotent, so the order and
 * the number of times in which facts arrive never show.
 */

export type Subject = Readonly<
  | { kind: 'dataset'; key: DatasetId; name: DatasetName }
  | { kind: 'job'; key: JobId; name: JobName }
  | { kind: 'run'; key: RunId; text: string }
  | { kind: 'definition'; key: DefinitionId; text: string }
  | { kind: 'transaction'; key: TransactionId; text: string }
  | { kind: 'schema'; key: SchemaId; name: DatasetName }
  | { kind: 'group'; key: JobGroupId; text: string }
  | { kind: 'principal'; key: PrincipalKey; text: string }
  | { kind: 'session'; key: SessionKey; text: string }
  | { kind: 'governance'; key: GovernanceId; text: string }
>

/**
 * How each property combines what facts say, and what has to be worked out again when it changes.
 * Numbers are what stores keep: never reuse one.
 */
export const properties = {
  spelling: { id: 1, combine: 'span', wakes: undefined },
  type: { id: 2, combine: 'history', wakes: 'catalog' },
  schema: { id: 3, combine: 'history', wakes: 'catalog' },
  description: { id: 4, combine: 'history', wakes: 'catalog' },
  owners: { id: 5, combine: 'history', wakes: 'catalog' },
  tags: { id: 6, combine: 'history', wakes: 'catalog' },
  facet: { id: 7, combine: 'history', wakes: undefined },
  alias: { id: 8, combine: 'span', wakes: 'identity' },
  location: { id: 9, combine: 'history', wakes: 'identity' },
  located: { id: 10, combine: 'span', wakes: 'identity' },
  decision: { id: 11, combine: 'history', wakes: 'identity' },
  lifecycle: { id: 12, combine: 'history', wakes: 'catalog' },
  problem: { id: 13, combine: 'history', wakes: undefined },
  jobType: { id: 20, combine: 'history', wakes: 'catalog' },
  jobSource: { id: 21, combine: 'history', wakes: undefined },
  jobParent: { id: 22, combine: 'history', wakes: undefined },
  declaration: { id: 23, combine: 'history', wakes: 'declaration' },
  renamed: { id: 24, combine: 'history', wakes: 'declaration' },
  jobChild: { id: 25, combine: 'span', wakes: undefined },
  amendment: { id: 26, combine: 'history', wakes: 'declaration' },
  active: { id: 27, combine: 'history', wakes: 'declaration' },
  partOf: { id: 28, combine: 'span', wakes: 'declaration' },
  runJob: { id: 40, combine: 'span', wakes: 'run' },
  runMark: { id: 41, combine: 'span', wakes: 'run' },
  runEvent: { id: 42, combine: 'span', wakes: 'run' },
  runContinuous: { id: 43, combine: 'span', wakes: 'run' },
  runParent: { id: 44, combine: 'span', wakes: 'run' },
  runIo: { id: 45, combine: 'span', wakes: 'run' },
  runMap: { id: 46, combine: 'span', wakes: 'run' },
  runExplicit: { id: 47, combine: 'span', wakes: 'run' },
  runRename: { id: 48, combine: 'span', wakes: 'run' },
  runReplaced: { id: 49, combine: 'span', wakes: 'run' },
  runNamedJob: { id: 50, combine: 'span', wakes: 'run' },
  runUses: { id: 51, combine: 'span', wakes: 'run' },
  runWithin: { id: 52, combine: 'span', wakes: 'run' },
  runLife: { id: 53, combine: 'span', wakes: undefined },
  runProblem: { id: 54, combine: 'history', wakes: 'run' },
  runFacet: { id: 60, combine: 'span', wakes: undefined },
  runJobFacet: { id: 61, combine: 'span', wakes: undefined },
  runIoFacet: { id: 62, combine: 'span', wakes: undefined },
  definition: { id: 70, combine: 'history', wakes: 'users' },
  transactionEvent: { id: 71, combine: 'span', wakes: 'users' },
  user: { id: 72, combine: 'span', wakes: undefined },
  standsFor: { id: 73, combine: 'history', wakes: 'users' },
  stoodFor: { id: 74, combine: 'span', wakes: undefined },
  configured: { id: 75, combine: 'history', wakes: 'users' },
  sessionBy: { id: 80, combine: 'span', wakes: undefined },
  actsFor: { id: 81, combine: 'span', wakes: undefined },
  starter: { id: 82, combine: 'span', wakes: undefined },
  statement: { id: 90, combine: 'history', wakes: undefined },
} as const satisfies Record<
  string,
  { id: number; combine: 'span' | 'history'; wakes: Derivation | undefined }
>

export type Property = keyof typeof properties

/**
 * What is worked out from cells: a run's flows, a declaration's flows, classes, the search row; and
 * which of them to work out again, when what they share was told otherwise.
 */
export type Derivation = 'users' | 'run' | 'declaration' | 'identity' | 'catalog'

/** What one fact says about one subject. `rank` is the property's own precedence, 1 to 8. */
export type Saying = Readonly<{
  subject: Subject
  property: Property
  member: string
  at: Micros
  rank: number
  value: Json | undefined
}>

/** A stored cell as derivations read it. */
export type Cell = Readonly<{
  property: Property
  member: string
  first: Micros
  last: Micros
  rank: number
  at: Micros
  entry: string
  value: Json | undefined
}>

const usual = 5
const steward = 7
const schemaRank = { reader: 4, statement: 5, writer: 6 } as const

type FactOf<Kind extends FactKind> = Extract<Fact, { kind: Kind }>
type Reducer<Kind extends FactKind> = (fact: FactOf<Kind>) => readonly Saying[]

/** Which cells each kind of fact goes to. */
const reducers: { readonly [Kind in FactKind]: Reducer<Kind> } = {
  mention: (fact) => [
    say(dataset(fact.dataset), 'spelling', fact, {
      member: JSON.stringify([fact.spelling.namespace, fact.spelling.name]),
    }),
  ],
  datasetType: (fact) => [say(dataset(fact.dataset), 'type', fact, { value: fact.type })],
  schema: (fact) => [
    say(dataset(fact.dataset), 'schema', fact, {
      rank: schemaRank[fact.by],
      value: fact.fields as unknown as Json,
    }),
  ],
  description: (fact) => [
    say(either(fact.of), 'description', fact, { rank: statedRank(fact.by), value: fact.text }),
  ],
  owners: (fact) => [
    say(either(fact.of), 'owners', fact, { rank: statedRank(fact.by), value: fact.owners }),
  ],
  tags: (fact) => [say(either(fact.of), 'tags', fact, { value: fact.tags })],
  facet: facetSayings,
  alias: (fact) => [
    say(dataset(fact.dataset), 'alias', fact, { member: idOf(fact.other) }),
    say(dataset(fact.other), 'alias', fact, { member: idOf(fact.dataset) }),
  ],
  location: (fact) => [
    say(dataset(fact.table), 'location', fact, {
      member: `${fact.by}:${idOf(fact.location)}`,
    }),
    say(dataset(fact.location), 'located', fact, {
      member: `${fact.by}:${idOf(fact.table)}`,
    }),
  ],
  lifecycle: (fact) => {
    const { run: runId, change, whole } = fact
    if (runId === undefined)
      return [say(dataset(fact.dataset), 'lifecycle', fact, { member: change })]
    const lives = living.has(change)
    const member = `${change}:${idOf(fact.dataset)}`
    return [
      say(dataset(fact.dataset), 'lifecycle', fact, {
        member: change,
        ...(lives && { value: runIdOf(runId) }),
      }),
      ...(lives ? [say(run(runId), 'runLife', fact, { member: idOf(fact.dataset) })] : []),
      ...(whole && replacing.has(change) ? [say(run(runId), 'runReplaced', fact, { member })] : []),
    ]
  },
  rename: (fact) => {
    const [from, to] = [idOf(fact.from), idOf(fact.to)]
    const by = 'run' in fact.by ? run(fact.by.run) : either(fact.by)
    const value = 'run' in fact.by ? { value: by.key } : {}
    return [
      say(by, by.kind === 'run' ? 'runRename' : 'renamed', fact, { member: `${from}:${to}` }),
      ...(by.kind === 'run'
        ? [from, to].map((member) => say(by, 'runLife', fact, { member }))
        : []),
      say(dataset(fact.from), 'lifecycle', fact, { member: 'RENAMED', ...value }),
      say(dataset(fact.to), 'lifecycle', fact, { member: 'RENAME', ...value }),
    ]
  },
  job: (fact) => [
    ...(fact.type === undefined ? [] : [say(job(fact.job), 'jobType', fact, { value: fact.type })]),
    ...(fact.source === undefined
      ? []
      : [say(job(fact.job), 'jobSource', fact, { value: fact.source })]),
    ...(fact.parent === undefined
      ? []
      : [
          say(job(fact.job), 'jobParent', fact, { value: jobIdOf(fact.parent) }),
          say(job(fact.parent), 'jobChild', fact, { member: jobIdOf(fact.job) }),
        ]),
  ],
  run: (fact) => [
    say(run(fact.run), 'runJob', fact, { member: jobIdOf(fact.job), value: { ...fact.job } }),
    say(run(fact.run), 'runEvent', fact, { member: fact.event === 'RUNNING' ? 'RUNNING' : '' }),
    ...(timed.has(fact.event)
      ? [
          say(run(fact.run), 'runMark', fact, {
            member: `${fact.event}:${fact.at}`,
            value: jobIdOf(fact.job),
          }),
        ]
      : []),
    ...(fact.continuous ? [say(run(fact.run), 'runContinuous', fact, {})] : []),
  ],
  parent: (fact) => [
    say(run(fact.run), 'runParent', fact, { value: runIdOf(fact.parent) }),
    ...(fact.parentJob === undefined
      ? []
      : [say(run(fact.parent), 'runNamedJob', fact, { member: jobIdOf(fact.parentJob) })]),
  ],
  io: (fact) => [
    say(run(fact.run), 'runIo', fact, {
      member: `${fact.part}:${fact.side}:${idOf(fact.dataset)}`,
    }),
  ],
  columnMap: (fact) => {
    const map = storedMap(fact.map)
    return [
      say(run(fact.run), 'runMap', fact, {
        member: `${fact.part}:${idOf(fact.output)}:${mapKeyOf(map)}`,
        value: map as unknown as Json,
      }),
    ]
  },
  explicit: (fact) => {
    const value = storedExplicit(fact.entry) as unknown as Json
    return [
      say(run(fact.run), 'runExplicit', fact, {
        member: `${fact.part}:${shortDigest(canonicalJson(value))}`,
        value,
      }),
    ]
  },
  copies: ({ at, run: runId, part, copy }) => {
    const map = storedCopy(copy)
    return [
      say(
        run(runId),
        'runMap',
        { at },
        {
          member: `${part}:${idOf(copy.output)}:${mapKeyOf(map)}`,
          value: map as unknown as Json,
        },
      ),
    ]
  },
  definition: (fact) => [
    say(definition(fact.key), 'definition', fact, {
      value: storedMoved(fact.moved) as unknown as Json,
    }),
  ],
  // Counted where they lie, by `access.ts` of a store: a cell for each would be many times as large.
  access: () => [],
  session: (fact) => {
    const member = JSON.stringify([fact.by.principal, fact.by.session ?? null])
    return [
      say(principalSubject(fact.of), 'actsFor', fact, { member }),
      ...(fact.session === undefined
        ? []
        : [say(sessionSubject(fact.session), 'sessionBy', fact, { member })]),
    ]
  },
  starter: (fact) => [say(run(fact.run), 'starter', fact, { member: fact.principal })],
  uses: (fact) => [
    say(run(fact.run), 'runUses', fact, { member: `${fact.part}:${definitionIdOf(fact.key)}` }),
    say(definition(fact.key), 'user', fact, { member: runIdOf(fact.run) }),
  ],
  transaction: (fact) => [
    say(transaction(fact.id), 'transactionEvent', fact, { member: fact.event }),
  ],
  within: (fact) => [
    say(run(fact.run), 'runWithin', fact, { member: transactionIdOf(fact.transaction) }),
    say(transaction(fact.transaction), 'user', fact, { member: runIdOf(fact.run) }),
  ],
  schemaAlias: (fact) => [
    say(schema(fact.schema), 'standsFor', fact, { member: memberOf(fact.other) }),
    say(schema(fact.other), 'stoodFor', fact, { member: memberOf(fact.schema) }),
  ],
  declaration: (fact) => [
    say('job' in fact.by ? job(fact.by.job) : dataset(fact.by.dataset), 'declaration', fact, {
      value: storedMoved(fact.moved) as unknown as Json,
    }),
  ],
  amendment: (fact) => [
    say(either(fact.by), 'amendment', fact, {
      member: fact.slot,
      value: storedMoved(fact.moved) as unknown as Json,
    }),
  ],
  active: (fact) => [say(either(fact.by), 'active', fact, { value: fact.active })],
  configuration: (fact) => [
    say(definition(fact.key), 'configured', fact, { value: fact.jobs.map(jobIdOf) }),
    ...fact.jobs.flatMap((part) => [
      say(definition(fact.key), 'user', fact, { member: jobIdOf(part) }),
      say(job(part), 'partOf', fact, { member: definitionIdOf(fact.key) }),
    ]),
  ],
  join: (fact) => [
    decided(fact.name, fact, `join:${idOf(fact.with)}`),
    decided(fact.with, fact, `join:${idOf(fact.name)}`),
  ],
  split: (fact) => [decided(fact.name, fact, 'split')],
  exposure: () => [],
  problem: (fact) => {
    const { of, path: member, code: value } = fact
    return [
      ...fact.names.map((name) => say(dataset(name), 'problem', fact, { member, value })),
      ...(of === undefined
        ? []
        : 'run' in of
          ? [say(run(of.run), 'runProblem', fact, { member, value })]
          : [say(group(of.job), 'problem', fact, { member, value })]),
    ]
  },
  statement: (fact) => [
    say(statedOn(fact), 'statement', fact, {
      member: statementKey(fact.statement),
      value: { ...fact.statement, by: fact.by } as unknown as Json,
    }),
  ],
  unknown: () => [],
  tally: () => [],
}

const timed: ReadonlySet<string> = new Set(['START', 'COMPLETE', 'ABORT', 'FAIL'])
const living: ReadonlySet<string> = new Set(['CREATE', 'RENAME', 'DROP'])
const replacing: ReadonlySet<string> = new Set(['OVERWRITE', 'TRUNCATE', 'DROP'])

/** What a fact says, cell by cell. Pure: the same fact always says the same. */
export function sayingsOf(fact: Fact): readonly Saying[] {
  const reducer = reducers[fact.kind] as Reducer<FactKind>
  return reducer(fact)
}

/** Every subject that a fact is evidence for, also where it says nothing that is kept in a cell. */
export function subjectsOf(fact: Fact): readonly Subject[] {
  return mentioned[fact.kind](fact as never)
}

type Mentioned<Kind extends FactKind> = (fact: FactOf<Kind>) => readonly Subject[]

const mentioned: { readonly [Kind in FactKind]: Mentioned<Kind> } = {
  mention: (fact) => [dataset(fact.dataset)],
  datasetType: (fact) => [dataset(fact.dataset)],
  schema: (fact) => [dataset(fact.dataset)],
  description: (fact) => [either(fact.of)],
  owners: (fact) => [either(fact.of)],
  tags: (fact) => [either(fact.of)],
  facet: ({ of }) => ('job' in of || 'dataset' in of ? ownersOf(of) : [run(runOf(of))]),
  alias: (fact) => [dataset(fact.dataset), dataset(fact.other)],
  location: (fact) => [dataset(fact.table), dataset(fact.location)],
  lifecycle: (fact) => [dataset(fact.dataset), ...(fact.run === undefined ? [] : [run(fact.run)])],
  rename: (fact) => [dataset(fact.from), dataset(fact.to), ...moverOf(fact.by)],
  job: (fact) => [job(fact.job), ...(fact.parent === undefined ? [] : [job(fact.parent)])],
  run: (fact) => [run(fact.run), job(fact.job)],
  parent: (fact) => [
    run(fact.run),
    run(fact.parent),
    ...(fact.parentJob === undefined ? [] : [job(fact.parentJob)]),
  ],
  io: (fact) => [run(fact.run), dataset(fact.dataset)],
  columnMap: (fact) => [run(fact.run), dataset(fact.output), ...namesOfMap(fact.map).map(dataset)],
  explicit: (fact) => [run(fact.run), ...namesOfExplicit(fact.entry).map(dataset)],
  copies: (fact) => [run(fact.run), dataset(fact.copy.output), dataset(fact.copy.input)],
  definition: (fact) => [definition(fact.key), ...namesOfMoved(fact.moved).map(dataset)],
  uses: (fact) => [run(fact.run), definition(fact.key)],
  transaction: (fact) => [transaction(fact.id)],
  within: (fact) => [run(fact.run), transaction(fact.transaction)],
  schemaAlias: (fact) => [schema(fact.schema), schema(fact.other)],
  declaration: ({ by, moved }) => [...moverOf(by), ...namesOfMoved(moved).map(dataset)],
  amendment: ({ by, moved }) => [...moverOf(by), ...namesOfMoved(moved).map(dataset)],
  active: ({ by }) => moverOf(by),
  configuration: (fact) => [definition(fact.key), ...fact.jobs.map(job)],
  access: (fact) => [dataset(fact.dataset), principalSubject(fact.principal)],
  session: (fact) => [
    principalSubject(fact.of),
    principalSubject(fact.by.principal),
    ...(fact.session === undefined ? [] : [sessionSubject(fact.session)]),
  ],
  starter: (fact) => [run(fact.run), principalSubject(fact.principal)],
  join: (fact) => [dataset(fact.name), dataset(fact.with)],
  split: (fact) => [dataset(fact.name)],
  exposure: (fact) => (fact.of === undefined ? [] : moverOf(fact.of)),
  problem: ({ names, of }) => [
    ...names.map(dataset),
    ...(of === undefined ? [] : ['run' in of ? run(of.run) : group(of.job)]),
  ],
  statement: (fact) => [
    statedOn(fact),
    ...partsOf(fact.statement).map((part) => dataset(part.dataset)),
  ],
  unknown: () => [],
  tally: () => [],
}

function facetSayings(fact: FactOf<'facet'>): readonly Saying[] {
  const { of, key } = fact
  if ('jobOfRun' in of) {
    return [say(run(of.jobOfRun), 'runJobFacet', fact, { member: key, value: fact.value })]
  }
  if ('run' in of) {
    if (!('side' in of)) {
      return [say(run(of.run), 'runFacet', fact, { member: key, value: fact.value })]
    }
    const member = JSON.stringify([of.side, idOf(of.dataset), of.group, key])
    return [say(run(of.run), 'runIoFacet', fact, { member, value: fact.value })]
  }
  return [say(either(of), 'facet', fact, { member: key, value: fact.value })]
}

function say(
  subject: Subject,
  property: Property,
  fact: { readonly at: Micros },
  more: { readonly member?: string; readonly rank?: number; readonly value?: Json },
): Saying {
  return {
    subject,
    property,
    member: more.member ?? '',
    at: fact.at,
    rank: more.rank ?? usual,
    value: more.value,
  }
}

function decided(name: DatasetName, fact: FactOf<'join' | 'split'>, member: string): Saying {
  return say(dataset(name), 'decision', fact, { member, value: fact.reason })
}

/** What of its subject it states: a later statement of one key takes the place of an earlier. */
function statementKey(statement: Statement): string {
  if (!('of' in statement)) return statement.says
  const about = statement.says === 'label' ? [statement.label] : []
  return JSON.stringify([statement.says, statement.of.column ?? null, ...about])
}

/** The dataset that it is about, or the boundary, the certificate …: a subject of its own. */
function statedOn({ statement }: FactOf<'statement'>): Subject {
  const object = objectOf(statement)
  const [part] = partsOf(statement)
  if (object === undefined) return dataset((part as DatasetPart).dataset)
  return {
    kind: 'governance',
    key: governanceIdOf(object.kind, object.id),
    text: JSON.stringify([object.kind, object.id]),
  }
}

function statedRank(by: 'producer' | 'steward'): number {
  return by === 'steward' ? steward : usual
}

function dataset(name: DatasetName): Subject {
  return { kind: 'dataset', key: idOf(name), name }
}

export function datasetSubject(name: DatasetName): Subject {
  return dataset(name)
}

export function principalSubject(id: string): Subject {
  return { kind: 'principal', key: principalKeyOf(id), text: id }
}

export function sessionSubject(id: string): Subject {
  return { kind: 'session', key: sessionKeyOf(id), text: id }
}

/** Who a member of `sessionBy` or `actsFor` stands for. */
export function originOf(member: string): SessionOrigin {
  const [principal, session] = JSON.parse(member) as [string, string | null]
  return session === null ? { principal } : { principal, session }
}

/** Who started a run: whoever was there first. */
export function earliestStarter(cells: readonly Cell[]): string | undefined {
  const order = (a: Cell, b: Cell): number =>
    a.first - b.first || compareCodePoints(a.member, b.member)
  return cells.toSorted(order)[0]?.member
}

function job(name: JobName): Subject {
  return { kind: 'job', key: jobIdOf(name), name }
}

function run(runId: string): Subject {
  if (lastRun?.text !== runId) lastRun = { kind: 'run', key: runIdOf(runId), text: runId }
  return lastRun
}

function definition(key: DefinitionKey): Subject {
  return {
    kind: 'definition',
    key: definitionIdOf(key),
    text: JSON.stringify([key.scope, key.name]),
  }
}

function transaction(id: string): Subject {
  return { kind: 'transaction', key: transactionIdOf(id), text: id }
}

function group(name: JobName): Subject {
  return { kind: 'group', key: jobGroupIdOf(name), text: name.namespace }
}

function schema(name: DatasetName): Subject {
  return { kind: 'schema', key: schemaIdOf(name), name }
}

function memberOf({ namespace, name }: DatasetName): string {
  return JSON.stringify([namespace, name])
}

/** The schema that a member of `standsFor` or `stoodFor` is. */
export function schemaIn(member: string): DatasetName {
  const [namespace, name] = JSON.parse(member) as [string, string]
  return { namespace, name }
}

// Ids are digests, and the facts of one event name the same run and few datasets many times over.
let lastRun: Extract<Subject, { kind: 'run' }> | undefined
const ids = new WeakMap<DatasetName, DatasetId>()

function idOf(name: DatasetName): DatasetId {
  const known = ids.get(name)
  if (known !== undefined) return known
  const id = datasetIdOf(name)
  ids.set(name, id)
  return id
}

function either(of: DatasetOrJob): Subject {
  return 'job' in of ? job(of.job) : dataset(of.dataset)
}

function ownersOf(of: DatasetOrJob | { readonly run: string }): readonly Subject[] {
  return 'run' in of ? [run(of.run)] : [either(of)]
}

function runOf(of: { readonly run: string } | { readonly jobOfRun: string }): string {
  return 'run' in of ? of.run : of.jobOfRun
}

function moverOf(by: Mover): readonly Subject[] {
  return 'run' in by ? [run(by.run)] : [either(by)]
}

function namesOfMap(map: ColumnMap): readonly DatasetName[] {
  return [...map.fields.flatMap(({ inputs }) => inputs), ...map.whole].map((input) => input.dataset)
}

function namesOfMoved(moved: Moved): readonly DatasetName[] {
  return [
    ...moved.inputs,
    ...moved.outputs,
    ...moved.maps.flatMap(({ output, map }) => [output, ...namesOfMap(map)]),
    ...moved.explicit.flatMap(namesOfExplicit),
    ...(moved.copies ?? []).flatMap(({ input, output }) => [output, input]),
  ]
}

function namesOfExplicit(entry: ExplicitEntry): readonly DatasetName[] {
  return [
    ...(entry.target === null ? [] : [entry.target]),
    ...entry.inputs,
    ...namesOfMap(entry.map),
  ]
}

/**
 * A column map as stores keep it: datasets by id. With `copied` it is the map of a job that copies:
 * its fields are worked out when it is asked for, from the schemas of that time.
 */
export type StoredMap = Readonly<{
  fields: readonly Readonly<{ column: string; inputs: readonly StoredInput[] }>[]
  whole: readonly StoredInput[]
  copied?: StoredCopied
}>
export type StoredCopied = Readonly<{ from: DatasetId; columns: CopiedColumns }>
export type StoredInput = Readonly<{
  dataset: DatasetId
  column: string
  transformations: ColumnMap['whole'][number]['transformations']
}>
export type StoredExplicit = Readonly<{
  target: DatasetId | null
  inputs: readonly DatasetId[]
  map: StoredMap
}>
export type StoredMoved = Readonly<{
  inputs: readonly DatasetId[]
  outputs: readonly DatasetId[]
  maps: readonly Readonly<{ output: DatasetId; map: StoredMap }>[]
  explicit: readonly StoredExplicit[]
}>

function storedMap(map: ColumnMap): StoredMap {
  const stored = (input: ColumnMap['whole'][number]): StoredInput => ({
    dataset: idOf(input.dataset),
    column: input.column,
    transformations: input.transformations,
  })
  return {
    fields: map.fields.map(({ column, inputs }) => ({ column, inputs: inputs.map(stored) })),
    whole: map.whole.map(stored),
  }
}

function storedCopy({ input, columns }: Copy): StoredMap {
  return { fields: [], whole: [], copied: { from: idOf(input), columns: inOrder(columns) } }
}

/** The same columns are the same text, in whatever order the properties came. */
function inOrder(columns: CopiedColumns): CopiedColumns {
  if (columns.by === 'name') {
    return columns.only === undefined ? { by: 'name' } : { by: 'name', only: columns.only }
  }
  const { from, to, skip } = columns
  return {
    by: 'position',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(skip === undefined || skip === 0 ? {} : { skip }),
  }
}

/** What a job is said to move; a copy is one of its maps. */
function storedMoved(moved: Moved): StoredMoved {
  return {
    inputs: moved.inputs.map(idOf),
    outputs: moved.outputs.map(idOf),
    maps: [
      ...moved.maps.map(({ output, map }) => ({ output: idOf(output), map: storedMap(map) })),
      ...(moved.copies ?? []).map((copy) => ({ output: idOf(copy.output), map: storedCopy(copy) })),
    ],
    explicit: moved.explicit.map(storedExplicit),
  }
}

function storedExplicit(entry: ExplicitEntry): StoredExplicit {
  return {
    target: entry.target === null ? null : idOf(entry.target),
    inputs: entry.inputs.map(idOf),
    map: storedMap(entry.map),
  }
}

/** The key of a map: equal maps have equal keys on every store. */
export function mapKeyOf(map: StoredMap): string {
  return shortDigest(JSON.stringify(map))
}

function shortDigest(text: string): string {
  return hash('sha256', text, 'buffer').toString('base64url', 0, 12)
}
