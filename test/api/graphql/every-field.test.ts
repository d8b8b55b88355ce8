import type { GraphQLField, GraphQLNamedType } from 'graphql'
import type { Name } from './event.ts'
import type { World } from './service.ts'
import { readFileSync } from 'node:fs'
import { buildSchema, getNamedType, isAbstractType, isLeafType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assumed, looking, objectCall, record } from '../../ingest/aws-events.ts'
import { columns, facet, having, moved, runIdOf } from './event.ts'
import { openWorld } from './service.ts'

const schema = buildSchema(
  readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'),
)

/** Types that nothing can have a value of yet: no source says when it was blind. */
const empty = ['BlindSpot']

type Fields = readonly GraphQLField<unknown, unknown>[]

/** A selection of every field of a type, its leaves and `depth` levels of what lies below. */
function selectionOf(type: GraphQLNamedType, depth: number): string {
  if (isAbstractType(type)) {
    const members = schema.getPossibleTypes(type)
    const parts = members.map((one) => `... on ${one.name} ${selectionOf(one, depth)}`)
    return `{ __typename ${parts.join(' ')} }`
  }
  if (!isObjectType(type)) return ''
  const fields: Fields = Object.values(type.getFields())
  const parts = fields.flatMap((field) => {
    const inner = getNamedType(field.type)
    // An interface's members may differ in what they can be null in: an alias each.
    const alias = `${type.name}_${field.name}`
    const paging = field.args.some(({ name }) => name === 'first') ? '(first: 3)' : ''
    if (isLeafType(inner)) return [`${alias}: ${field.name}${paging}`]
    return depth === 0 ? [] : [`${alias}: ${field.name}${paging} ${selectionOf(inner, depth - 1)}`]
  })
  return `{ __typename ${parts.join(' ')} }`
}

/** Every `Type.field` that has a value somewhere in an answer. */
function answeredIn(value: unknown, found: Set<string>): Set<string> {
  if (Array.isArray(value)) for (const item of value) answeredIn(item, found)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return found
  for (const [alias, inner] of Object.entries(value)) {
    const [, type, field] = /^([A-Z]\w*?)_(\w+)$/.exec(alias) ?? []
    if (type !== undefined && inner !== null) found.add(`${type}.${field}`)
    answeredIn(inner, found)
  }
  return found
}

describe('every field of every type', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({
      'query-cost-max': '1000000000',
      'query-aliases-max': '10000',
      'query-tokens-max': '1000000',
      'query-bytes-max': '10000000',
    })
    const parent = { run: { runId: runIdOf('dag') }, job: { namespace: 'etl', name: 'dag' } }
    const about = {
      documentation: { description: 'patients of all clinics' },
      ownership: { owners: [{ name: 'jane', type: 'OWNER' }] },
      tags: { tags: [{ key: 'pii', value: 'yes', source: 'test' }] },
      lifecycleStateChange: { lifecycleStateChange: 'OVERWRITE' },
    }
    await world.post(
      moved(['etl', 'dag'], { run: 'dag', at: '2026-03-01T11:00:00Z' }),
      moved(['etl', 'copy'], { type: 'START', at: '2026-03-01T11:59:00Z' }),
      moved(['etl', 'copy'], {
        inputs: [
          having(['postgres://ehr:5432', 'ehr.public.patients'], {
            ...about,
            schema: { fields: [{ name: 'mrn', type: 'string', description: 'number' }] },
          }),
        ],
        outputs: [
          having(['s3://lake', 'raw/patients'], {
            ...about,
            schema: columns('key'),
            columnLineage: {
              fields: {
                key: {
                  inputFields: [
                    {
                      namespace: 'postgres://ehr:5432',
                      name: 'ehr.public.patients',
                      field: 'mrn',
                      transformations: [
                        {
                          type: 'DIRECT',
                          subtype: 'IDENTITY',
                          description: 'as it is',
                          masking: false,
                        },
                      ],
                    },
                  ],
                },
              },
            },
          }),
        ],
        runFacets: { parent: facet(parent) },
        jobFacets: {
          documentation: facet({ description: 'copies' }),
          ownership: facet({ owners: [{ name: 'team' }] }),
          sql: facet({ query: 'insert into a select * from b' }),
          jobType: facet({ processingType: 'BATCH', integration: 'SPARK', jobType: 'JOB' }),
        },
      }),
      moved(['etl', 'read'], { inputs: [['s3://lake', 'raw']], outputs: [['s3://lake', 'out']] }),
      moved(['etl', 'broken'], {
        outputs: [{ name: ['s3://lake', 'out'], facets: { schema: facet({ fields: 5 }) } }],
      }),
    )
    // Of AWS: a table that a role made, a call that nobody reads, and one that says nothing.
    const made = { databaseName: 'd', tableInput: { name: 't' } }
    await world.postTo({ door: '/api/v1/events' }, [
      record({
        eventSource: 'glue.amazonaws.com',
        eventName: 'CreateTable',
        requestParameters: made,
      }),
      record(),
      looking(),
      record({
        eventSource: 'glue.amazonaws.com',
        eventName: 'StartJobRun',
        requestParameters: { jobName: 'curate' },
        responseElements: { jobRunId: 'jr_1' },
      }),
      assumed({ role: 'etl', key: 'ASIASECONDSECONDSECO', by: { user: 'ann' } }),
      objectCall('GetObject', 'raw/patients/x.csv', { sourceIPAddress: 'athena.amazonaws.com' }),
    ])
    const drop = { lifecycleStateChange: { lifecycleStateChange: 'DROP' } }
    await world.post(
      moved(['etl', 'drop'], { outputs: [['s3://lake', 'old']] }),
      moved(['etl', 'drop'], {
        run: 'later',
        at: '2026-03-03T00:00:00Z',
        outputs: [having(['s3://lake', 'old'], drop)],
      }),
    )
    await govern(world)
    await world.service.ledger.checkpoint()
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const lookups = `
    a: datasets(first: 10, filter: { includeRetired: true }) ${selectionOf(named('DatasetConnection'), 4)}
    b: jobs ${selectionOf(named('JobConnection'), 4)}
    c: search(text: "patients") ${selectionOf(named('SearchConnection'), 2)}
    d: namespaces ${selectionOf(named('NamespaceConnection'), 2)}
    e: intake ${selectionOf(named('Intake'), 2)}
    f: ledger ${selectionOf(named('Ledger'), 2)}
    g: deadLetters ${selectionOf(named('DeadLetterConnection'), 2)}
    h: run(runId: "${runIdOf('etl/copy')}") ${selectionOf(named('Run'), 3)}
    o: run(runId: "jr_1") ${selectionOf(named('Run'), 2)}
    i: job(namespace: "etl", name: "drop") ${selectionOf(named('Job'), 4)}
    j: dataset(namespace: "s3://lake", name: "raw/patients", asOf: "2026-03-02") ${selectionOf(
      named('Dataset'),
      4,
    )}
    m: principal(id: "arn:aws:iam::111122223333:role/etl") ${selectionOf(named('Principal'), 2)}
    n: accesses(of: [{ namespace: "s3://lake", name: "raw" }], since: "2026-01-01") ${selectionOf(
      named('AccessConnection'),
      4,
    )}
    k: dataset(namespace: "arn:aws:glue:eu-west-1:111122223333", name: "table/d/t") ${selectionOf(
      named('Dataset'),
      3,
    )}`
  const start = '{ namespace: "postgres://ehr:5432", name: "ehr.public.patients" }'
  const end = '{ namespace: "s3://lake", name: "out" }'
  const walks = `
    a: lineage(of: [${start}], grain: COLUMN) ${selectionOf(named('Lineage'), 4)}
    b: paths(from: ${start}, to: ${end}) ${selectionOf(named('Paths'), 3)}
    c: lineage(of: [${end}]) ${selectionOf(named('Lineage'), 2)}`

  const boundaryOf = (name: string): string =>
    `{ name: "safe", zone: PROTECTED, selectors: [{ namespace: "s3://lake", name: "${name}" }] }`
  const judged = `
    a: footprint(atLeast: UNKNOWN, first: 10) ${selectionOf(named('FootprintConnection'), 3)}
    b: findings(first: 20) ${selectionOf(named('FindingConnection'), 3)}
    c: certificates ${selectionOf(named('CertificateConnection'), 3)}
    d: boundaries ${selectionOf(named('Boundary'), 2)}
    e: policies ${selectionOf(named('Policy'), 2)}
    f: explainLabel(of: { namespace: "s3://lake", name: "raw/patients" }, label: "ID") ${selectionOf(
      named('LabelExplanation'),
      3,
    )}
    g: explainStatus(of: { namespace: "s3://lake", name: "raw/patients" }) ${selectionOf(
      named('StatusExplanation'),
      3,
    )}
    h: preview(change: { boundary: ${boundaryOf('raw/patients')} }) ${selectionOf(named('Preview'), 3)}
    i: preview(change: { certificate: { job: { namespace: "etl", name: "copy" },
      outputs: [{ namespace: "s3://lake", name: "raw/patients" }] } }) ${selectionOf(named('Preview'), 3)}
    j: dataset(namespace: "s3://lake", name: "raw/patients") ${selectionOf(named('Dataset'), 2)}
    k: dataset(namespace: "s3://lake", name: "replaced", asOf: "2026-03-01T12:30:00Z") {
      labels ${selectionOf(named('AppliedLabel'), 0)} }`

  it('is answered without a fault, and with a value somewhere', async () => {
    const answers = [
      await world.answer(`{ ${lookups} }`),
      await world.answer(`{ ${walks} }`),
      await world.answer(`{ ${judged} }`),
    ]
    const found = answeredIn(answers, new Set())
    const missing = Object.values(schema.getTypeMap()).flatMap((type) => {
      if (
        !isObjectType(type) ||
        /^(?:__|Query$|Mutation$|Subscription$|Re(?:tract|play)Result$)/.test(type.name)
      ) {
        return []
      }
      if (empty.includes(type.name)) return []
      return Object.keys(type.getFields())
        .map((field) => `${type.name}.${field}`)
        .filter((name) => !found.has(name))
    })
    expect(missing).toEqual([])
  })
})

/** What people state: labels, places, policies, and certificates with what becomes of them. */
async function govern(world: World): Promise<void> {
  const replaced: Name = ['s3://lake', 'replaced']
  const anew = { lifecycleStateChange: { lifecycleStateChange: 'OVERWRITE' } }
  await world.post(
    moved(['etl', 'before'], {
      inputs: [['postgres://ehr:5432', 'ehr.public.patients']],
      outputs: [replaced],
    }),
    moved(['etl', 'after'], {
      at: '2026-03-01T13:00:00Z',
      inputs: [['s3://lake', 'codes']],
      outputs: [having(replaced, anew)],
    }),
  )
  const ann = await world.token('steward', undefined, 'Ann')
  const bob = await world.token('steward', undefined, 'Bob')
  const state = <Data>(mutation: string, token = ann): Promise<Data> =>
    world.answer<Data>(`mutation { it: ${mutation} }`, {}, token)
  const source = 'namespace: "postgres://ehr:5432", name: "ehr.public.patients"'
  await state(
    `assertLabel(of: { ${source}, column: "mrn" }, label: "ID.MRN", reason: "known") { id }`,
  )
  await state(`assertStatus(of: { ${source} }, status: PHI, reason: "known") { id }`)
  const define = (name: string, zone: string, selectors: string): Promise<unknown> =>
    state(`defineBoundary(name: "${name}", zone: ${zone}, selectors: [${selectors}]) { version }`)
  await define('hospital', 'PROTECTED', '{ namespace: "postgres://ehr*" }')
  await define(
    'analytics',
    'GENERAL',
    `{ namespace: "s3://lake", name: "raw/**" } { account: "111122223333", region: "eu-west-1" }
     { vpc: "vpc-0a1b" } { tag: { key: "open", value: "yes" } } { job: "nightly-*" }
     { principal: "arn:aws:iam::111122223333:role/analyst" }`,
  )
  await state(`definePolicy(name: "open", zone: EXTERNAL, statuses: [NOT_PERSONAL],
    mayCross: [{ job: "export", namespace: "etl" }]) { version }`)
  const { it: asked } = await state<{ it: { id: string } }>(
    `certify(job: { namespace: "etl", name: "read" }, outputs: [
        { namespace: "s3://lake", name: "out", column: "band" }], method: SAFE_HARBOR, signer: "Dr. Roe",
      expires: "2099-01-01", statement: "as the rule says") { id }`,
  )
  await state(`approveCertificate(id: "${asked.id}", reason: "yes") { state }`, bob)
  const { findings } = await world.answer<{
    findings: { edges: readonly { node: { id: string } }[] }
  }>('{ findings(kinds: [CROSSING], statuses: [OPEN]) { edges { node { id } } } }')
  const crossing = findings.edges[0]?.node.id ?? ''
  await state(`assignFinding(id: "${crossing}", assignee: "jane", comment: "please") { id }`)
  await state(
    `decideFinding(id: "${crossing}", status: ACCEPTED, reason: "agreed", until: "2099-01-01") { id }`,
  )
}

function named(name: string): GraphQLNamedType {
  const type = schema.getType(name)
  if (type === undefined) throw new Error(`There is no type ${name}`)
  return type
}
