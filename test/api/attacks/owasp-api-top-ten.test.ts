import type { Role } from '../../../src/coordination/index.ts'
import type { Running } from '../../service.ts'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changingRoles } from '../../../src/api/graphql/roles.ts'
import { settings } from '../../../src/config.ts'
import { roles } from '../../../src/coordination/index.ts'
import { lineward } from '../../cli/command-line.ts'
import { event, running } from '../../service.ts'
import { routesIn } from '../rest/routes.ts'
import { mutations } from './mutations.ts'
import { refuseFailures, requestText, sendRaw } from './raw.ts'

/*
 * The OWASP API Security Top 10 of 2023, by its own names. Bounds of resources (API4) have each an
 * attack of their own in `bounds.test.ts` beside this file.
 */

let server: Running
beforeAll(async () => {
  server = await running()
})
afterAll(async () => {
  refuseFailures(server.log)
  await server[Symbol.asyncDispose]()
})

type Answer = Readonly<{ status: number; text: string; body: unknown; headers: Headers }>

async function send(
  method: string,
  path: string,
  {
    token,
    body,
    headers = {},
  }: Readonly<{
    token?: string
    body?: unknown
    headers?: Readonly<Record<string, string>>
  }> = {},
): Promise<Answer> {
  const bearer = token === undefined ? {} : { authorization: `Bearer ${token}` }
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...bearer, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '')
  const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : undefined
  return { status: response.status, text, body: parsed, headers: response.headers }
}

const ask = (query: string, token: string): Promise<Answer> =>
  send('POST', '/graphql', { token, body: { query } })

let made = 0
/** A token with more to it than its role. */
async function granted(grant: Readonly<Record<string, unknown>>): Promise<string> {
  made += 1
  const body = { name: `granted ${made}`, ...grant }
  const { text } = await send('POST', '/api/v1/tokens', { token: server.tokens.admin, body })
  const { token } = JSON.parse(text) as { token?: string }
  expect(token, `${text}`).toMatch(/^lw_/)
  return token ?? ''
}

async function take(...events: readonly object[]): Promise<void> {
  const { status, text } = await send('POST', '/api/v1/lineage', {
    token: server.tokens.producer,
    body: events,
  })
  expect(status, `${text}`).toBe(200)
}

const codeOf = ({ body }: Answer): unknown => (body as { code?: unknown }).code
const errorCodesIn = ({ body }: Answer): unknown =>
  (body as { errors?: readonly { extensions: { code: string } }[] }).errors?.map(
    ({ extensions }) => extensions.code,
  ) ?? []

describe('API1:2023 Broken Object Level Authorization', () => {
  const hidden = { namespace: 'hidden-ns', name: 'hidden-table' }
  const seen = { namespace: 'seen-ns', name: 'seen-table' }
  const words = ['hidden-ns', 'hidden-table', 'hidden-job', 'hidden-column']
  const schema = { _producer: 'p', _schemaURL: 's', fields: [{ name: 'hidden-column' }] }
  let limited: string
  beforeAll(async () => {
    limited = await granted({ role: 'auditor', namespaces: [seen.namespace] })
    const inputs = [{ ...hidden, facets: { schema } }]
    const facets = { sql: 'of the wrong shape' }
    const job = { namespace: 'hidden-ns', name: 'hidden-job', facets }
    await take(event({ job, inputs, outputs: [seen] }), event({ job, inputs, outputs: [hidden] }))
  })

  it('an id that was got otherwise opens no node of another namespace', async () => {
    const all = `{
      dataset(namespace: "${hidden.namespace}", name: "${hidden.name}") {
        id columns { edges { node { id } } }
      }
    }`
    const known = await ask(all, server.tokens.auditor)
    const walk = await ask(
      `{ lineage(of: [{ namespace: "${hidden.namespace}", name: "${hidden.name}" }], depth: 3) {
        flows { id job { id } runs { edges { node { id } } } } } }`,
      server.tokens.auditor,
    )
    const ids = [...`${known.text}${walk.text}`.matchAll(/"id":"([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBeGreaterThanOrEqual(6)
    for (const id of ids) {
      const query = `{ node(id: ${JSON.stringify(id)}) { __typename id } }`
      const open = await ask(query, server.tokens.auditor)
      expect(open.body).toMatchObject({ data: { node: { id } } })
      const shut = await ask(query, limited)
      // A flow that writes what may be seen is seen, and what it reads is not.
      const isFlow = open.text.includes('"Flow"')
      for (const word of words) expect(shut.text).not.toContain(word)
      if (!isFlow) expect(shut.body).toEqual({ data: { node: null } })
    }
  })

  it('evidence of what may be seen does not show the event, which names more', async () => {
    const query = `{ lineage(of: [{ namespace: "${seen.namespace}", name: "${seen.name}" }], depth: 3) {
      flows { evidence { edges { node { hash event } } } } } }`
    const shut = await ask(query, limited)
    expect(shut.text).toContain('"event":null')
    for (const word of words) expect(shut.text).not.toContain(word)
    expect((await ask(query, server.tokens.auditor)).text).toContain('hidden-job')
  })

  it('dead letters tell who may see some namespaces nothing of what was in them', async () => {
    const query = '{ deadLetters(first: 100) { edges { node { id code reason event } } } }'
    await server.service.projector.reached(server.service.ledger.head().entries, 10_000)
    expect((await ask(query, server.tokens.auditor)).text).toContain('(at /job/facets/sql)')
    const shut = await ask(query, limited)
    expect(shut.text).toContain('FACET_MALFORMED')
    expect(shut.text).not.toContain('/job/facets')
    for (const word of words) expect(shut.text).not.toContain(word)
  })

  it('a list, a search and a suggestion hold only what may be seen', async () => {
    const query = `{
      datasets(first: 1000) { edges { node { name } } }
      jobs(first: 1000) { edges { node { name } } }
      namespaces(first: 1000) { edges { node } }
      search(text: "hidden") { edges { matched } }
    }`
    const shut = await ask(query, limited)
    expect(errorCodesIn(shut)).toEqual([])
    for (const word of words) expect(shut.text).not.toContain(word)
    const near = `{ lineage(of: [{ namespace: "hidden-ns", name: "hidden-tabl" }]) { starts { id } } }`
    expect((await ask(near, limited)).text).not.toContain('hidden-table')
  })
})

describe('API2:2023 Broken Authentication', () => {
  it('a token stands in the header that is for it, and nowhere else', async () => {
    const { admin } = server.tokens
    for (const path of [
      `/api/v1/tokens?token=${admin}`,
      `/api/v1/tokens?access_token=${admin}`,
      `/api/v1/tokens?authorization=Bearer%20${admin}`,
    ]) {
      expect((await send('GET', path)).status).toBe(401)
    }
    const elsewhere: readonly Readonly<Record<string, string>>[] = [
      { 'x-api-key': admin },
      { 'x-authorization': `Bearer ${admin}` },
      { 'proxy-authorization': `Bearer ${admin}` },
      { cookie: `authorization=${admin}; token=${admin}` },
      { cookie: `lineward_session_${new URL(server.url).port}=${admin}` },
    ]
    for (const headers of elsewhere) {
      expect((await send('GET', '/api/v1/tokens', { headers })).status).toBe(401)
    }
  })

  it('what is nearly a token is none', async () => {
    const { admin } = server.tokens
    const near = [
      admin.slice(0, -1),
      `${admin}A`,
      admin.toUpperCase(),
      admin.slice(3),
      `${admin} ${admin}`,
      `${admin},${admin}`,
      `"${admin}"`,
      `lw_${'A'.repeat(43)}`,
      'undefined',
      'null',
      '[object Object]',
    ]
    for (const token of near) {
      expect((await send('GET', '/api/v1/tokens', { token })).status, `${token}`).toBe(401)
    }
  })

  it('of two tokens in one request the second does not count', async () => {
    const headers = [`Authorization: Bearer no`, `Authorization: Bearer ${server.tokens.admin}`]
    expect((await sendRaw(server.url, requestText('/api/v1/tokens', { headers }))).status).toBe(401)
  })

  it('who was not let in learns the same whatever is wrong', async () => {
    const revoked = await granted({ name: 'to be revoked', role: 'admin' })
    const body = { name: 'to be revoked' }
    await send('POST', '/api/v1/tokens/revoke', { token: server.tokens.admin, body })
    const answers = await Promise.all(
      [revoked, `lw_${'A'.repeat(43)}`, 'x'].map((token) =>
        send('GET', '/api/v1/tokens', { token }),
      ),
    )
    const details = answers.map(({ body: said }) => (said as { detail: string }).detail)
    expect(new Set(details).size).toBe(1)
  })
})

describe('API2:2023 Broken Authentication, by guessing', () => {
  it('is slowed down for tokens and for links together, and locks nobody out', async () => {
    await using strict = await running({ LINEWARD_WRONG_TOKENS_MAX: '5' })
    const guess = (n: number): Promise<Response> =>
      n % 2 === 0
        ? strict.get(`/signin?code=${'A'.repeat(42)}${n}`)
        : strict.get('/api/v1/tokens', `lw_${'A'.repeat(42)}${n}`)
    const statuses: number[] = []
    for (let n = 0; n < 9; n += 1) statuses.push((await guess(n)).status)
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429, 429])
    expect((await strict.get('/api/v1/tokens', strict.tokens.admin)).status).toBe(200)
    expect((await strict.get(strict.service.server.newSignInPath())).status).toBe(200)
  })
})

describe('API3:2023 Broken Object Property Level Authorization', () => {
  it('what was handed in is for those who may ask and see everything', async () => {
    await take(event({ job: { namespace: 'jobs', name: 'property-canary' } }))
    const query = `{ job(namespace: "jobs", name: "property-canary") {
      runs { edges { node { evidence { edges { node { event } } } } } } } }`
    for (const role of ['steward', 'auditor', 'admin'] as const) {
      expect((await ask(query, server.tokens[role])).text).toContain('"runId"')
    }
    const limited = await granted({ role: 'auditor', namespaces: ['jobs', 'n'] })
    const shut = await ask(query, limited)
    expect(shut.text).toContain('"event":null')
    expect((await ask(query, server.tokens.producer)).status).toBe(403)
  })

  it.each<Readonly<Record<string, unknown>>>([
    { hash: 'AAAA' },
    { createdAt: '2020-01-01T00:00:00Z' },
    { revokedAt: null },
    { token: `lw_${'A'.repeat(43)}` },
    { roles: ['admin'] },
    { isAdmin: true },
    { constructor: { prototype: { role: 'admin' } } },
  ])('a token is not made with what is not for its maker to say: %j', async (more) => {
    const body = { name: 'more than asked', role: 'producer', ...more }
    const refused = await send('POST', '/api/v1/tokens', { token: server.tokens.admin, body })
    expect([refused.status, codeOf(refused)]).toEqual([400, 'ARGUMENT_INVALID'])
  })

  it('a key named __proto__ gives a token no role', async () => {
    const body = '{"name":"proto","__proto__":{"role":"admin"}}'
    const refused = await send('POST', '/api/v1/tokens', { token: server.tokens.admin, body })
    expect([refused.status, codeOf(refused)]).toEqual([400, 'ARGUMENT_INVALID'])
  })

  it('a list of tokens shows nothing that a token could be made from', async () => {
    const { text } = await send('GET', '/api/v1/tokens', { token: server.tokens.admin })
    expect(text).not.toMatch(/hash|secret|lw_/)
  })
})

describe('API4:2023 Unrestricted Resource Consumption', () => {
  function meeting(levels: number): string {
    return levels === 0 ? 'id' : `meets { edges { node { to { ${meeting(levels - 1)} } } } }`
  }

  it.each([
    ['a page of everything', '{ datasets(first: 1000000000) { edges { cursor } } }'],
    [
      'many answers to one question',
      `{ ${Array.from({ length: 101 }, (_, n) => `a${n}: __typename`).join(' ')} }`,
    ],
    ['a question without a bottom', `{ datasets { edges { node { ${meeting(5)} } } } }`],
    ['a question of many words', `{ ${'__typename '.repeat(6000)} }`],
  ])('a question is refused before it is worked on: %s', async (_what, query) => {
    const refused = await ask(query, server.tokens.auditor)
    expect(errorCodesIn(refused)).toContain('LIMIT_EXCEEDED')
    expect(refused.status).toBe(400)
  })

  it('questions come one at a time', async () => {
    const batch = Array.from({ length: 50 }, () => ({ query: '{ __typename }' }))
    const refused = await send('POST', '/graphql', { token: server.tokens.auditor, body: batch })
    expect(errorCodesIn(refused)).toEqual(['QUERY_INVALID'])
  })

  it('a grant is small', async () => {
    const { admin: token } = server.tokens
    const long = { name: 'long', role: 'producer', namespaces: ['x'.repeat(70_000)] }
    expect((await send('POST', '/api/v1/tokens', { token, body: long })).status).toBe(413)
    const many = { ...long, namespaces: Array.from({ length: 1001 }, (_, n) => `n${n}`) }
    expect((await send('POST', '/api/v1/tokens', { token, body: many })).status).toBe(400)
  })

  it('nothing of a body is waited for from who has no token', async () => {
    const headers = ['Content-Length: 60000000', 'Content-Type: application/json']
    for (const path of ['/api/v1/lineage', '/api/v1/events', '/graphql', '/api/v1/tokens']) {
      const { status } = await sendRaw(server.url, requestText(path, { method: 'POST', headers }))
      expect(status).toBe(401)
    }
  })
})

/** Who may use which route; one that is not here is open to everybody. */
const allowed: Readonly<Record<string, readonly Role[]>> = {
  'POST /api/v1/lineage': ['producer'],
  'POST /api/v1/lineage/batch': ['producer'],
  'POST /api/v1/events': ['producer'],
  'GET /metrics': ['producer', 'admin'],
  'GET /api/v1/tokens': ['admin'],
  'POST /api/v1/tokens': ['admin'],
  'POST /api/v1/tokens/revoke': ['admin'],
  'POST /api/v1/sign-in-links': ['admin'],
  'POST /api/v1/ledger/verify': ['admin'],
  'POST /api/v1/ledger/scrub': ['admin'],
  'POST /api/v1/graph/rebuild': ['admin'],
  'POST /signout': ['admin'],
  'GET /graphql': ['steward', 'auditor', 'admin'],
  'POST /graphql': ['steward', 'auditor', 'admin'],
  'GET /graphiql': ['steward', 'auditor', 'admin'],
  'GET /graphiql/page.css': ['steward', 'auditor', 'admin'],
  'GET /graphiql/page.js': ['steward', 'auditor', 'admin'],
}
const open = ['GET /livez', 'GET /readyz', 'GET /openapi.json', 'GET /signin']

const registered = (): readonly string[] =>
  routesIn(server.service.server.app.printRoutes({ commonPrefix: false }))

describe('API5:2023 Broken Function Level Authorization', () => {
  it('of every route it is known who may use it', () => {
    expect(registered().toSorted()).toEqual([...Object.keys(allowed), ...open].toSorted())
  })

  it.each(roles.flatMap((role) => Object.keys(allowed).map((route) => [role, route] as const)))(
    'a token of role %s gets no further at %s than it should',
    async (role, route) => {
      const [method = '', path = ''] = route.split(' ')
      const body = method === 'POST' ? { body: '' } : {}
      const { status } = await send(method, path, { token: server.tokens[role], ...body })
      if (allowed[route]?.includes(role) === true) expect([401, 403]).not.toContain(status)
      else expect(status).toBe(403)
      expect(status).toBeLessThan(500)
    },
  )

  it.each(Object.keys(allowed))('no other way of asking opens %s', async (route) => {
    const path = route.split(' ')[1] ?? ''
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'GET', 'POST']) {
      const served = method === 'HEAD' ? 'GET' : method
      if (Object.hasOwn(allowed, `${served} ${path}`)) continue
      const answer = await send(method, path, { token: server.tokens.admin })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, expect.any(String)])
      expect((await send(method, path)).status).toBe(405)
    }
  })

  it.each([...mutations().keys()])('%s changes nothing for who may only read', async (name) => {
    const query = mutations().get(name) ?? ''
    const before = server.service.ledger.head().entries
    const refused = await ask(query, server.tokens.auditor)
    expect(errorCodesIn(refused)).toEqual(['FORBIDDEN'])
    expect((await ask(query, server.tokens.producer)).status).toBe(403)
    expect(server.service.ledger.head().entries).toBe(before)
    for (const role of ['steward', 'admin'] as const) {
      const table: Readonly<Record<string, readonly Role[]>> = changingRoles
      if (table[name]?.includes(role) !== true) continue
      expect(errorCodesIn(await ask(query, server.tokens[role]))).not.toContain('FORBIDDEN')
    }
  })

  it('an admin who may see some namespaces makes nothing that may see more', async () => {
    const token = await granted({ role: 'admin', namespaces: ['n'] })
    expect((await ask('{ intake { entries } }', token)).status).toBe(200)
    for (const [route, who] of Object.entries(allowed)) {
      if (who.length !== 1 || who[0] !== 'admin') continue
      const [method = '', path = ''] = route.split(' ')
      const body = method === 'POST' ? { body: { name: 'x', role: 'admin' } } : {}
      expect((await send(method, path, { token, ...body })).status, `${route}`).toBe(403)
    }
  })

  it('a question by GET changes nothing, also with the token of an admin', async () => {
    for (const query of mutations().values()) {
      const path = `/graphql?query=${encodeURIComponent(query)}`
      expect((await send('GET', path, { token: server.tokens.admin })).status).toBe(405)
    }
  })
})

/*
 * Nothing can be bought, booked or sent to people here, and that programs send many events is what the
 * door is for. What is left are two things that an admin does by hand.
 */
describe('API6:2023 Unrestricted Access to Sensitive Business Flows', () => {
  it('a link that signs in is good once, whoever tries it and however often at a time', async () => {
    const { text } = await send('POST', '/api/v1/sign-in-links', { token: server.tokens.admin })
    const { path } = JSON.parse(text) as { path: string }
    const answers = await Promise.all(Array.from({ length: 8 }, () => send('GET', path)))
    const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([200, ...Array.from({ length: 7 }, () => 401)])
    expect(answers.filter(({ headers }) => headers.has('set-cookie'))).toHaveLength(1)
  })

  it('the graph is made anew once at a time, however often it is asked for', async () => {
    const headers = { authorization: `Bearer ${server.tokens.admin}` }
    // Without connections, so that all of them are there before the first is done.
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        server.service.server.app.inject({ method: 'POST', url: '/api/v1/graph/rebuild', headers }),
      ),
    )
    const last = answers.map(({ body }) => body.trimEnd().split('\n').at(-1) ?? '')
    expect(last.filter((line) => line.includes('"equal":true'))).toHaveLength(1)
    expect(last.filter((line) => line.includes('"code":"CONFLICT"'))).toHaveLength(4)
  })
})

describe('API7:2023 Server Side Request Forgery', () => {
  it('nothing that an event points to is fetched', async () => {
    let arrived = 0
    const listener = createServer((socket) => {
      arrived += 1
      socket.destroy()
    })
    await new Promise<void>((resolve) => {
      listener.listen(0, '127.0.0.1', resolve)
    })
    const address = listener.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const url = `http://127.0.0.1:${port}/x`
    const sns = { MessageId: 'm', TopicArn: 'arn:aws:sns:us-east-1:111122223333:t', Token: 't' }
    const signed = { Timestamp: '2026-01-01T00:00:00Z', SignatureVersion: '1', Signature: 'AA==' }
    const links = { SubscribeURL: url, SigningCertURL: url, UnsubscribeURL: url }
    const record = {
      eventVersion: '2.1',
      eventSource: 'aws:s3',
      awsRegion: 'us-east-1',
      eventName: 'ObjectCreated:Put',
    }
    const facet = { _producer: url, _schemaURL: url, url, uri: url, documentationURL: url }
    const sent = [
      { Type: 'SubscriptionConfirmation', Message: 'confirm', ...sns, ...signed, ...links },
      { Type: 'Notification', Message: JSON.stringify(event()), ...sns, ...signed, ...links },
      {
        Records: [
          {
            ...record,
            s3: { bucket: { name: `127.0.0.1:${port}`, arn: url }, object: { key: url } },
          },
        ],
      },
      {
        awsAccountId: '111122223333',
        digestS3Bucket: url,
        digestS3Object: url,
        previousDigestS3Bucket: url,
      },
      {
        version: '0',
        id: 'i',
        source: 'aws.s3',
        'detail-type': 'x',
        detail: { url, Location: url },
      },
      event({
        producer: url,
        schemaURL: url,
        run: { runId: crypto.randomUUID(), facets: { facet } },
      }),
      event({
        inputs: [
          { namespace: url, name: url, facets: { facet, dataSource: { ...facet, name: url } } },
        ],
      }),
    ]
    for (const one of sent) {
      for (const path of ['/api/v1/events', '/api/v1/lineage']) {
        const { status } = await send('POST', path, { token: server.tokens.producer, body: one })
        expect(status).toBeLessThan(500)
      }
    }
    await server.service.projector.reached(server.service.ledger.head().entries, 10_000)
    await ask('mutation { replayDeadLetters { replayed } }', server.tokens.admin)
    await ask(`{ search(text: "127.0.0.1") { edges { matched } } }`, server.tokens.admin)
    expect(arrived).toBe(0)

    await fetch(url).catch(() => undefined)
    expect(arrived).toBe(1)
    await new Promise((resolve) => {
      listener.close(resolve)
    })
  })
})

describe('API8:2023 Security Misconfiguration', () => {
  it('by default this machine alone is listened to, and no token is there', async () => {
    expect(settings.host.default).toBe('127.0.0.1')
    expect([settings.token.default, settings.metricsToken.default]).toEqual(['', ''])
  })

  it('every answer says what a browser may do with it: nothing', async () => {
    const { admin: token } = server.tokens
    const answers = [
      ...(await Promise.all(open.map((route) => send('GET', route.slice(4))))),
      ...(await Promise.all(
        Object.keys(allowed).map((route) => send('GET', route.split(' ')[1] ?? '')),
      )),
      await send('GET', '/graphiql', { token }),
      await send('GET', '/graphiql/page.js', { token }),
      await send('GET', '/metrics', { token }),
      await ask('{ __typename }', token),
      await send('GET', server.service.server.newSignInPath()),
    ]
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      const policy = headers.get('content-security-policy') ?? ''
      for (const part of [
        "default-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
        "base-uri 'none'",
      ]) {
        expect(policy).toContain(part)
      }
      expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
      expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null])
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it('no page of another origin is let in, whatever it asks beforehand', async () => {
    const headers = {
      origin: 'https://evil.test',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
      'access-control-request-private-network': 'true',
    }
    for (const path of ['/graphql', '/api/v1/lineage', '/api/v1/tokens', '/livez']) {
      const answer = await send('OPTIONS', path, { headers })
      expect(answer.status).toBe(405)
      const names = [...answer.headers.keys()]
      expect(names.filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it.each(['TRACE', 'TRACK', 'CONNECT', 'DEBUG', 'PROPFIND', 'MKCOL', 'PURGE', 'SEARCH', 'QUERY'])(
    '%s is not spoken, and what was sent does not come back',
    async (method) => {
      const headers = [`Authorization: Bearer ${server.tokens.admin}`, 'X-Canary: echoed-canary']
      const { status, all } = await sendRaw(server.url, requestText('/livez', { method, headers }))
      expect([0, 400, 404, 405]).toContain(status)
      expect(all).not.toContain('echoed-canary')
    },
  )

  it('a failure tells nothing of how it is built, also one that is ours', async () => {
    await using broken = await running()
    await broken.service.ledger[Symbol.asyncDispose]()
    const answers = [
      await broken.post('/api/v1/lineage', JSON.stringify(event())),
      await broken.post('/api/v1/lineage', '{'),
      await broken.get('/nowhere'),
      await broken.get('/api/v1/tokens'),
    ]
    for (const answer of answers) {
      const text = await answer.text()
      expect(text).not.toMatch(/\bat \S+:\d+|node_modules|\.ts\b|sqlite|\/(?:tmp|home|work)\//i)
      expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual([
        'code',
        'detail',
        'instance',
        'status',
        'title',
        'type',
      ])
    }
  })
})

describe('API9:2023 Improper Inventory Management', () => {
  it('every route that is served is described, but for the pages and the questions', async () => {
    const { body } = await send('GET', '/openapi.json')
    const { paths } = body as { paths: Readonly<Record<string, object>> }
    const described = Object.entries(paths).flatMap(([url, rows]) =>
      Object.keys(rows).map((method) => `${method.toUpperCase()} ${url}`),
    )
    const others = registered().filter((route) => !described.includes(route))
    const known = /^(?:GET \/signin|(?:GET|POST) \/graphql|GET \/graphiql(?:\/page\.(?:css|js))?)$/
    expect(others.filter((route) => !known.test(route))).toEqual([])
    expect(described.filter((route) => !registered().includes(route))).toEqual([])
  })

  it.each([
    '/api/v0/tokens',
    '/api/v2/tokens',
    '/api/tokens',
    '/v1/tokens',
    '/debug',
    '/admin',
    '/.env',
    '/health',
    '/status',
    '/playground',
    '/graphql/schema',
  ])('there is nothing at %s', async (path) => {
    expect((await send('GET', path, { token: server.tokens.admin })).status).toBe(404)
  })
})

describe('API10:2023 Unsafe Consumption of APIs', () => {
  const evil = '<img src=x onerror=alert(1)>\u001B]0;owned\u0007\u009B31m\u202E\r\nlineward_evil 1'

  it('what an event says is data wherever it is shown', async () => {
    const table = { namespace: `evil${evil}`, name: `table${evil}` }
    const job = { namespace: 'jobs', name: `job${evil}` }
    await take(event({ job, inputs: [table], outputs: [{ namespace: 'n', name: 'shown' }] }))
    await server.service.projector.reached(server.service.ledger.head().entries, 10_000)

    const words = ['lineage', 'n', 'shown', '--data', server.data]
    const { code, out, err } = await lineward(words)
    expect([0, 3]).toContain(code)
    expect(out).toContain('onerror')
    // oxlint-disable-next-line no-misleading-character-class
    expect(`${out}${err}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)

    const answer = await ask(
      '{ datasets(first: 1000) { edges { node { name } } } }',
      server.tokens.admin,
    )
    expect(answer.text).toContain('onerror')
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')

    const figures = await send('GET', '/metrics', { token: server.tokens.admin })
    expect(figures.text).not.toContain('evil')
  })

  it('the page puts no answer on itself but as text, and runs nothing but its own file', () => {
    const folder = new URL('../../../src/api/graphql/page/', import.meta.url)
    const [script, page] = ['page.js', 'page.html'].map((name) =>
      readFileSync(new URL(name, folder), 'utf8'),
    )
    expect(script).toContain('textContent')
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc/)
    expect(script).not.toMatch(/\beval\b|new Function|setTimeout\(['"`]|import\(|https?:/)
    expect(page).not.toMatch(/\son\w+=|style=|javascript:|https?:|<script(?! src="\/graphiql\/)/)
  })
})
