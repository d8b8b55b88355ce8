import { describe, expect, it } from 'vitest'
import { event, running } from '../service.ts'

type Line = Readonly<{ result?: Readonly<Record<string, unknown>>; problem?: unknown }>

async function rebuild(url: string, token: string): Promise<Line> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`${url}/api/v1/graph/rebuild`, { method: 'POST', headers })
  const lines = (await response.text()).trim().split('\n')
  return JSON.parse(lines.at(-1) ?? '{}') as Line
}

describe('a rebuild under a running server', () => {
  it('gives the same graph while events come in and questions are answered', async () => {
    await using server = await running()
    const admin = server.tokens.admin
    const post = async (count: number): Promise<void> => {
      const body = JSON.stringify(Array.from({ length: count }, () => event()))
      expect((await server.post('/api/v1/lineage/batch', body)).status).toBe(200)
    }
    await post(300)
    const over = new AbortController()
    let asked = 0
    const posting = (async () => {
      while (!over.signal.aborted) await post(5)
    })()
    const asking = (async () => {
      while (!over.signal.aborted) {
        const response = await fetch(`${server.url}/graphql`, {
          method: 'POST',
          headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ dataset(namespace: "n", name: "out") { id } }' }),
        })
        const said = (await response.json()) as { data: { dataset: unknown } }
        expect(said.data.dataset).not.toBeNull()
        asked += 1
      }
    })()
    const { result } = await rebuild(server.url, admin)
    over.abort()
    await Promise.all([posting, asking])
    expect(result).toMatchObject({ equal: true, before: result?.['after'] })
    expect(asked).toBeGreaterThan(0)
    const { ledger, projector } = server.service
    expect(await projector.reached(ledger.head().entries, 20_000)).toBe(true)
    expect((await rebuild(server.url, admin)).result).toMatchObject({
      entries: ledger.head().entries,
      equal: true,
    })
  })

  it('is one at a time', async () => {
    await using server = await running()
    await server.post('/api/v1/lineage', JSON.stringify(event()))
    const both = await Promise.all([1, 2].map(() => rebuild(server.url, server.tokens.admin)))
    expect(both.filter(({ result }) => result !== undefined)).toHaveLength(1)
    expect(both.filter(({ problem }) => problem !== undefined)).toEqual([
      { problem: { code: 'CONFLICT', detail: expect.any(String) } },
    ])
  })
})
