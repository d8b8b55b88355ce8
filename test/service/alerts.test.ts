import type { IncomingHttpHeaders } from 'node:http'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { running } from '../service.ts'
import { temporaryFolder } from '../storage/folder.ts'

type Received = Readonly<{ headers: IncomingHttpHeaders; body: string; path: string }>
type Told = Readonly<{
  type: string
  data: { findings: readonly Readonly<{ id: string; kind: string; title: string }>[] }
}>

const secret = 'a-secret-that-two-sides-share'
/** Far more than it takes on a machine that does nothing else. */
const timeout = 60_000

/** A real server that answers with these statuses in turn, the last one from then on. */
async function hook(...statuses: readonly number[]) {
  const received: Received[] = []
  let waiting: (() => void)[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200
      const { headers, url: path = '' } = request
      received.push({ headers, body: Buffer.concat(chunks).toString(), path })
      response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
      for (const wake of waiting) wake()
      waiting = []
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    async until(count: number): Promise<void> {
      while (received.length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve))
      }
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const settings = (url: string) => ({
  LINEWARD_WEBHOOK_URL: url,
  LINEWARD_WEBHOOK_SECRET: secret,
})

describe('an alert', { timeout }, () => {
  it('tells a webhook what opened, signed, and again until it is taken', async () => {
    await using to = await hook(500, 200)
    await using server = await running(settings(to.url))
    await to.until(2)
    const [refused, taken] = to.received
    expect(refused?.body).toBe(taken?.body)
    expect(refused?.headers['webhook-id']).toBe(taken?.headers['webhook-id'])
    for (const { headers, body } of to.received) {
      const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
      const expected = createHmac('sha256', secret).update(signed).digest('base64')
      expect(headers['webhook-signature']).toBe(`v1,${expected}`)
    }
    const { type, data } = JSON.parse(taken?.body ?? '') as Told
    expect([type, data.findings.map(({ kind }) => kind)]).toEqual(['finding.opened', ['SETUP']])
    expect(server.log.join('')).not.toContain(secret)
  })

  it('is told once, though the service starts again', async () => {
    const data = join(temporaryFolder(), 'data')
    await using to = await hook(200)
    {
      await using first = await running(settings(to.url), data)
      await to.until(1)
      expect((await first.get('/readyz')).status).toBe(200)
    }
    await using second = await running(settings(to.url), data)
    expect(await second.service.governance.reached(timeout)).toBe(true)
    expect(to.received).toHaveLength(1)
  })

  it('goes to no address that the settings do not name', async () => {
    await using to = await hook(302, 200)
    await using server = await running(settings(to.url))
    await to.until(2)
    expect(to.received.map(({ path }) => path)).toEqual(['/hook', '/hook'])
    expect(server.log.join('')).toContain('ALERT_UNDELIVERED')
  })

  it.each([
    ['without a secret', { LINEWARD_WEBHOOK_URL: 'https://example.org/hook' }],
    ['with a password in its address', settings('https://me:word@example.org/hook')],
    ['at what is no web address', settings('file:///etc/hosts')],
  ])('%s is refused at the start', async (_, env) => {
    await expect(running(env)).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
  })
})
