import { expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { event, running } from '../../service.ts'
import { looking, record } from '../../ingest/aws-events.ts'

const docs = new URL('../../../docs/operating.md', import.meta.url)

it('figures tell what came, what nobody reads, what was refused and how long walks took', async () => {
  await using server = await running()
  await server.post('/api/v1/lineage', JSON.stringify(event()))
  await server.post(
    '/api/v1/events',
    [record(), looking(), { x: 1 }].map((one) => JSON.stringify(one)).join('\n'),
  )
  await server.post('/api/v1/lineage', '{')
  const authorization = `Bearer ${server.tokens.admin}`
  const query = '{ lineage(of: [{ namespace: "n", name: "in" }]) { starts { id } } }'
  await server.post('/graphql', JSON.stringify({ query }), { authorization })
  await server.get('/nowhere/at/all')
  const text = await (await server.get('/metrics', server.tokens.admin)).text()
  const lines = text.split('\n')
  expect(lines).toEqual(
    expect.arrayContaining([
      'lineward_events_accepted_total 1',
      'lineward_events_unknown_total 1',
      'lineward_events_irrelevant_total 1',
      'lineward_events_dead_lettered_total 1',
      'lineward_refused_total{code="JSON_MALFORMED"} 1',
      'lineward_walk_seconds_count{kind="lineage"} 1',
      'lineward_projection_lag_seconds 0',
      'lineward_request_seconds_count{route="/api/v1/events",status="2xx"} 1',
      'lineward_request_seconds_count{route="none",status="4xx"} 1',
    ]),
  )
  const families = lines.flatMap((line) => /^# TYPE (\w+) /.exec(line)?.[1] ?? [])
  const documented = [...readFileSync(docs, 'utf8').matchAll(/^\| `(\w+)`/gm)].map(
    ([, name]) => name,
  )
  expect(documented.toSorted()).toEqual(families.toSorted())
})
