import type { DatasetId } from '../src/model/index.ts'
import type { BenchOptions, Figure } from './figure.ts'
import type { PlainGraph } from './peers/plain-walk.ts'
import type { World } from './world.ts'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { hospitalRequests } from '../src/demo/index.ts'
import { datasetIdOf } from '../src/model/index.ts'
import { shown } from './figure.ts'
import { openInProcess } from './in-process.ts'
import { plainWalk } from './peers/plain-walk.ts'
import { plainOfStore, plainOfWorld } from './plain-of.ts'
import { processorSecondsOf } from './processor-time.ts'
import { between, randomFrom } from './random.ts'
import { expectStatuses, percentile, send } from './send.ts'
import { startService } from './service.ts'

const depth = 10
const targetMs = 100
const directions = ['UPSTREAM', 'DOWNSTREAM'] as const

type Question = Readonly<{
  start: number
  id: DatasetId
  direction: (typeof directions)[number]
}>

const query = `query ($id: ID!, $direction: Direction!) {
  lineage(of: [{ id: $id }], direction: $direction, depth: ${depth}) {
    datasets { dataset { id namespace name kind } upstream downstream }
    flows { id job { namespace name } inputs(first: 20) { id } outputs(first: 20) { id } coarse lastSeen }
    completeness { complete truncatedBy behind }
  }
}`

/** Lineage of the sample hospital over GraphQL and HTTP, beside a plain loop over the same graph. */
export async function lineageOfSample({ quick, folder }: BenchOptions): Promise<readonly Figure[]> {
  const data = join(folder, 'data')
  mkdirSync(data)
  const parts = await openInProcess(data)
  for (const { body } of hospitalRequests({ only: 'openlineage' })) {
    const value = JSON.parse(body) as unknown
    const events = Array.isArray(value) ? value : [value]
    await parts.accept(events.map((event) => JSON.stringify(event)))
  }
  await parts.project()
  const { graph, ids } = await plainOfStore(parts.graph)
  await parts[Symbol.asyncDispose]()
  const all = ids.flatMap((id, start) => directions.map((direction) => ({ start, id, direction })))
  const questions = Array.from({ length: quick ? 1 : 5 }, () => all).flat()
  const name = `the sample hospital (${shown(ids.length)} datasets)`
  return [await asked(name, { data, folder, graph, questions })]
}

/** The same of a generated world whose events a data folder has already. */
export async function lineageOfWorld(
  { quick, folder }: BenchOptions,
  { data, made }: Readonly<{ data: string; made: World }>,
): Promise<readonly Figure[]> {
  const graph = plainOfWorld(made)
  const questions = questionsOf(made, graph, quick ? 100 : 500)
  const name = `${shown(made.datasets.length)} datasets`
  return [await asked(name, { data, folder, graph, questions, exact: true })]
}

/** Starts, drawn evenly, whose answers are neither nothing nor everything. */
function questionsOf(made: World, graph: PlainGraph, count: number): readonly Question[] {
  const random = randomFrom(11)
  const questions: Question[] = []
  while (questions.length < count) {
    const start = between(random, 0, made.datasets.length - 1)
    const direction = directions[questions.length % 2] ?? 'UPSTREAM'
    const { datasets, flows } = plainWalk(graph, start, direction, depth)
    const nodes = datasets.size + flows.size
    const dataset = made.datasets[start]
    if (dataset === undefined || nodes < nodesLeast || nodes > nodesMost) continue
    const { namespace, name } = dataset
    questions.push({ start, id: datasetIdOf({ namespace, name }), direction })
  }
  return questions
}

const nodesLeast = 100
const nodesMost = 500

async function asked(
  name: string,
  how: Readonly<{
    data: string
    folder: string
    graph: PlainGraph
    questions: readonly Question[]
    /** Both have to find the same number of datasets. */
    exact?: boolean
  }>,
): Promise<Figure> {
  const { data, folder, graph, questions, exact = false } = how
  const bodies = questions.map(({ id, direction }) =>
    JSON.stringify({ query, variables: { id, direction } }),
  )
  await using service = await startService(data)
  const to = { url: `${service.url}/graphql`, token: service.admin, folder, connections: 1 }
  await send({ ...to, bodies: bodies.slice(0, 50) })
  const before = processorSecondsOf(service.pid)
  const outcome = await send({ ...to, bodies })
  const after = processorSecondsOf(service.pid)
  expectStatuses(outcome, 200)

  const plain: number[] = []
  const nodes: number[] = []
  for (const [index, { start, direction }] of questions.entries()) {
    const from = performance.now()
    const found = plainWalk(graph, start, direction, depth)
    plain.push(performance.now() - from)
    nodes.push(found.datasets.size + found.flows.size)
    const answered = datasetsIn(outcome.answers[index] ?? '')
    if (exact && answered !== found.datasets.size) {
      throw new Error(`${answered} datasets were answered, and ${found.datasets.size} are there`)
    }
  }
  const [half, most] = [0.5, 0.99].map((share) => percentile(outcome.latencies, share)) as [
    number,
    number,
  ]
  const [plainHalf, plainMost] = [0.5, 0.99].map((share) => percentile(plain, share)) as [
    number,
    number,
  ]
  const spent =
    before === undefined || after === undefined
      ? ''
      : ` Of processor time the service took ${shown(((after - before) / bodies.length) * 1000)} ms for each.`
  return {
    line: `lineage over GraphQL, depth ${depth}, ${name}, answers of ${range(nodes)} nodes`,
    measured: `p50 ${shown(half)} ms, p99 ${shown(most)} ms`,
    against: `plain loop over typed arrays: p50 ${shown(plainHalf)} ms, p99 ${shown(plainMost)} ms`,
    ratio: plainHalf / half,
    target: { text: `p99 under ${targetMs} ms`, met: most < targetMs },
    note: `${questions.length} questions, one after the other; the ratio is of p50.${spent}`,
  }
}

function datasetsIn(answer: string): number {
  const { data, errors } = JSON.parse(answer) as {
    data?: { lineage?: { datasets: readonly unknown[] } }
    errors?: unknown
  }
  if (errors !== undefined || data?.lineage === undefined) throw new Error(answer.slice(0, 500))
  return data.lineage.datasets.length
}

function range(nodes: readonly number[]): string {
  return `${Math.min(...nodes)} to ${Math.max(...nodes)} (half below ${percentile(nodes, 0.5)})`
}
