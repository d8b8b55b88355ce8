import type { Running } from '../../service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../../src/log.ts'
import { event, running } from '../../service.ts'
import { requestText, sendRaw } from './raw.ts'

const hostile = [
  ['a line of its own', 'a\r\n{"level":"info","message":"all is well"}'],
  ['a colour of the terminal', 'a\u001B[31mred\u001B]0;title\u0007'],
  ['a sequence of eight bits', 'a\u009B31m\u0085b\u007F'],
  ['another reading direction', 'a\u202Egpj.exe\u2066b'],
  ['what takes no room', 'a\u200B\u2060\uFEFF\u{E0041}b'],
  ['other ends of lines', 'a\u2028b\u2029c\u000B\u000C'],
  ['half a character', 'a\uD800b'],
  ['a quote and its way out', '","level":"fatal","x":"\\'],
] as const

/** What no line may hold but its end: all that is no visible character. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u

function expectOneObjectALine(lines: readonly string[]): void {
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) {
    expect(line.endsWith('\n')).toBe(true)
    expect(line.slice(0, -1)).not.toMatch(hidden)
    expect(JSON.parse(line)).toMatchObject({
      level: expect.any(String),
      message: expect.any(String),
    })
  }
}

describe('the log', () => {
  it.each(hostile)('is one object a line whatever it is handed: %s', (_what, text) => {
    const lines: string[] = []
    const log = createLog('debug', { write: (line: string) => lines.push(line) })
    log.info({ caller: text, [text]: 'key', inner: { list: [text] } }, text)
    log.error({ error: new Error(text, { cause: new Error(text) }) }, 'it failed')
    expect(lines).toHaveLength(2)
    expectOneObjectALine(lines)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ caller: text, message: text })
  })

  it('shows nothing under the names that secrets go by', () => {
    const lines: string[] = []
    const log = createLog('debug', { write: (line: string) => lines.push(line) })
    const names = ['authorization', 'cookie', 'set-cookie', 'token', 'password', 'body', 'query']
    const secrets = Object.fromEntries(names.map((name) => [name, 'canary']))
    log.info({ ...secrets, headers: secrets, request: { headers: secrets } }, 'a request')
    expect(lines.join('')).not.toContain('canary')
  })
})

describe('the log of a server that is attacked', () => {
  const canary = 'canary-7f3a'
  let server: Running
  beforeAll(async () => {
    server = await running()
    const bearer = (token: string): string => `Authorization: Bearer ${token}`
    const json = 'Content-Type: application/json'
    for (const token of [`lw_${canary}`, canary, ...Object.values(server.tokens)]) {
      for (const target of [
        `/api/v1/events?context.${canary}=x`,
        `/api/v1/events?context.account=${canary}`,
        `/api/v1/lineage?${canary}`,
        `/graphql?query=${canary}`,
        `/signin?code=${canary}`,
        `/${canary}`,
        `/${canary}%0d%0a%1b%5b31m`,
        `/%zz${canary}`,
      ]) {
        const headers = [
          bearer(token),
          json,
          `User-Agent: ${canary}`,
          `Referer: http://${canary}`,
          `X-Request-Id: ${canary}`,
          `Cookie: ${canary}=${canary}`,
        ]
        const body = JSON.stringify({ query: `{ ${canary} }`, job: canary, name: canary })
        await sendRaw(server.url, requestText(target, { method: 'POST', headers, body }))
      }
    }
    await sendRaw(server.url, `${canary}\r\n\r\n`)
    for (const [, name] of hostile) {
      const job = { namespace: `${canary}${name}`, name }
      await server.post('/api/v1/lineage', JSON.stringify(event({ job, [name]: name })))
      await server.post('/api/v1/events', `${canary}${name}`, { 'content-type': 'text/plain' })
    }
    await server.service.projector.reached(server.service.ledger.head().entries, 10_000)
    // What fails inside is logged with its causes: they must not quote what was sent either.
    await server.service.ledger[Symbol.asyncDispose]()
    await server.post('/api/v1/lineage', JSON.stringify(event({ note: canary })))
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
  })

  it('holds no token, no query, no body, no path and no header of it', () => {
    const log = server.log.join('')
    expect(log).toContain('"level":"error"')
    expect(log).not.toContain(canary)
    for (const token of Object.values(server.tokens)) expect(log).not.toContain(token.slice(3))
  })

  it('is one object a line', () => {
    expectOneObjectALine(server.log)
  })
})

describe('a token', () => {
  it.each(hostile)('has no name that does something to who reads it: %s', async (_what, name) => {
    await using server = await running()
    const headers = { authorization: `Bearer ${server.tokens.admin}` }
    for (const grant of [
      { name, role: 'producer' },
      { name: 'a', person: name, role: 'producer' },
      { name: 'a', role: 'producer', namespaces: [name] },
      { name: 'a', role: 'producer', mapping: { [name]: 'b' } },
      { name: 'a', role: 'producer', mapping: { default: name } },
    ]) {
      const answer = await server.post('/api/v1/tokens', JSON.stringify(grant), headers)
      if (hidden.test(name)) expect(answer.status).toBe(400)
      else expect([201, 409]).toContain(answer.status)
    }
    expectOneObjectALine(server.log)
  })
})
