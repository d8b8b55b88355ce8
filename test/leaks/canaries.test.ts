import type { Running } from '../service.ts'
import type { Entry } from '../../src/model/index.ts'
import type { Canary } from '../ingest/scrub/canary.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { textIn } from '../../src/ingest/members.ts'
import { dataFilesOf } from '../../src/coordination/index.ts'
import { openFolderLedger } from '../../src/service/index.ts'
import { bodiesOf } from '../ingest/scrub/canary-bodies.ts'
import { canaries } from '../ingest/scrub/canary.ts'
import { running } from '../service.ts'

const events = '/api/v1/events'
const lineage = '/api/v1/lineage'
const beside = 'orchid-beside-pw'
const inQuestion = '561-22-4477'

let server: Running
/** Everything that the service said: answers, errors, figures, the log. */
const said: string[] = []
/** Every byte of the data folder, also what lies packed in it. */
let kept = ''

const bodies = bodiesOf(canaries)
const stays = canaries.filter(({ fate }) => fate === 'stays')
const staying = JSON.stringify(stays.map(({ event }) => event))

/** What must go; what is a name elsewhere stays there, and shows nothing. */
const planted: readonly Readonly<{ what: string; text: string }>[] = [
  ...canaries.flatMap(({ fate, id, place, planted: text }) =>
    fate === 'stays' || staying.includes(text) ? [] : { what: `${id} ${place}`, text },
  ),
  { what: 'beside the events', text: beside },
  { what: 'in a question', text: inQuestion },
]

beforeAll(async () => {
  server = await running({ LINEWARD_MRN_PATTERN: 'MR\\d{8}', LINEWARD_LOG_LEVEL: 'debug' })
  const [documents, logs] = [true, false].map((isJson) =>
    bodies.map(({ body }) => body).filter((body) => body.startsWith('{') === isJson),
  )
  await say(
    server.post(`${events}?context.note=password%3D${beside}`, (documents ?? []).join('\n')),
  )
  for (const log of logs ?? []) await say(server.post(`${events}?context.cluster=dwh`, log))
  // Each by itself, too, at the door that gives back what it cannot use.
  for (const { body } of bodies) await say(server.post(lineage, body))
  await say(server.post(events, `not JSON: ssn ${inQuestion}, password=${beside}`))
  await ask(everything)
  await ask(`{ search(text: "${inQuestion}") { edges { node { kind } } } }`)
  await ask(`{ dataset(namespace: "n", name: "x") { "${inQuestion}" } }`)
  await ask('mutation { replayDeadLetters { replayed stillDead } }')
  await say(server.get('/metrics', server.tokens.admin))
  await say(server.get(`/nowhere/${inQuestion}?code=${beside}`))
  const { data, log } = server
  await server.service[Symbol.asyncDispose]()
  said.push(...log)
  kept = [...bytesOf(data), ...(await entriesOf(data)).map((entry) => JSON.stringify(entry))].join(
    '\n',
  )
}, 120_000)

afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const everything = `{
  deadLetters(first: 1000) { edges { node { id code reason sender event } } }
  intake { unknownEvents(first: 1000) { source name count } sources { source events } }
  datasets(first: 300) {
    edges { node { namespace name description facets names(first: 5) { edges { node { name } } } evidence(first: 3) { edges { node { source sender event } } } } }
  }
  jobs(first: 300) { edges { node { namespace name description facets source } } }
}`

it('two hundred canaries and more were planted, and all of it was kept', () => {
  expect(planted.length).toBeGreaterThan(250)
  expect(kept.length).toBeGreaterThan(500_000)
  expect(said.join('').length).toBeGreaterThan(100_000)
})

it('what must go is in no byte of the data folder', () => {
  expect(planted.filter(({ text }) => holds(kept, text)).map(({ what }) => what)).toEqual([])
})

it('what must go is in no answer, no error, no figure and no line of the log', () => {
  const texts = said.join('\n')
  expect(planted.filter(({ text }) => holds(texts, text)).map(({ what }) => what)).toEqual([])
})

it('what must stay is there', () => {
  const lost = stays.filter((canary) => !isAccess(canary) && !holds(kept, canary.planted))
  expect(lost.map(({ id, place }) => `${id} ${place}`)).toEqual([])
})

it('of an access to an object stays in which folder it was, and no more', () => {
  expect(stays.filter(isAccess).length).toBeGreaterThan(10)
  for (const folder of ['raw/visits', 'raw', 't']) {
    expect(holds(kept, `"name":"${folder}","namespace":"s3://lake"`)).toBe(true)
  }
  expect(kept.includes('t/000000_0')).toBe(false)
})

/** Of such a record little is kept at all. */
function isAccess({ event }: Canary): boolean {
  const name = textIn(event, 'eventName')
  return name === 'GetObject' || name === 'CopyObject'
}

async function say(answer: Promise<Response>): Promise<void> {
  const { status, headers, text } = await answer.then(async (one) => ({
    status: one.status,
    headers: JSON.stringify([...one.headers]),
    text: await one.text(),
  }))
  expect(status).toBeLessThan(500)
  said.push(headers, text)
}

async function ask(query: string): Promise<void> {
  const authorization = `Bearer ${server.tokens.admin}`
  const headers = { authorization, 'content-type': 'application/json' }
  await say(server.post('/graphql', JSON.stringify({ query }), headers))
}

/** Whether it is there as it is, or as it is written in a string of JSON, once or twice over. */
function holds(bytes: string, text: string): boolean {
  const once = JSON.stringify(text).slice(1, -1)
  const twice = JSON.stringify(once).slice(1, -1)
  return [text, once, twice].some((form) => bytes.includes(form))
}

function bytesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)).toString('latin1'))
}

async function entriesOf(folder: string): Promise<readonly Entry[]> {
  await using ledger = await openFolderLedger(dataFilesOf(folder), readConfig({ env: {} }))
  const entries: Entry[] = []
  while (entries.length < ledger.head().entries) {
    entries.push(...(await ledger.read(entries.length, 500)))
  }
  return entries
}
