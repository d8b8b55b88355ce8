import type { Micros } from '../../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { Buckets } from '../../../src/api/auth/buckets.ts'
import { RateLimits } from '../../../src/api/auth/rate-limits.ts'
import { createLog } from '../../../src/log.ts'
import { micros } from '../../../src/model/index.ts'
import { event, running } from '../../service.ts'

const second = 1_000_000

/** A clock that stands until it is moved. */
function standing(): { now: () => Micros; move: (seconds: number) => void } {
  let at = 1_770_000_000_000_000
  return {
    now: () => micros(at),
    move(seconds) {
      at += seconds * second
    },
  }
}

describe('a bucket', () => {
  const rate = { capacity: 3, perSecond: 2 }

  it('gives what it holds, then says how long to wait, and is refilled evenly', () => {
    const { now, move } = standing()
    const buckets = new Buckets(now, 10)
    const take = (): number => buckets.take('a', rate)
    expect([take(), take(), take()]).toEqual([0, 0, 0])
    expect([take(), take()]).toEqual([0.5, 0.5])
    expect(buckets.take('b', rate)).toBe(0)
    move(0.5)
    expect([take(), take()]).toEqual([0, 0.5])
    move(1000)
    expect([take(), take(), take(), take()]).toEqual([0, 0, 0, 0.5])
  })

  it('is neither stopped nor filled by a clock that is set back', () => {
    const { now, move } = standing()
    const buckets = new Buckets(now, 10)
    const take = (): number => buckets.take('a', { capacity: 1, perSecond: 1 })
    expect(take()).toBe(0)
    move(-3600)
    expect(take()).toBe(1)
    move(1)
    expect(take()).toBe(0)
  })

  it('is forgotten when many others came after it, so that they hold bounded memory', () => {
    const { now } = standing()
    const buckets = new Buckets(now, 2)
    const once = { capacity: 1, perSecond: 1 }
    for (const key of ['a', 'b', 'a', 'c']) buckets.take(key, once)
    expect(buckets.take('a', once)).toBe(1)
    expect(buckets.take('b', once)).toBe(0)
  })
})

describe('the bounds of callers', () => {
  const config = { tokenRequestsMax: 2, wrongTokensMax: 2 }
  const caller = { name: 'spark', person: undefined, role: 'producer' } as const

  function limits(): { limits: RateLimits; move: (seconds: number) => void; log: string[] } {
    const { now, move } = standing()
    const log: string[] = []
    const written = createLog('debug', { write: (line: string) => log.push(line) })
    return { limits: new RateLimits(config, { clock: now, log: written }), move, log }
  }
  const refused = (code: string, seconds: number): unknown =>
    expect.objectContaining({ code, details: { retryAfterSeconds: seconds } })

  it('let ten seconds of requests through at once, then as many as come back', () => {
    const { limits: door, move } = limits()
    for (let count = 0; count < 20; count += 1) door.count(caller, true)
    expect(() => door.count(caller, true)).toThrow(refused('THROTTLED', 1))
    expect(() => door.count(caller, false)).toThrow(refused('RATE_LIMITED', 1))
    door.count({ ...caller, name: 'flink' }, true)
    move(0.5)
    door.count(caller, true)
    expect(() => door.count(caller, true)).toThrow(refused('THROTTLED', 1))
  })

  it('are those of the token where it has its own', () => {
    const { limits: door, move } = limits()
    const slow = { ...caller, requestsPerMinute: 2 }
    door.count(slow, true)
    door.count(slow, true)
    expect(() => door.count(slow, true)).toThrow(refused('THROTTLED', 30))
    move(30)
    door.count(slow, true)
  })

  it('do not hold for commands on this machine', () => {
    const { limits: door } = limits()
    const count = (): void => door.count({ ...caller, name: 'local' }, false)
    for (let times = 0; times < 100; times += 1) expect(count).not.toThrow()
  })

  it('warn once a minute of an address that is wrong all the time', () => {
    const { limits: door, move, log } = limits()
    const wrong = (): void => door.countWrong('192.0.2.7')
    wrong()
    wrong()
    for (let times = 0; times < 50; times += 1) expect(wrong).toThrow(refused('RATE_LIMITED', 30))
    expect(log).toHaveLength(1)
    expect(log[0]).toContain('"address":"192.0.2.7"')
    move(25)
    expect(wrong).toThrow(refused('RATE_LIMITED', 5))
    expect(log).toHaveLength(1)
    door.countWrong('192.0.2.8')
  })
})

describe('a token that comes too often', () => {
  it('is told to come again where it sends events, and by 429 where it asks', async () => {
    await using server = await running()
    const make = async (body: object): Promise<Record<string, string>> => {
      const headers = { authorization: `Bearer ${server.tokens.admin}` }
      const answer = await server.post('/api/v1/tokens', JSON.stringify(body), headers)
      const { token } = (await answer.json()) as { token: string }
      return { authorization: `Bearer ${token}` }
    }
    const said = async (answer: Response): Promise<unknown> => {
      const { code } = (await answer.json()) as { code?: string }
      return { status: answer.status, code, wait: Number(answer.headers.get('retry-after')) > 0 }
    }
    const slow = await make({ name: 'slow', role: 'producer', requestsPerMinute: 1 })
    expect((await server.post('/api/v1/lineage', JSON.stringify(event()), slow)).status).toBe(201)
    const before = server.service.ledger.head().entries
    for (const path of ['/api/v1/lineage', '/api/v1/lineage/batch', '/api/v1/events']) {
      const answer = await server.post(path, JSON.stringify([event()]), slow)
      expect(await said(answer)).toEqual({ status: 503, code: 'THROTTLED', wait: true })
    }
    expect(server.service.ledger.head().entries).toBe(before)
    expect(server.log.join('')).not.toContain('"level":"error"')

    const curious = await make({ name: 'curious', role: 'auditor', requestsPerMinute: 1 })
    const query = JSON.stringify({ query: '{ intake { entries } }' })
    expect((await server.post('/graphql', query, curious)).status).toBe(200)
    const asked = await said(await server.post('/graphql', query, curious))
    expect(asked).toEqual({ status: 429, code: 'RATE_LIMITED', wait: true })

    expect((await server.post('/api/v1/lineage', JSON.stringify(event()))).status).toBe(201)
    expect((await server.get('/livez')).status).toBe(200)
  })
})

describe('an address that is wrong too often', () => {
  it('gets 429 for what is wrong, and nobody behind it is locked out', async () => {
    await using server = await running({ LINEWARD_WRONG_TOKENS_MAX: '2' })
    const wrong = { authorization: `Bearer lw_${'A'.repeat(43)}` }
    const statuses: number[] = []
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await server.post('/api/v1/lineage', '{}', wrong)).status)
    }
    expect(statuses).toEqual([401, 401, 429, 429])
    const guessed = await server.get('/signin?code=guess')
    expect([guessed.status, guessed.headers.has('retry-after')]).toEqual([429, true])

    expect((await server.post('/api/v1/lineage', JSON.stringify(event()))).status).toBe(201)
    expect((await server.get(server.service.server.newSignInPath())).status).toBe(200)
    expect((await server.get('/api/v1/tokens')).status).toBe(401)
    const warnings = server.log.filter((line) => line.includes('many wrong tokens'))
    expect(warnings).toHaveLength(1)
  })
})
