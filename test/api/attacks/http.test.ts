import type { Running } from '../../service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, running } from '../../service.ts'
import { refuseFailures, requestText, sendRaw } from './raw.ts'

let server: Running
beforeAll(async () => {
  server = await running()
})
afterAll(async () => {
  refuseFailures(server.log)
  await server[Symbol.asyncDispose]()
})

const post = (lines: readonly string[], body: string): string =>
  `${['POST /api/v1/lineage HTTP/1.1', 'Host: here', `Authorization: Bearer ${server.tokens.producer}`, ...lines].join('\r\n')}\r\n\r\n${body}`

const answersIn = (all: string): number => all.split('HTTP/1.1 ').length - 1

describe('two requests in one', () => {
  const second = 'GET /livez HTTP/1.1\r\nHost: here\r\n\r\n'
  it.each([
    ['a length and chunks', ['Content-Length: 6', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
    ['chunks and a length', ['Transfer-Encoding: chunked', 'Content-Length: 6'], '0\r\n\r\n'],
    ['two lengths', ['Content-Length: 2', 'Content-Length: 3'], '{}'],
    ['a list of lengths', ['Content-Length: 2, 2'], '{}'],
    ['a length below zero', ['Content-Length: -2'], '{}'],
    ['a length in hex', ['Content-Length: 0x2'], '{}'],
    ['an encoding that is none', ['Transfer-Encoding: xchunked'], '0\r\n\r\n'],
    ['chunks that are not last', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
    ['a blank before the colon', ['Transfer-Encoding : chunked'], '0\r\n\r\n'],
    ['a header that goes on in the next line', ['X-A: a', ' b: c', 'Content-Length: 2'], '{}'],
    ['a chunk that is longer than it says', ['Transfer-Encoding: chunked'], '1\r\n{}\r\n0\r\n\r\n'],
    ['a chunk whose length is no number', ['Transfer-Encoding: chunked'], 'zz\r\n{}\r\n0\r\n\r\n'],
  ])('are not read from %s', async (_what, lines, body) => {
    const before = server.service.ledger.head().entries
    const { status, all } = await sendRaw(server.url, post(lines, `${body}${second}`))
    expect([400, 401]).toContain(status)
    expect(answersIn(all)).toBe(1)
    expect(server.service.ledger.head().entries).toBe(before)
  })
})

describe('what is no request', () => {
  it.each([
    ['bytes', 'what is this\r\n\r\n'],
    ['a greeting of TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc'],
    ['a greeting of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['a method that there is not', 'STEAL / HTTP/1.1\r\nHost: here\r\n\r\n'],
    ['another version', 'GET / HTTP/9.9\r\nHost: here\r\n\r\n'],
    ['a header with a zero', 'GET / HTTP/1.1\r\nHost: a\u0000b\r\n\r\n'],
  ])('is told so as a problem, with every header of ours: %s', async (_what, bytes) => {
    const { status, headers, body } = await sendRaw(server.url, bytes)
    expect(status).toBe(400)
    expect(JSON.parse(body)).toMatchObject({ code: 'ARGUMENT_INVALID', status: 400 })
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  it.each([
    ['without a host', 'GET /api/v1/tokens HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['of an old version', 'GET /api/v1/tokens HTTP/1.0\r\n\r\n'],
    ['to be a tunnel', 'CONNECT here:80 HTTP/1.1\r\nHost: here\r\n\r\n'],
  ])('opens nothing: one %s', async (_what, bytes) => {
    const { status } = await sendRaw(server.url, bytes)
    expect([0, 400, 401, 404]).toContain(status)
  })
})

describe('headers', () => {
  it.each([
    ['one that is long', requestText('/livez', { headers: [`X-Long: ${'x'.repeat(20_000)}`] })],
    [
      'many',
      requestText('/livez', { headers: Array.from({ length: 5000 }, (_, n) => `X-${n}: x`) }),
    ],
    ['a path that is long', requestText(`/${'x'.repeat(20_000)}`)],
    ['a long cookie', requestText('/graphql', { headers: [`Cookie: ${'a=b;'.repeat(5000)}`] })],
  ])('over the limit are 431: %s', async (_what, asked) => {
    const { status, body } = await sendRaw(server.url, asked)
    expect(status).toBe(431)
    expect(JSON.parse(body)).toMatchObject({ code: 'HEADERS_TOO_LARGE' })
  })

  it('of a host that is not ours come back in no answer', async () => {
    const host = 'evil.test'
    const head = (target: string): string =>
      `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`
    const signIn = server.service.server.newSignInPath()
    for (const target of [signIn, '/livez', '/openapi.json', '/graphql', '/nowhere']) {
      const { status, all } = await sendRaw(server.url, head(target))
      expect(status).toBeGreaterThan(0)
      expect(all).not.toContain(host)
    }
  })

  it('of a session are not good for another host than the page says it is of', async () => {
    const response = await server.get(server.service.server.newSignInPath())
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const { port } = new URL(server.url)
    const body = '{"query":"{__typename}"}'
    const ask = async (host: string, origin: string): Promise<number> => {
      const lines = [`Host: ${host}`, `Origin: ${origin}`, `Cookie: ${cookie}`]
      const rest = ['Content-Type: application/json', `Content-Length: ${body.length}`]
      const head = ['POST /graphql HTTP/1.1', ...lines, ...rest, 'Connection: close']
      return (await sendRaw(server.url, `${head.join('\r\n')}\r\n\r\n${body}`)).status
    }
    expect(await ask(`127.0.0.1:${port}`, server.url)).toBe(200)
    expect(await ask(`127.0.0.1:${port}`, 'http://evil.test')).toBe(403)
    expect(await ask(`127.0.0.1:${port}`, `http://127.0.0.1:${Number(port) + 1}`)).toBe(403)
    expect(await ask(`127.0.0.1:${port}`, `http://user@127.0.0.1:${port}.evil.test`)).toBe(403)
  })

  it.each([
    'text/plain; application/json',
    'application/jsonp',
    'multipart/form-data; boundary=application/json',
    'application/x-www-form-urlencoded',
    '\tapplication/json, text/plain',
  ])('of a form are not taken for JSON with a session: %s', async (type) => {
    const response = await server.get(server.service.server.newSignInPath())
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const headers = [`Cookie: ${cookie}`, `Content-Type: ${type}`, 'Sec-Fetch-Site: same-origin']
    const asked = requestText('/graphql', { method: 'POST', headers, body: '{"query":"{a}"}' })
    const { status } = await sendRaw(server.url, asked)
    expect([403, 415]).toContain(status)
  })

  it('of a client do not name the request: each answer has an id of ours', async () => {
    const theirs = '11111111-2222-3333-4444-555555555555'
    const headers = [`X-Request-Id: ${theirs}`, `Traceparent: 00-${theirs}`]
    const { headers: ours, body } = await sendRaw(server.url, requestText('/nowhere', { headers }))
    expect(ours['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    expect(ours['x-request-id']).not.toBe(theirs)
    expect(JSON.parse(body)).toMatchObject({ instance: `urn:uuid:${ours['x-request-id']}` })
    expect(server.log.join('')).not.toContain(theirs)
  })

  it('that ask for another protocol get none', async () => {
    for (const protocol of ['websocket', 'h2c']) {
      const headers = [`Upgrade: ${protocol}`, 'HTTP2-Settings: AAMAAABkAAQAAP__']
      const asked = requestText('/graphql', { headers }).replace('close', 'Upgrade')
      const { status } = await sendRaw(
        server.url,
        asked.replace('Upgrade\r\n', 'Upgrade, close\r\n'),
      )
      expect([400, 401, 404, 405]).toContain(status)
    }
  })
})

describe('a client that is slow', () => {
  it.each([
    ['with its headers', 'GET /livez HTTP/1.1\r\nHost: he'],
    ['with its body', undefined],
  ])('%s is told so and let go, and others are served meanwhile', async (_what, bytes) => {
    await using strict = await running({ LINEWARD_REQUEST_MS_MAX: '1000' })
    const head = ['POST /api/v1/lineage HTTP/1.1', 'Host: here', 'Content-Length: 100']
    const authorized = [...head, `Authorization: Bearer ${strict.tokens.producer}`]
    const slow = sendRaw(strict.url, bytes ?? `${authorized.join('\r\n')}\r\n\r\n{"a"`)
    expect((await strict.post('/api/v1/lineage', JSON.stringify(event()))).status).toBe(201)
    const { status, body } = await slow
    expect([status, JSON.parse(body)]).toMatchObject([408, { code: 'REQUEST_TIMEOUT' }])
    expect(strict.log.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })
})
