import type { DatasetId, DatasetName, FlowId, Json, Micros } from '../../src/model/index.ts'
import type {
  ColumnEdge,
  DatasetFilter,
  FlowRecord,
  GraphReader,
  Page,
  PageAsk,
  Step,
} from '../../src/graph/index.ts'
import { actedFor, actsFor } from '../../src/graph/index.ts'
import { canonicalJson, datasetIdOf, jobIdOf, runIdOf } from '../../src/model/index.ts'
import { minute } from '../contract/told.ts'
import { principals, sessions } from './accesses-told.ts'

/** What a portrait asks about. */
export type Sitters = Readonly<{
  names: readonly DatasetName[]
  jobs: readonly DatasetName[]
  runs: readonly string[]
  moments: readonly (Micros | undefined)[]
  words: readonly string[]
}>

/**
 * What a store says to every question about a small world, as text by question: sets sorted, records
 * as canonical JSON. Two stores that agree have equal portraits.
 */
export async function portraitOf(
  reader: GraphReader,
  sitters: Sitters,
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>()
  const keep = (question: string, answer: unknown): void => {
    answers.set(question, canonicalJson(plain(answer)))
  }
  for (const asOf of sitters.moments) {
    const flows = new Set<FlowId>()
    for (const name of sitters.names) {
      const id = datasetIdOf(name)
      for (const flow of await askDataset(reader, { id, name, asOf, keep })) flows.add(flow)
    }
    await askFlows(reader, { flows: [...flows].toSorted(), asOf, keep })
  }
  for (const name of sitters.names) await askName(reader, name, keep)
  for (const name of sitters.jobs) await askJob(reader, name, keep)
  for (const runId of sitters.runs) await askRun(reader, runId, keep)
  await askAccesses(reader, sitters.names, keep)
  await askLists(reader, sitters.words, keep)
  return answers
}

type Keep = (question: string, answer: unknown) => void
type AskDataset = Readonly<{
  id: DatasetId
  name: DatasetName
  asOf: Micros | undefined
  keep: Keep
}>

const few: PageAsk = { first: 1_000 }

async function askDataset(
  reader: GraphReader,
  { id, name, asOf, keep }: AskDataset,
): Promise<readonly FlowId[]> {
  const about = (what: string): string => `${what} of ${name.namespace} ${name.name} at ${asOf}`
  const details = await reader.datasetDetails(id, asOf)
  keep(about('details'), {
    ...details,
    owners: details.owners.toSorted(),
    tags: details.tags.toSorted(),
  })
  keep(about('columns'), nodes(await reader.columns(id, asOf, few)))
  keep(about('schema history'), nodes(await reader.schemaHistory(id, asOf, few)))
  keep(about('facets'), sortedTexts(await reader.datasetFacets(id, asOf)))
  keep(about('meetings'), sortedTexts(nodes(await reader.meetings(id, asOf, few))))
  keep(about('epochs'), await reader.epochs(id, asOf))
  keep(about('evidence'), nodes(await reader.evidence({ dataset: id }, asOf, few)))
  keep(about('unresolved'), await reader.unresolved([id], asOf))
  const found = new Set<FlowId>()
  for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
    for (const inForce of [false, true]) {
      const steps = await reader.expand([{ dataset: id }], direction, { asOf, inForce })
      for (const { flow } of steps) found.add(flow)
      keep(about(`${direction} in force ${inForce}`), plainSteps(steps))
    }
  }
  // Up from a dataset that a flow reads, only what it met while that flow was active.
  const readers = await reader.expand([{ dataset: id }], 'DOWNSTREAM', { asOf, inForce: false })
  for (const read of new Set(readers.map(({ flow }) => flow))) {
    const when = { asOf, inForce: false }
    const steps = await reader.expand([{ dataset: id, read }], 'UPSTREAM', when)
    keep(about(`UPSTREAM of what ${read} read`), plainSteps(steps))
  }
  return [...found]
}

/** Each step once: that a flow reads two names of one dataset makes it no other step. */
function plainSteps(steps: readonly Step[]): readonly string[] {
  const inOrder = steps.map((step) => ({ ...step, to: step.to.toSorted() }))
  return [...new Set(sortedTexts(inOrder))]
}

type AskFlows = Readonly<{ flows: readonly FlowId[]; asOf: Micros | undefined; keep: Keep }>

async function askFlows(reader: GraphReader, { flows, asOf, keep }: AskFlows): Promise<void> {
  const records = await reader.flows(flows, asOf)
  // Of a run that goes on after the moment a store may know no more than when it was first seen.
  const shown = records.map((flow) => ({
    ...plainFlow(flow),
    lastSeen: asOf === undefined ? flow.lastSeen : flow.lastSeen >= flow.firstSeen,
  }))
  keep(`flows at ${asOf}`, sortedTexts(shown))
  const edges = await reader.columnEdges(flows, asOf)
  keep(`column edges at ${asOf}`, sortedTexts(edges.map(plainEdge)))
  for (const flow of flows) {
    const about = (what: string): string => `${what} of ${flow} at ${asOf}`
    keep(about('active'), await reader.flowActive([flow], asOf, 100))
    keep(about('runs'), sortedTexts(nodes(await reader.flowRuns([flow], asOf, few))))
    keep(about('evidence'), nodes(await reader.evidence({ flows: [flow] }, asOf, few)))
    const maps = edges.filter((edge) => edge.flow === flow).map(({ map }) => map)
    for (const map of new Set(maps.filter((key) => key !== undefined && key !== 'identity'))) {
      keep(about(`active map ${map}`), await reader.mapActive([flow], map ?? '', asOf, 100))
    }
  }
}

function plainFlow(flow: FlowRecord): object {
  return {
    ...flow,
    bases: flow.bases.toSorted(),
    inputs: flow.inputs.toSorted(),
    outputs: flow.outputs.toSorted(),
  }
}

function plainEdge(edge: ColumnEdge): unknown {
  return { ...edge, transformations: sortedTexts(edge.transformations) }
}

async function askName(reader: GraphReader, name: DatasetName, keep: Keep): Promise<void> {
  const about = (what: string): string => `${what} of ${name.namespace} ${name.name}`
  const dataset = await reader.datasetByName(name)
  keep(about('dataset'), dataset)
  const id = datasetIdOf(name)
  keep(about('dataset by id'), (await reader.datasetsById([id])).get(id))
  const known = nodes(await reader.names(id, few))
  keep(
    about('names'),
    known.map(({ spelling, rule, evidence }) => ({ spelling, rule, is: evidence.length > 0 })),
  )
  keep(about('sources'), await reader.sourcesOf([], [id]))
}

async function askJob(reader: GraphReader, name: DatasetName, keep: Keep): Promise<void> {
  const id = jobIdOf(name)
  const about = (what: string): string => `${what} of job ${name.name}`
  keep(about('record'), await reader.jobByName(name))
  keep(about('details'), await reader.jobDetails(id))
  keep(about('facets'), sortedTexts(await reader.jobFacets(id)))
  keep(about('flows'), nodes(await reader.jobFlows(id, few)).map(plainFlow))
  keep(about('runs'), sortedTexts(nodes(await reader.jobRuns(id, few))))
  keep(about('evidence'), nodes(await reader.evidence({ job: id }, undefined, few)))
}

async function askRun(reader: GraphReader, runId: string, keep: Keep): Promise<void> {
  const id = runIdOf(runId)
  const about = (what: string): string => `${what} of run ${runId}`
  keep(about('record'), await reader.runByRunId(runId))
  keep(about('facets'), sortedTexts(await reader.runFacets(id)))
  keep(about('job facets'), sortedTexts(await reader.runJobFacets(id)))
  const datasets = await reader.runDatasets(id)
  keep(
    about('datasets'),
    sortedTexts(
      datasets.map(({ facets, ioFacets, ...one }) => ({
        ...one,
        facets: sortedTexts(facets),
        ioFacets: sortedTexts(ioFacets),
      })),
    ),
  )
  keep(about('starter'), await reader.runStarter(id))
  keep(about('evidence'), nodes(await reader.evidence({ run: id }, undefined, few)))
}

async function askAccesses(
  reader: GraphReader,
  names: readonly DatasetName[],
  keep: Keep,
): Promise<void> {
  const ask = { datasets: names.map(datasetIdOf), since: minute(0), until: undefined }
  for (const record of nodes(await reader.accesses(ask, few))) {
    const { count, first, last, ...of } = record
    const about = canonicalJson(plain(of))
    keep(`accesses ${about}`, { count, first, last })
    keep(`entries of ${about}`, nodes(await reader.evidence({ access: of }, undefined, few)))
    keep(`sessions of ${about}`, await reader.accessSessions(of))
    keep(`who acted in ${about}`, await actedFor(of, reader))
  }
  const until = minute(5 * 60)
  keep('early accesses', nodes(await reader.accesses({ ...ask, until }, few)))
  for (const principal of principals) {
    keep(`${principal} is known`, await reader.principalIsKnown(principal))
    keep(`${principal} acts for`, await actsFor(principal, reader))
  }
  const origins = await reader.sessionOrigins(sessions)
  keep(
    'sessions',
    [...origins].map(([id, of]) => [id, sortedTexts(of)]),
  )
}

async function askLists(reader: GraphReader, words: readonly string[], keep: Keep): Promise<void> {
  keep('namespaces', nodes(await reader.namespaces(few)))
  for (const includeRetired of [false, true]) {
    const filter: DatasetFilter = { includeRetired }
    keep(
      `datasets, retired ${includeRetired}`,
      nodes(await reader.datasets(undefined, filter, few)),
    )
    for (const word of words) {
      const kinds = ['DATASET', 'COLUMN', 'JOB'] as const
      const found = nodes(await reader.search(word, kinds, filter, few))
      keep(`search ${word}, retired ${includeRetired}`, sortedTexts(found))
    }
  }
  keep('jobs', nodes(await reader.jobs(undefined, few)))
  keep('dead letters', sortedTexts(nodes(await reader.deadLetters(few))))
  keep('number of dead letters', await reader.deadLetterCount())
  keep('exposures', await reader.exposures())
  keep('statements', await reader.statements())
  keep('sources', await reader.sources())
  keep('unknown events', await reader.unknownEvents(1000))
  keep('irrelevant events', await reader.irrelevantEvents(1000))
}

function nodes<Node>(page: Page<Node>): readonly Node[] {
  return page.items.map(({ node }) => node)
}

function sortedTexts(items: readonly unknown[]): readonly string[] {
  return items.map((item) => canonicalJson(plain(item))).toSorted()
}

/** As JSON has it: what is undefined is absent. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json
}
