import type { Role } from '../../../src/coordination/index.ts'
import type { Running } from '../../service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../../../src/coordination/index.ts'
import { event, running } from '../../service.ts'

let server: Running
beforeAll(async () => {
  server = await running({ LINEWARD_METRICS_TOKEN: 'scrape-me-0123456789' })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

type Body = Readonly<Record<string, unknown>>

async function send(
  path: string,
  how: Readonly<{ token?: string; body?: unknown; headers?: Readonly<Record<string, string>> }>,
): Promise<Readonly<{ status: number; body: Body; headers: Headers }>> {
  const { token, body, headers } = how
  const response = await fetch(`${server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = /[/+]json/.test(response.headers.get('content-type') ?? '')
  return {
    status: response.status,
    body: isJson ? (JSON.parse(text) as Body) : { text },
    headers: response.headers,
  }
}

async function newToken(grant: Body): Promise<string> {
  const { status, body } = await send('/api/v1/tokens', { token: server.tokens.admin, body: grant })
  expect(status).toBe(201)
  return String(body['token'])
}

const routes: readonly Readonly<{ path: string; body?: () => unknown; roles: readonly Role[] }>[] =
  [
    { path: '/api/v1/lineage', body: event, roles: ['producer'] },
    { path: '/api/v1/lineage/batch', body: () => [event()], roles: ['producer'] },
    { path: '/api/v1/events', body: () => [event()], roles: ['producer'] },
    {
      path: '/graphql',
      body: () => ({ query: '{ intake { entries } }' }),
      roles: ['admin', 'steward', 'auditor'],
    },
    { path: '/metrics', roles: ['admin', 'producer'] },
    { path: '/api/v1/tokens', roles: ['admin'] },
    { path: '/api/v1/sign-in-links', body: () => ({}), roles: ['admin'] },
    { path: '/api/v1/ledger/verify', body: () => ({}), roles: ['admin'] },
    { path: '/api/v1/graph/rebuild', body: () => ({}), roles: ['admin'] },
  ]

describe.each(routes)('$path', ({ path, body, roles: allowed }) => {
  const made = (): Readonly<{ body?: unknown }> => (body === undefined ? {} : { body: body() })

  it.each(roles)('answers the role %s as the table says', async (role) => {
    const { status, body: said } = await send(path, { token: server.tokens[role], ...made() })
    if (allowed.includes(role)) expect(status).toBeLessThan(300)
    else expect({ status, code: said['code'] }).toEqual({ status: 403, code: 'FORBIDDEN' })
  })

  it.each([
    ['none', {}],
    ['one that was never made', { token: `lw_${'A'.repeat(43)}` }],
    ['no token at all', { token: 'hello' }],
    ['another scheme', { headers: { authorization: 'Basic YTpi' } }],
    ['an empty one', { headers: { authorization: 'Bearer ' } }],
  ])('refuses a caller with %s', async (_what, how) => {
    const { status, body: said, headers } = await send(path, { ...made(), ...how })
    expect({ status, code: said['code'] }).toEqual({ status: 401, code: 'UNAUTHENTICATED' })
    expect(headers.get('www-authenticate')).toBe('Bearer')
  })
})

describe('a token', () => {
  it('is refused from the moment on at which it is revoked', async () => {
    const token = await newToken({ name: 'short', role: 'producer' })
    expect((await send('/api/v1/lineage', { token, body: event() })).status).toBe(201)
    const revoke = { token: server.tokens.admin, body: { name: 'short' } }
    expect((await send('/api/v1/tokens/revoke', revoke)).status).toBe(200)
    expect((await send('/api/v1/lineage', { token, body: event() })).status).toBe(401)
    expect((await send('/api/v1/tokens/revoke', revoke)).body['code']).toBe('NOT_FOUND')
  })

  it('that has expired is none', async () => {
    const soon = new Date(Date.now() + 300).toISOString()
    const token = await newToken({ name: 'brief', role: 'producer', expiresAt: soon })
    await expect
      .poll(async () => (await send('/api/v1/lineage', { token, body: event() })).status)
      .toBe(401)
  })

  it('is never shown again', async () => {
    const token = await newToken({ name: 'listed', role: 'auditor', person: 'Olga' })
    const { body } = await send('/api/v1/tokens', { token: server.tokens.admin })
    expect(JSON.stringify(body)).not.toContain(token.slice(3))
    expect(body['tokens']).toContainEqual({
      name: 'listed',
      role: 'auditor',
      person: 'Olga',
      namespaces: null,
      formats: null,
      accounts: null,
      mapping: null,
      requestsPerMinute: null,
      expiresAt: null,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      revokedAt: null,
    })
  })

  it('of a producer may be limited to the namespaces of jobs and to formats', async () => {
    const token = await newToken({ name: 'mine', role: 'producer', namespaces: ['jobs'] })
    const other = event({ job: { namespace: 'theirs', name: 'copy' } })
    expect((await send('/api/v1/lineage', { token, body: event() })).status).toBe(201)
    expect((await send('/api/v1/lineage', { token, body: other })).body['code']).toBe('FORBIDDEN')
    expect((await send('/api/v1/events', { token, body: [other] })).body['code']).toBe('FORBIDDEN')
    const batch = await send('/api/v1/lineage/batch', { token, body: [event(), other] })
    expect(batch.body).toMatchObject({
      summary: { received: 2, successful: 1, failed: 1 },
      failed_events: [{ index: 1, reason: expect.stringMatching(/^FORBIDDEN/), retriable: false }],
    })
    const glue = await newToken({ name: 'glue', role: 'producer', formats: ['cloudtrail'] })
    const sent = await send('/api/v1/lineage', { token: glue, body: event() })
    expect(sent.body['code']).toBe('FORBIDDEN')
  })

  it.each([
    [
      'a dataset of others under a job of its own',
      { job: { namespace: 'jobs', name: 'copy' }, dataset: { namespace: 'n', name: 'd' } },
    ],
    [
      'a dataset of its own under a job of others',
      { job: { namespace: 'theirs', name: 'x' }, dataset: { namespace: 'jobs', name: 'd' } },
    ],
  ])('limited to namespaces does not speak for %s', async (what, more) => {
    const token = await newToken({ name: what, role: 'producer', namespaces: ['jobs'] })
    const facets = { documentation: { description: 'not mine' } }
    const one = { ...event(more), dataset: { ...more.dataset, facets } }
    for (const sent of [one, { ...one, run: undefined }]) {
      const { status, body } = await send('/api/v1/lineage', { token, body: sent })
      expect({ status, code: body['code'] }).toEqual({ status: 403, code: 'FORBIDDEN' })
    }
  })

  it.each([
    ['a role that there is not', { name: 'a', role: 'root' }],
    ['no name', { role: 'admin' }],
    ['a name of two lines', { name: 'a\nb', role: 'admin' }],
    ['a name that turns the reading direction', { name: '\u202Ea', role: 'admin' }],
    ['an empty list', { name: 'a', role: 'admin', namespaces: [] }],
    ['a part that is misspelled', { name: 'a', role: 'producer', namespace: ['jobs'] }],
    ['a hash of its own', { name: 'a', role: 'producer', hash: 'x' }],
    ['a format that there is not', { name: 'a', role: 'producer', formats: ['glue'] }],
    ['an account that is none', { name: 'a', role: 'producer', accounts: ['12345678901'] }],
    ['accounts as numbers', { name: 'a', role: 'producer', accounts: [123456789012] }],
    ['accounts for one who asks', { name: 'a', role: 'auditor', accounts: ['123456789012'] }],
    ['formats for one who asks', { name: 'a', role: 'steward', formats: ['openlineage'] }],
    ['a mapping for one who asks', { name: 'a', role: 'admin', mapping: { default: 'x' } }],
    ['an empty mapping', { name: 'a', role: 'producer', mapping: {} }],
    ['a mapping that is a list', { name: 'a', role: 'producer', mapping: ['default'] }],
    ['a mapping to what is no text', { name: 'a', role: 'producer', mapping: { default: 1 } }],
    ['a mapping to two lines', { name: 'a', role: 'producer', mapping: { default: 'a\nb' } }],
    ['no requests at all', { name: 'a', role: 'producer', requestsPerMinute: 0 }],
    ['half a request', { name: 'a', role: 'producer', requestsPerMinute: 0.5 }],
    ['a rate in words', { name: 'a', role: 'producer', requestsPerMinute: '60' }],
    ['an end that is past', { name: 'a', role: 'admin', expiresAt: '2020-01-01T00:00:00Z' }],
    ['an end that is no time', { name: 'a', role: 'admin', expiresAt: 'soon' }],
  ])('is not made with %s', async (_what, body) => {
    const refused = await send('/api/v1/tokens', { token: server.tokens.admin, body })
    expect(refused.body['code']).toBe('ARGUMENT_INVALID')
  })

  it('has a name of its own while it is in force', async () => {
    await newToken({ name: 'twice', role: 'admin' })
    const again = { token: server.tokens.admin, body: { name: 'twice', role: 'admin' } }
    expect((await send('/api/v1/tokens', again)).body['code']).toBe('CONFLICT')
  })

  it('for figures opens those and nothing else', async () => {
    const token = 'scrape-me-0123456789'
    expect((await send('/metrics', { token })).status).toBe(200)
    expect((await send('/api/v1/lineage', { token, body: event() })).status).toBe(401)
  })
})

describe('a browser', () => {
  async function signIn(): Promise<string> {
    const response = await fetch(`${server.url}${server.service.server.newSignInPath()}`)
    expect(response.status).toBe(200)
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict$/)
    return cookie.split(';')[0] ?? ''
  }
  const query = { query: '{ intake { entries } }' }

  it('is signed in by a link, once', async () => {
    const path = server.service.server.newSignInPath()
    expect((await send(path, {})).status).toBe(200)
    expect((await send(path, {})).body['code']).toBe('UNAUTHENTICATED')
    expect((await send('/signin?code=guess', {})).body['code']).toBe('UNAUTHENTICATED')
    expect((await send('/signin', {})).body['code']).toBe('UNAUTHENTICATED')
  })

  it('asks from our own page, and from no other', async () => {
    const cookie = await signIn()
    const asks = async (headers: Readonly<Record<string, string>>): Promise<number> =>
      (await send('/graphql', { body: query, headers: { cookie, ...headers } })).status
    expect(await asks({ origin: server.url })).toBe(200)
    expect(await asks({ 'sec-fetch-site': 'same-origin' })).toBe(200)
    expect(await asks({})).toBe(403)
    expect(await asks({ origin: 'http://evil.example' })).toBe(403)
    expect(await asks({ origin: 'null' })).toBe(403)
    expect(await asks({ origin: server.url, 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await asks({ origin: server.url, 'content-type': 'text/plain' })).toBe(403)
  })

  it('with a cookie that was never given is not signed in', async () => {
    const { port } = new URL(server.url)
    const headers = { cookie: `lineward_session_${port}=guess`, origin: server.url }
    expect((await send('/graphql', { body: query, headers })).status).toBe(401)
  })

  it('may not send events: those have a token', async () => {
    const headers = { cookie: await signIn(), origin: server.url }
    expect((await send('/api/v1/lineage', { body: event(), headers })).status).toBe(403)
  })

  it('is signed out when the time is over', async () => {
    await using brief = await running({ LINEWARD_SESSION_MS: '1000', LINEWARD_SIGN_IN_MS: '1000' })
    const late = brief.service.server.newSignInPath()
    const response = await brief.get(brief.service.server.newSignInPath())
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const ask = async (): Promise<number> => {
      const headers = { authorization: '', cookie, origin: brief.url }
      const init = { method: 'POST', body: JSON.stringify(query) }
      const all = {
        cookie: headers.cookie,
        origin: headers.origin,
        'content-type': 'application/json',
      }
      return (await fetch(`${brief.url}/graphql`, { ...init, headers: all })).status
    }
    expect(await ask()).toBe(200)
    await expect.poll(ask, { timeout: 10_000 }).toBe(401)
    expect((await brief.get(late)).status).toBe(401)
  })
})

describe('without a token', () => {
  it.each(['/livez', '/readyz', '/openapi.json'])('%s answers', async (path) => {
    expect((await send(path, {})).status).toBe(200)
  })

  it('every answer says that it is not to be kept, framed or guessed at', async () => {
    for (const path of ['/livez', '/nowhere', '/api/v1/tokens']) {
      const { headers } = await send(path, {})
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
})
