import type { Running } from '../../service.ts'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, running } from '../../service.ts'
import { requestText, sendRaw } from '../attacks/raw.ts'

let server: Running
beforeAll(async () => {
  server = await running()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const query = JSON.stringify({ query: '{ intake { entries } }' })

async function signIn(): Promise<string> {
  const response = await server.get(server.service.server.newSignInPath())
  expect(response.status).toBe(200)
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

function send(
  path: string,
  headers: Readonly<Record<string, string>>,
  method = 'POST',
): Promise<Response> {
  const body = method === 'POST' ? { body: query } : {}
  const all = { 'content-type': 'application/json', origin: server.url, ...headers }
  return fetch(`${server.url}${path}`, { method, headers: all, ...body })
}

const asks = async (cookie: string): Promise<number> => (await send('/graphql', { cookie })).status

describe('signing out', () => {
  it('ends this session at once and takes it out of the browser, and no other', async () => {
    const [mine, other] = [await signIn(), await signIn()]
    const answer = await send('/signout', { cookie: mine })
    expect([answer.status, await answer.json()]).toEqual([200, { ended: 1 }])
    expect(answer.headers.get('set-cookie')).toMatch(/=; Path=\/; Max-Age=0; HttpOnly/)
    expect([await asks(mine), await asks(other)]).toEqual([401, 200])
    expect((await send('/signout', { cookie: mine })).status).toBe(401)
  })

  it('everywhere ends every session and every link, also by a token of an admin', async () => {
    await using alone = await running()
    const link = alone.service.server.newSignInPath()
    const cookies = await Promise.all(
      [1, 2].map(async () => {
        const response = await alone.get(alone.service.server.newSignInPath())
        return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
      }),
    )
    const admin = { authorization: `Bearer ${alone.tokens.admin}` }
    const answer = await alone.post('/signout?everywhere', '', admin)
    expect([answer.status, await answer.json()]).toEqual([200, { ended: 2 }])
    for (const cookie of cookies) {
      const headers = { cookie, origin: alone.url, 'content-type': 'application/json' }
      const init = { method: 'POST', headers, body: query }
      expect((await fetch(`${alone.url}/graphql`, init)).status).toBe(401)
    }
    expect((await alone.get(link)).status).toBe(401)
  })

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['another port of this host', { 'sec-fetch-site': 'same-site' }],
    ['a plain form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another origin', { origin: 'https://evil.test' }],
  ])('cannot be brought about by %s', async (_what, headers) => {
    const cookie = await signIn()
    expect((await send('/signout', { cookie, ...headers })).status).toBe(403)
    expect(await asks(cookie)).toBe(200)
  })

  it('is written down without the session', async () => {
    const cookie = await signIn()
    await send('/signout', { cookie })
    const log = server.log.join('')
    expect(log).toContain('a browser was signed in')
    expect(log).toContain('sessions were ended')
    expect(log).not.toContain(cookie.split('=')[1])
  })
})

describe('a link', () => {
  it('is not used up by what only looks ahead', async () => {
    const path = server.service.server.newSignInPath()
    expect((await fetch(`${server.url}${path}`, { method: 'HEAD' })).status).toBe(405)
    for (const headers of [
      { 'sec-purpose': 'prefetch' },
      { 'sec-purpose': 'prefetch;prerender' },
      { purpose: 'prefetch' },
      { 'x-moz': 'prefetch' },
    ]) {
      expect((await fetch(`${server.url}${path}`, { headers })).status).toBe(403)
    }
    expect((await server.get(path)).status).toBe(200)
    expect((await server.get(path)).status).toBe(401)
  })

  it('makes one session though two browsers open it at once', async () => {
    const path = server.service.server.newSignInPath()
    const answers = await Promise.all([1, 2, 3, 4].map(() => server.get(path)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401, 401])
  })

  it.each(['', '?code=', '?code=a&code=b', '?code[]=x', '?CODE=x', `?code=${'x'.repeat(5000)}`])(
    'that is none signs nobody in: /signin%s',
    async (search) => {
      const answer = await server.get(`/signin${search}`)
      expect([answer.status, answer.headers.has('set-cookie')]).toEqual([401, false])
    },
  )
})

describe('a session', () => {
  it('is one that the server made: what a page of another site planted is none', async () => {
    const { port } = new URL(server.url)
    const name = `lineward_session_${port}`
    const planted = `${name}=planted-by-somebody`
    expect(await asks(planted)).toBe(401)
    const response = await fetch(`${server.url}${server.service.server.newSignInPath()}`, {
      headers: { cookie: planted },
    })
    expect(response.headers.get('set-cookie')).not.toContain('planted')
    expect(await asks(planted)).toBe(401)
  })

  it('is found though a page of another port put its own cookie before it', async () => {
    const cookie = await signIn()
    const name = cookie.split('=')[0] ?? ''
    expect(await asks(`${name}=junk; ${name}=; ${cookie}`)).toBe(200)
  })

  it('is told from its name: that of another port is none', async () => {
    const cookie = await signIn()
    expect(await asks(cookie.replace(/session_\d+/, 'session_1'))).toBe(401)
  })

  it('gives nothing to pages of other origins, and a page to whoever follows a link', async () => {
    const cookie = await signIn()
    const get = async (site: string, mode: string): Promise<number> => {
      const headers = [`Cookie: ${cookie}`, `Sec-Fetch-Site: ${site}`, `Sec-Fetch-Mode: ${mode}`]
      return (await sendRaw(server.url, requestText('/graphiql', { headers }))).status
    }
    expect(await get('cross-site', 'no-cors')).toBe(403)
    expect(await get('same-site', 'cors')).toBe(403)
    expect(await get('same-site', 'navigate')).toBe(200)
    expect(await get('none', 'navigate')).toBe(200)
    expect(await get('same-origin', 'cors')).toBe(200)
  })

  it('does not come to the help of a token that is not good', async () => {
    const cookie = await signIn()
    const answer = await send('/graphql', { cookie, authorization: 'Bearer no' })
    expect(answer.status).toBe(401)
  })
})

describe('a token that is revoked while its request comes in', () => {
  it.each(['/api/v1/lineage', '/api/v1/events'])('does nothing more at %s', async (path) => {
    const admin = { authorization: `Bearer ${server.tokens.admin}` }
    const name = `revoked meanwhile at ${path}`
    const made = await server.post(
      '/api/v1/tokens',
      JSON.stringify({ name, role: 'producer' }),
      admin,
    )
    const { token } = (await made.json()) as { token: string }
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const sending = request(`${server.url}${path}`, { method: 'POST', headers })
    const answered = Promise.withResolvers<number | undefined>()
    sending.on('response', (response) => {
      response.resume()
      answered.resolve(response.statusCode)
    })
    sending.on('error', answered.reject)
    sending.write(' '.repeat(70_000))
    const figures = async (): Promise<string> =>
      (await server.get('/metrics', server.tokens.admin)).text()
    await expect.poll(figures, { timeout: 10_000 }).not.toContain('lineward_body_bytes_held 0\n')

    const before = server.service.ledger.head().entries
    expect(
      (await server.post('/api/v1/tokens/revoke', JSON.stringify({ name }), admin)).status,
    ).toBe(200)
    sending.end(JSON.stringify(event()))
    expect(await answered.promise).toBe(401)
    expect(server.service.ledger.head().entries).toBe(before)
  })
})
