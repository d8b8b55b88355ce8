import type { World } from './service.ts'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { facet, moved } from './event.ts'
import { openWorld } from './service.ts'

describe('the door of GraphQL', () => {
  let world: World
  let token: string
  beforeAll(async () => {
    world = await openWorld()
    token = await world.token('steward')
  })
  afterAll(() => world[Symbol.asyncDispose]())

  const send = (options: object) =>
    world.service.server.app.inject({
      method: 'POST',
      url: '/graphql',
      ...options,
      headers: {
        authorization: `Bearer ${token}`,
        ...('headers' in options ? (options.headers as object) : {}),
      },
    })
  const ask = (payload: object) => send({ payload })

  it('answers who has a token, and reads packed questions', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const payload = gzipSync(JSON.stringify({ query: '{ __typename }' }))
    const answer = await send({ headers, payload })
    expect(answer.json()).toEqual({ data: { __typename: 'Query' } })
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('refuses who has none, without looking at the question', async () => {
    const answer = await send({ headers: { authorization: 'Bearer no' }, payload: 'not JSON' })
    expect([answer.statusCode, answer.json().code]).toEqual([401, 'UNAUTHENTICATED'])
  })

  it('refuses GET, also with a query', async () => {
    const answer = await send({ method: 'GET', url: '/graphql?query=%7B__typename%7D' })
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'POST'])
  })

  it.each([
    ['text/plain', '{ __typename }', 415],
    ['application/graphql', '{ __typename }', 415],
    ['application/x-www-form-urlencoded', 'query=%7B__typename%7D', 415],
    ['application/json', '{ "query": ', 400],
    ['application/json', `{ "query": "${' '.repeat(300_000)}" }`, 413],
  ])('refuses %s with %j by its status', async (type, payload, status) => {
    const answer = await send({ headers: { 'content-type': type }, payload })
    expect(answer.statusCode).toBe(status)
  })

  it.each([
    ['a batch', [{ query: '{ __typename }' }]],
    ['no query', {}],
    ['a query that is no text', { query: { kind: 'Document', definitions: [] } }],
    ['a syntax tree in JSON', { query: '{"kind":"Document","definitions":[]}' }],
    ['variables that are no object', { query: '{ __typename }', variables: [1] }],
    ['an unknown operation', { query: 'query A { __typename }', operationName: '__proto__' }],
    ['no operation', { query: 'fragment A on Query { __typename }' }],
    ['two operations without a choice', { query: 'query A { __typename } query B { __typename }' }],
    ['an unknown field', { query: '{ constructor }' }],
    ['a field named after a prototype', { query: '{ __proto__ }' }],
    ['a subscription', { query: 'subscription { __typename }' }],
    [
      'fragments in a ring',
      { query: '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }' },
    ],
    ['a missing variable', { query: 'query Q($n: String!) { run(runId: $n) { id } }' }],
    [
      'null where none may be',
      {
        query: 'query Q($n: Int) { datasets(first: $n) { edges { cursor } } }',
        variables: { n: null },
      },
    ],
    ['an unknown variable type', { query: 'query Q($n: __proto__) { __typename }' }],
  ])('refuses %s', async (_what, payload) => {
    const { errors } = (await ask(payload)).json()
    const codes = errors.map((error: { extensions: object }) => error.extensions)
    expect(codes).toEqual(codes.map(() => ({ code: 'QUERY_INVALID' })))
    expect(codes).not.toEqual([])
  })

  it.each([
    [
      'depth',
      `{ job(namespace: "a", name: "b") { ${'parent { '.repeat(20)} id ${'} '.repeat(21)} }`,
    ],
    [
      'depth through fragments',
      `{ job(namespace: "a", name: "b") { ...J0 } } ${Array.from(
        { length: 20 },
        (_, n) => `fragment J${n} on Job { parent { ${n < 19 ? `...J${n + 1}` : 'id'} } }`,
      ).join(' ')}`,
    ],
    ['aliases', `{ ${Array.from({ length: 101 }, (_, n) => `a${n}: __typename`).join(' ')} }`],
    [
      'cost',
      '{ datasets(first: 1000) { edges { node { columns(first: 1000) { edges { node { id } } } } } } }',
    ],
    ['tokens', `{ ${'__typename '.repeat(6000)} }`],
    ['a page', '{ datasets(first: 1001) { edges { cursor } } }'],
  ])('refuses too much %s', async (_what, query) => {
    const { errors } = (await ask({ query })).json()
    expect(errors[0].extensions).toEqual({ code: 'LIMIT_EXCEEDED' })
    expect(errors[0].message).toMatch(/\d/)
  })

  it('refuses a cost that comes by a variable', async () => {
    const query = `query Q($n: Int!) {
      datasets(first: $n) { edges { node { columns(first: $n) { edges { node { id } } } } } }
    }`
    expect((await ask({ query, variables: { n: 10 } })).json().errors).toBeUndefined()
    expect((await ask({ query, variables: { n: 1000 } })).json().errors[0].extensions.code).toBe(
      'LIMIT_EXCEEDED',
    )
  })

  it('refuses a cursor that it did not give', async () => {
    const query = '{ datasets(after: "nonsense") { edges { cursor } } }'
    const { errors } = (await ask({ query })).json()
    expect(errors[0].extensions).toEqual({ code: 'ARGUMENT_INVALID' })
  })

  it('shows the schema to who may ask', async () => {
    const { data } = (await ask({ query: '{ __type(name: "Dataset") { name } }' })).json()
    expect(data).toEqual({ __type: { name: 'Dataset' } })
  })

  it('keeps hostile names as names: aliases, facets and all', async () => {
    const name = '__proto__\u0000\u202e\'; DROP TABLE "dataset"; --'
    const custom = facet({
      ['__proto__']: { polluted: true },
      big: 12345678901234567890n.toString(),
    })
    const text = JSON.stringify(
      moved(['__proto__', 'constructor'], {
        outputs: [{ name: ['__proto__', name], facets: { custom: { ...custom, n: 1 } } }],
      }),
    ).replace('"n":1', '"n":12345678901234567890123, "__proto__": {"polluted": true}')
    const posted = await send({
      url: '/api/v1/lineage',
      headers: {
        authorization: `Bearer ${await world.token('producer')}`,
        'content-type': 'application/json',
      },
      payload: text,
    })
    expect(posted.statusCode).toBe(201)
    const query = `query Q($n: String!) {
      __proto__: dataset(namespace: "__proto__", name: $n) { constructor: name facets }
    }`
    const answer = await ask({ query, variables: { n: name } })
    // Read as text: what JSON.parse does to numbers and prototypes is not what is asked about.
    expect(answer.body).toContain('"n":12345678901234567890123')
    expect(answer.body).toContain('"__proto__":{"polluted":true}')
    expect(answer.body).toContain(`"constructor":${JSON.stringify(name)}`)
    expect('polluted' in {}).toBe(false)
  })
})

describe('the query page', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world[Symbol.asyncDispose]())

  it('is for who is signed in', async () => {
    const answer = await world.service.server.app.inject({ method: 'GET', url: '/graphiql' })
    expect(answer.statusCode).toBe(401)
  })

  it('loads nothing from elsewhere, and may not', async () => {
    const { app, newSignInPath } = world.service.server
    const signIn = await app.inject({ method: 'GET', url: newSignInPath() })
    const [cookie] = String(signIn.headers['set-cookie']).split(';')
    const headers = { cookie: cookie ?? '' }
    const files = ['/graphiql', '/graphiql/page.css', '/graphiql/page.js']
    const answers = await Promise.all(
      files.map((url) => app.inject({ method: 'GET', url, headers })),
    )
    for (const answer of answers) {
      expect(answer.statusCode).toBe(200)
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
      expect(answer.body).not.toMatch(/https?:\/\//)
    }
    expect(answers.map((answer) => answer.headers['content-type'])).toEqual([
      'text/html; charset=utf-8',
      'text/css; charset=utf-8',
      'text/javascript; charset=utf-8',
    ])
  })

  it('asks for nothing that the schema does not have', async () => {
    const { readFileSync } = await import('node:fs')
    const page = new URL('../../../src/api/graphql/page/page.js', import.meta.url)
    const queries = readFileSync(page, 'utf8').matchAll(/`((?:query \w|\{\n)[^`]*)`/g)
    const texts = [...queries].flatMap(([, text]) => text ?? [])
    expect(texts.length).toBe(5)
    for (const text of texts) {
      const { codes } = await world.ask(text, { text: 'x', namespace: 'a', name: 'b' })
      expect(codes.filter((code) => code !== 'NOT_FOUND')).toEqual([])
    }
  })
})
