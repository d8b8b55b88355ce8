import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Allowance } from '../../../src/api/body/allowance.ts'
import { event, running } from '../../service.ts'

const mebibyte = 1024 * 1024

describe('when nothing more can be taken', () => {
  it('because too much is under way, a sender is told to come again, and can', async () => {
    await using server = await running({ LINEWARD_QUEUE_BYTES_MAX: String(mebibyte) })
    const headers = {
      authorization: `Bearer ${server.tokens.producer}`,
      'content-type': 'application/json',
      'transfer-encoding': 'chunked',
    }
    const slow = request(`${server.url}/api/v1/lineage`, { method: 'POST', headers })
    slow.write(' '.repeat(2 * mebibyte))
    const answered = Promise.withResolvers<number | undefined>()
    slow.on('response', (response) => {
      response.resume()
      answered.resolve(response.statusCode)
    })
    slow.on('error', answered.reject)
    const metrics = async (): Promise<string> =>
      await (await server.get('/metrics', server.tokens.producer)).text()
    await expect
      .poll(metrics, { timeout: 60_000 })
      .toContain(`lineward_body_bytes_held ${2 * mebibyte}\n`)

    const refused = await server.post('/api/v1/lineage', JSON.stringify(event()))
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(await refused.json()).toMatchObject({ code: 'OVERLOADED' })

    slow.end(JSON.stringify(event()))
    expect(await answered.promise).toBe(201)
    await expect.poll(metrics, { timeout: 60_000 }).toContain('lineward_body_bytes_held 0\n')
    expect((await server.post('/api/v1/lineage', JSON.stringify(event()))).status).toBe(201)
  })

  it('because the ledger is shut, nothing is acknowledged', async () => {
    await using server = await running()
    await server.service.ledger[Symbol.asyncDispose]()
    for (const [path, body] of [
      ['/api/v1/lineage', JSON.stringify(event())],
      ['/api/v1/lineage/batch', JSON.stringify([event()])],
      ['/api/v1/events', gzipSync(JSON.stringify(event()))],
    ] as const) {
      const refused = await server.post(path, body)
      expect(refused.status).toBe(503)
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/)
      expect(await refused.json()).toMatchObject({ status: 503, detail: expect.any(String) })
    }
  })
})

describe('bytes that may be held', () => {
  it('are given back by whoever held them, however that ended', () => {
    const allowance = new Allowance(100)
    {
      using first = allowance.open()
      first.add(60)
      using second = allowance.open()
      second.add(40)
      expect(() => second.add(1)).toThrow(expect.objectContaining({ code: 'OVERLOADED' }))
      first.remove(30)
      second.add(30)
      expect(allowance.heldBytes).toBe(100)
    }
    expect(allowance.heldBytes).toBe(0)
  })

  it('may be more for one alone', () => {
    const allowance = new Allowance(100)
    using alone = allowance.open()
    alone.add(500)
    using other = allowance.open()
    expect(() => other.add(1)).toThrow(expect.objectContaining({ code: 'OVERLOADED' }))
  })
})
