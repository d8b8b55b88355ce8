import type { Running } from '../../service.ts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { event, running } from '../../service.ts'
import { routesIn } from './routes.ts'

let server: Running
beforeAll(async () => {
  server = await running()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

type Operation = Readonly<{
  security: readonly unknown[]
  requestBody?: unknown
  responses: Readonly<Record<string, unknown>>
}>
type Document = Readonly<{ paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>

async function description(): Promise<Document> {
  return (await (await server.get('/openapi.json')).json()) as Document
}

it('describes every route of the REST interface, and no other', async () => {
  const { paths } = await description()
  const described = Object.entries(paths).flatMap(([url, rows]) =>
    Object.keys(rows).map((method) => `${method.toUpperCase()} ${url}`),
  )
  const { app } = server.service.server
  const served = routesIn(app.printRoutes({ commonPrefix: false }))
  const asked = /^\w+ \/(?:graphql|graphiql|signin)/
  expect(served.filter((row) => !asked.test(row)).toSorted()).toEqual(described.toSorted())
})

it('says truly whether a route wants a token', async () => {
  const { paths } = await description()
  for (const [url, rows] of Object.entries(paths)) {
    for (const [method, { security }] of Object.entries(rows)) {
      const { status } = await fetch(`${server.url}${url}`, { method: method.toUpperCase() })
      expect(status === 401, `${method} ${url}`).toBe(security.length > 0)
    }
  }
})

it('lists the status of every answer that the door gives', async () => {
  const { paths } = await description()
  const operation = paths['/api/v1/lineage']?.['post']
  const bodies = [JSON.stringify(event()), '[]', '{', '{}']
  for (const body of bodies) {
    const { status } = await server.post('/api/v1/lineage', body)
    expect(Object.keys(operation?.responses ?? {})).toContain(String(status))
  }
})

it('shows figures that are those of what happened', async () => {
  await using fresh = await running()
  const sent = JSON.stringify(event())
  await fresh.post('/api/v1/lineage', sent)
  await fresh.post('/api/v1/lineage', sent)
  await fresh.post('/api/v1/lineage', '{')
  await fresh.post('/api/v1/events', 'no json')
  await fresh.service.projector.reached(fresh.service.ledger.head().entries, 10_000)
  const text = await (await fresh.get('/metrics', fresh.tokens.admin)).text()
  for (const line of [
    'lineward_events_accepted_total 1',
    'lineward_events_duplicate_total 1',
    'lineward_events_dead_lettered_total 1',
    'lineward_refused_total{code="JSON_MALFORMED"} 1',
    'lineward_dead_letters 1',
    'lineward_ledger_entries 2',
    'lineward_projection_lag_entries 0',
    'lineward_projection_marks 0',
    'lineward_body_bytes_held 0',
  ]) {
    expect(text.split('\n')).toContain(line)
  }
  expect(text).toMatch(
    /^(?:# (?:HELP|TYPE) \w+ .+\n|\w+(?:\{(?:\w+="[^"\n]+",?)+\})? [\d.e+-]+\n|\n)+$/,
  )
})
