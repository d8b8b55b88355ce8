import type { Chapter, Fields, Teller } from './chapter.ts'
import { hospital } from '../../demo/index.ts'
import { fieldsIn, listIn, textIn } from '../lineage-answer.ts'
import { counted, jobName, listed, moment, named, short } from './chapter.ts'
import { beginningsOf, directWay } from './column-way.ts'

const { datasets, columns } = hospital
const depth = 20

const devices = `
  query Devices($of: [DatasetRef!]!, $depth: Int!) {
    lineage(of: $of, direction: DOWNSTREAM, depth: $depth) {
      datasets { downstream dataset { id namespace name } }
      flows { job { name } bases inputs { id } outputs { id namespace name } }
    }
  }`

const columnWay = `
  query Column($of: [DatasetRef!]!, $direction: Direction!, $depth: Int!) {
    lineage(of: $of, direction: $direction, depth: $depth, grain: COLUMN) {
      columnFlows {
        type
        from { name } fromDataset { id namespace name }
        to { name } toDataset { id namespace name }
        flow { job { name } }
        active(first: 1) { from }
        evidence(first: 10) { edges { node { position event } } }
      }
    }
  }`

const known = `
  query Known($namespace: String!, $name: String!) {
    dataset(namespace: $namespace, name: $name) { id }
  }`

const writers = `
  query Writers($of: [DatasetRef!]!) {
    lineage(of: $of, direction: UPSTREAM, depth: 1) { flows { job { name } } }
  }`

const bedside: Chapter = {
  title: 'How do readings at the bed come to the lake?',
  async tell({ ask }) {
    const answer = fieldsIn(await ask(devices, { of: [datasets.bedsideTopic], depth }), 'lineage')
    const reached = listIn(answer, 'datasets')
      .filter(({ downstream }) => Number(downstream) > 0)
      .toSorted((one, other) => Number(one['downstream']) - Number(other['downstream']))
      .map((one) => fieldsIn(one, 'dataset'))
    if (reached.length === 0) return ['Nothing is known to listen to them.']
    const flows = listIn(answer, 'flows')
    const steps = reached.map((dataset) => {
      const writes = flows.filter((flow) =>
        listIn(flow, 'outputs').some((one) => textIn(one, 'id') === textIn(dataset, 'id')),
      )
      return `${short(named(dataset))} by ${listed([...new Set(writes.map(jobName))])}`
    })
    return [
      `From ${short(datasets.bedsideTopic)} they go to ${listed(steps)}.`,
      `Nobody drew an edge: each is from an event that says how a rule, a stream or a job is set up, ` +
        `or what it did.`,
      ...(await changes(ask)),
    ]
  },
}

/** What a rule sends on since it was replaced, and did not before. */
async function changes(ask: Teller['ask']): Promise<readonly string[]> {
  const of = [datasets.bedsideTopic]
  const answer = await ask(columnWay, { of, direction: 'DOWNSTREAM', depth: 1 })
  const sent = listIn(fieldsIn(answer, 'lineage'), 'columnFlows').map((flow) => ({
    column: textIn(fieldsIn(flow, 'to'), 'name'),
    since: textIn(listIn(flow, 'active')[0] ?? {}, 'from'),
  }))
  const first = sent.map(({ since }) => since).toSorted()[0]
  const later = sent.filter(({ since }) => since !== first)
  const since = later[0]?.since
  if (since === undefined) return []
  return [
    `Since ${moment(since)} the rule also sends ${listed([...new Set(later.map(({ column }) => column))])} on: it was replaced.`,
  ]
}

const oneColumn: Chapter = {
  title: 'Where does the social security number in the mart come from?',
  async tell({ ask }) {
    const of = columns.patientSsnInMart
    const found = await ask(known, { namespace: of.namespace, name: of.name })
    if (found['dataset'] === null) return [`Nothing that is understood tells of ${short(of)}.`]
    const answer = await ask(columnWay, { of: [of], direction: 'UPSTREAM', depth })
    const flows = listIn(fieldsIn(answer, 'lineage'), 'columnFlows')
    const end = flows.find((flow) => textIn(fieldsIn(flow, 'toDataset'), 'name') === of.name)
    const start = `${textIn(fieldsIn(end ?? {}, 'toDataset'), 'id')} ${of.column}`
    const way = directWay(flows, start)
    if (way.length === 0) {
      return [
        `No column edge leads to ${of.column} of ${short(of)}: nothing that is understood tells how it was made.`,
      ]
    }
    const sources = [...new Set(beginningsOf(way).map((flow) => columnOf(flow, 'from')))]
    return [
      `${of.column} of ${short(of)} comes from ${listed(sources)}, ` +
        `${counted(way.length, 'column edge')} away, in one answer. Each edge opens to its event:`,
      ...way.map(
        (flow) => `${columnOf(flow, 'to')} is from ${columnOf(flow, 'from')}: ${proofOf(flow)}.`,
      ),
      ...(await undone(ask)),
    ]
  },
}

/** What became of a copy of the same number that somebody began to make. */
async function undone(ask: Teller['ask']): Promise<readonly string[]> {
  const of = datasets.patientExport
  const found = await ask(known, of)
  if (found['dataset'] === null) return []
  const answer = await ask(writers, { of: [of] })
  const flows = listIn(fieldsIn(answer, 'lineage'), 'flows')
  return [
    flows.length === 0
      ? `It did not come to ${short(of)}: the transaction that made that was rolled back.`
      : `It also came to ${short(of)}, by ${listed(flows.map(jobName))}.`,
  ]
}

function columnOf(flow: Fields, side: 'from' | 'to'): string {
  const dataset = short(named(fieldsIn(flow, `${side}Dataset`)))
  return `${textIn(fieldsIn(flow, side), 'name')} of ${dataset}`
}

/** The event that an edge opens to, in the words of its own format: of those that say so, the first. */
function proofOf(flow: Fields): string {
  const proofs = listIn(fieldsIn(flow, 'evidence'), 'edges').map((edge) => fieldsIn(edge, 'node'))
  const told = proofs.map((proof) => ({ proof, what: wordsOf(fieldsIn(proof, 'event')) }))
  const best = told.find(({ what }) => !onlyEnds.test(what)) ?? told[0]
  if (best === undefined) return 'no event that this reader may see'
  return `${best.what} by ${jobName(fieldsIn(flow, 'flow'))}, entry ${textIn(best.proof, 'position')}`
}

/** What says that something ended, and not what it was. */
const onlyEnds = /^(?:COMMIT|BEGIN|the event)\b/

function wordsOf(event: Fields): string {
  const statement = /^\s*(\w+)/.exec(textIn(event, 'query'))?.[1]?.toUpperCase()
  if (statement !== undefined) return `${statement} in the log of the warehouse`
  const words = [
    ['eventName', (name: string) => `the call ${name}`],
    ['detail-type', (name: string) => `the event "${name}"`],
    ['eventType', (name: string) => `a ${name} of OpenLineage`],
  ] as const
  const said = words.find(([key]) => textIn(event, key) !== '')
  return said === undefined ? 'an event' : said[1](textIn(event, said[0]))
}

/** The story of what AWS tells itself. */
export const awsChapters: readonly Chapter[] = [bedside, oneColumn]
