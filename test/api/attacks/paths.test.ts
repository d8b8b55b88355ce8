import type { Running } from '../../service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { running } from '../../service.ts'
import { refuseFailures, requestText, sendRaw } from './raw.ts'

let server: Running
beforeAll(async () => {
  server = await running()
})
afterAll(async () => {
  refuseFailures(server.log)
  await server[Symbol.asyncDispose]()
})

/** Ways to write a path so that a check of its text and the router would read two different ones. */
const targets = [
  '/graphql;x',
  '/graphql;/livez',
  '/livez;/../graphql',
  '/%67raphql',
  '/graphql%3f',
  '/graphql%23',
  '/GRAPHQL',
  '/API/v1/events',
  '/api/V1/tokens',
  '//api//v1/tokens',
  '///graphql',
  '/api/v1/tokens/',
  '/api/v1/tokens//',
  '/api/v1/tokens%2f',
  '/api/v1/tokens%2F..',
  '/api%2fv1%2ftokens',
  '/api%252fv1%252ftokens',
  '/api/v1/tokens/..;/',
  '/api/v1/%2e%2e/v1/tokens',
  '/livez/../graphql',
  '/livez/..%2fgraphql',
  '/livez/%2e%2e/metrics',
  '/livez%00',
  '/livez%0d%0aX-Injected:1',
  '/metrics%20',
  '/metrics?x=/livez',
  '/metrics#/livez',
  '/metrics\\livez',
  '/./graphiql',
  '/graphiql/..%5cpage.js',
  '/graphiql/../../../../etc/passwd',
  '/graphiql/%2e%2e/%2e%2e/package.json',
  '/graphiql/page.js%00.html',
  '/%ff%fe',
  '/%zz',
  '/%',
  '/%c0%af..%c0%afgraphql',
  '/\u00e9',
  'http://evil.test/graphql',
  'http://evil.test//api/v1/tokens',
  'https://livez/metrics',
  'graphql',
  '*',
  '?',
]

describe('a path that is written to slip past a check', () => {
  it.each(targets)('opens nothing to who has no token: %s', async (target) => {
    for (const method of ['GET', 'POST']) {
      const json = ['Content-Type: application/json']
      const asked = requestText(target, { method, headers: json, body: '{}' })
      const { status, body, headers } = await sendRaw(server.url, asked)
      expect([400, 401, 404, 405], `${method} ${target}`).toContain(status)
      expect(headers).not.toHaveProperty('x-injected')
      // Node itself answers what is no target at all, without a body.
      if (body !== '') expect(JSON.parse(body)).toMatchObject({ status, code: expect.any(String) })
    }
  })

  it.each(['/graphql', '//graphql', '/graphql/', 'http://evil.test/graphql'])(
    'is decided on by the route that is found: %s asks as /graphql does',
    async (target) => {
      const bearer = (token: string): readonly string[] => [
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
      ]
      const ask = async (token: string): Promise<number> => {
        const how = { method: 'POST', headers: bearer(token), body: '{"query":"{__typename}"}' }
        return (await sendRaw(server.url, requestText(target, how))).status
      }
      expect(await ask(server.tokens.producer)).toBe(403)
      expect(await ask(server.tokens.auditor)).toBe(200)
    },
  )
})

it('a header that names another path or method changes nothing', async () => {
  const tricks = [
    'X-Original-URL: /livez',
    'X-Rewrite-URL: /livez',
    'X-HTTP-Method-Override: GET',
    'X-Forwarded-Prefix: /livez',
    'X-Forwarded-For: 127.0.0.1',
    'X-Forwarded-Host: evil.test',
    'Forwarded: for=127.0.0.1;host=evil.test',
  ]
  for (const trick of tricks) {
    const asked = requestText('/api/v1/tokens', { headers: [trick] })
    const { status, all } = await sendRaw(server.url, asked)
    expect([status, all.includes('evil.test')]).toEqual([401, false])
  }
})
