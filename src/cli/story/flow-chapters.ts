import type { Chapter, Fields, Name, Teller } from './chapter.ts'
import { hospital } from '../../demo/index.ts'
import { fieldsIn, listIn, textIn } from '../lineage-answer.ts'
import { counted, jobName, listed, moment, named, short } from './chapter.ts'
import { beginningsOf, directWay } from './column-way.ts'

const { datasets, columns } = hospital
const depth = 20

const lineage = `
  query Lineage($of: [DatasetRef!]!, $direction: Direction!, $depth: Int!, $asOf: DateTime) {
    lineage(of: $of, direction: $direction, depth: $depth, asOf: $asOf) {
      datasets { upstream dataset { id namespace name } }
      flows {
        kind firstSeen retiredAt
        job { namespace name }
        inputs { id namespace name }
        outputs { id namespace name }
      }
      meetings { rule from { namespace name } to { namespace name } }
    }
  }`

const columnLineage = `
  query Columns($of: [DatasetRef!]!, $direction: Direction!, $depth: Int!) {
    lineage(of: $of, direction: $direction, depth: $depth, grain: COLUMN) {
      columnFlows {
        type masking
        from { name } fromDataset { id namespace name }
        to { name } toDataset { id namespace name }
        flow { job { name } }
      }
    }
  }`

async function askLineage(
  { ask }: Teller,
  of: Name,
  more: Readonly<{ direction: string; depth?: number; asOf?: string }>,
): Promise<Fields> {
  return fieldsIn(await ask(lineage, { of: [of], depth, ...more }), 'lineage')
}

/** What no flow of the answer writes: where it begins. */
function beginnings(answer: Fields): readonly Fields[] {
  const written = new Set(
    listIn(answer, 'flows').flatMap((flow) =>
      listIn(flow, 'outputs').map((one) => textIn(one, 'id')),
    ),
  )
  return listIn(answer, 'datasets')
    .map((one) => fieldsIn(one, 'dataset'))
    .filter((dataset) => !written.has(textIn(dataset, 'id')))
}

const upstream: Chapter = {
  title: 'Where does the readmissions mart come from?',
  async tell(teller) {
    const answer = await askLineage(teller, datasets.readmissions, { direction: 'UPSTREAM' })
    const reached = listIn(answer, 'datasets')
    const deepest = Math.max(...reached.map(({ upstream: far }) => Number(far)))
    const jobs = new Set(listIn(answer, 'flows').map(jobName))
    return [
      `${short(datasets.readmissions)} stands on ${counted(reached.length - 1, 'dataset')}, up to ` +
        `${counted(deepest, 'flow')} away, moved by ${counted(jobs.size, 'job')}.`,
      `It begins in ${listed(beginnings(answer).map((one) => short(named(one))))}.`,
    ]
  },
}

const downstream: Chapter = {
  title: 'Where did the patients of the EHR go?',
  async tell(teller) {
    const answer = await askLineage(teller, datasets.ehrPatients, { direction: 'DOWNSTREAM' })
    const places = new Set(
      listIn(answer, 'datasets').map((one) => textIn(fieldsIn(one, 'dataset'), 'namespace')),
    )
    const outside = listIn(answer, 'datasets').some(
      (one) => textIn(fieldsIn(one, 'dataset'), 'name') === datasets.partnerFeatures.name,
    )
    return [
      `To ${counted(listIn(answer, 'datasets').length - 1, 'dataset')} in ` +
        `${counted(places.size - 1, 'other place')}` +
        `${outside ? `, one of them outside: ${short(datasets.partnerFeatures)}` : ''}.`,
    ]
  },
}

const behindColumn: Chapter = {
  title: 'What is behind the key that a partner has for each person?',
  async tell({ ask }) {
    const of = [columns.partnerPersonKey]
    const answer = await ask(columnLineage, { of, direction: 'UPSTREAM', depth })
    const flows = listIn(fieldsIn(answer, 'lineage'), 'columnFlows')
    const { name } = columns.partnerPersonKey
    const end = flows.find((flow) => textIn(fieldsIn(flow, 'toDataset'), 'name') === name)
    const start = `${textIn(fieldsIn(end ?? {}, 'toDataset'), 'id')} ${of[0]?.column}`
    const way = directWay(flows, start)
    const sources = beginningsOf(way)
    const masked = way.filter(({ masking }) => masking === true)
    const maskers = listed([...new Set(masked.map((flow) => jobName(fieldsIn(flow, 'flow'))))])
    const columnOf = (flow: Fields): string =>
      `${textIn(fieldsIn(flow, 'from'), 'name')} of ${short(named(fieldsIn(flow, 'fromDataset')))}`
    return [
      `${short(columns.partnerPersonKey)} has a ${columns.partnerPersonKey.column}. It is made of ` +
        `${listed([...new Set(sources.map(columnOf))])}, ${counted(way.length, 'column edge')} away.`,
      masked.length === 0
        ? 'Nothing masks it on the way.'
        : `It was masked on the way, by ${maskers}; it can be traced all the same.`,
    ]
  },
}

const renamed: Chapter = {
  title: 'What became of the table that was renamed?',
  async tell(teller) {
    const answer = await askLineage(teller, datasets.riskScores, { direction: 'BOTH' })
    const renames = listIn(answer, 'flows').filter((flow) => textIn(flow, 'kind') === 'RENAME')
    const told = renames
      .toSorted((a, b) => (textIn(a, 'firstSeen') < textIn(b, 'firstSeen') ? -1 : 1))
      .map((flow) => {
        const [from, to] = ['inputs', 'outputs'].map((side) =>
          listed(listIn(flow, side).map((one) => textIn(one, 'name'))),
        )
        return `${moment(textIn(flow, 'firstSeen'))}: ${from} became ${to}, by ${jobName(flow)}.`
      })
    const first = renames.map((flow) => textIn(flow, 'firstSeen')).toSorted()[0]
    if (first === undefined) return ['No rename is known.']
    const before = await askLineage(teller, datasets.riskScores, { direction: 'BOTH', asOf: first })
    return [
      ...told,
      `Asked as of the minute of the first rename, the same question gives ` +
        `${counted(listIn(before, 'datasets').length, 'dataset')}; today ` +
        `${counted(listIn(answer, 'datasets').length, 'dataset')}.`,
    ]
  },
}

const twoWriters: Chapter = {
  title: 'Who writes what the device report reads?',
  async tell(teller) {
    const answer = await askLineage(teller, datasets.deviceReport, { direction: 'UPSTREAM' })
    const parts = listIn(answer, 'meetings').map((meeting) =>
      textIn(fieldsIn(meeting, 'to'), 'name'),
    )
    const writers = listIn(answer, 'flows').flatMap((flow) => {
      const written = listIn(flow, 'outputs').map((output) => textIn(output, 'name'))
      const own = written.filter((output) => parts.includes(output))
      return own.length === 0 ? [] : [`${jobName(flow)} writes ${listed(own)}`]
    })
    return [
      `It reads the prefix ${short(datasets.devicePrefix)}, which no job writes by that name. ` +
        `${counted(parts.length, 'dataset')} under it share its content: ${listed(writers)}.`,
    ]
  },
}

/** The story of what flowed where. */
export const flowChapters: readonly Chapter[] = [
  upstream,
  downstream,
  behindColumn,
  renamed,
  twoWriters,
]
