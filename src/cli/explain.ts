import type { Command, ExitCode, Invocation } from './command.ts'
import type { Door } from './door.ts'
import type { Terminal } from './terminal.ts'
import { LinewardError } from '../errors.ts'
import { optionOf } from './command.ts'
import { openDoor } from './door.ts'
import { query } from './graphql.ts'
import { lacks } from './lacks.ts'
import { fieldsIn, listIn, textIn } from './lineage-answer.ts'
import { settleJudged } from './settle-judged.ts'
import { printable, tableText } from './terminal.ts'

type Fields = Readonly<Record<string, unknown>>

const labelFields = 'label column origin confidence coarse decision from'
const chainFields = `steps {
  __typename
  ... on Flow { id kind coarse job { namespace name } inputs { namespace name } outputs { namespace name } }
  ... on Meeting { meets: kind rule from { namespace name } to { namespace name } }
}`
const completenessFields = `completeness {
  complete truncatedBy hidden coarse unresolved behind unknownCoverage blindSpots { source reason }
}`
const labelQuery = `query ($of: DatasetRef!, $label: String!) {
  explainLabel(of: $of, label: $label) {
    label { ${labelFields} } others rules chains { ${chainFields} } ${completenessFields}
  }
}`
const statusQuery = `query ($of: DatasetRef!, $namespace: String!, $name: String!) {
  explainStatus(of: $of) {
    status rule because { ${labelFields} } chains { ${chainFields} } ${completenessFields}
  }
  dataset(namespace: $namespace, name: $name) {
    status grain labels { ${labelFields} } boundary { zone why boundary { name } }
  }
}`

/** `lineward explain`: why a dataset has its status, or carries a label. */
export const explain: Command = {
  name: 'explain',
  usage: ['NAMESPACE NAME [--column C] [--label L]'],
  summary: 'Says why a dataset has its status, or why it or a column carries a label',
  takesWords: true,
  options: {
    column: { value: 'C', meaning: 'One column of it, nested ones by dots' },
    label: {
      value: 'L',
      meaning: 'Why it carries this category, such as ID.SSN, or one under it, such as ID',
    },
  },
  async run(invocation) {
    const { config, words, terminal } = invocation
    const [namespace, name, ...more] = words
    if (namespace === undefined || name === undefined || more.length > 0) {
      throw new LinewardError('ARGUMENT_INVALID', 'Name one dataset: its namespace and its name')
    }
    await using door = await openDoor(config, { mustExist: true, terminal })
    await settleJudged(door, terminal)
    const label = optionOf(invocation, 'label')
    const of = { namespace, name }
    return label === undefined
      ? await explainStatus(door, of, invocation)
      : await explainLabel(door, { of, label }, invocation)
  },
}

type Of = Readonly<{ namespace: string; name: string }>

async function explainLabel(
  door: Door,
  { of, label }: Readonly<{ of: Of; label: string }>,
  invocation: Invocation,
): Promise<ExitCode> {
  const { terminal, json } = invocation
  const column = optionOf(invocation, 'column')
  const ref = { ...of, ...(column === undefined ? {} : { column }) }
  const data = await query(door, labelQuery, { of: ref, label })
  const answer = data['explainLabel'] === null ? undefined : fieldsIn(data, 'explainLabel')
  if (json) terminal.out(JSON.stringify(answer ?? null))
  if (answer === undefined) {
    if (!json) terminal.out(`It does not carry ${printable(label)}.`)
    return 0
  }
  if (!json) {
    printLabels([fieldsIn(answer, 'label')], terminal)
    const rules = Array.isArray(answer['rules']) ? answer['rules'].join(', ') : ''
    if (rules !== '') terminal.out(`by ${rules}`)
    printChains(listIn(answer, 'chains'), terminal)
    const others = Number(answer['others'])
    if (others > 0) terminal.out(`and ${others} more ways`)
  }
  return ended(answer, terminal)
}

async function explainStatus(door: Door, of: Of, invocation: Invocation): Promise<ExitCode> {
  const { terminal, json } = invocation
  const column = optionOf(invocation, 'column')
  const data = await query(door, statusQuery, { of, ...of })
  const answer = fieldsIn(data, 'explainStatus')
  const dataset = fieldsIn(data, 'dataset')
  if (json) terminal.out(JSON.stringify({ ...answer, dataset }))
  else {
    const place = fieldsIn(dataset, 'boundary')
    const rows = [
      ['status', textIn(answer, 'status')],
      ['by', textIn(answer, 'rule')],
      ['grain', textIn(dataset, 'grain')],
      ['zone', `${textIn(place, 'zone')}: ${textIn(place, 'why')}`],
    ]
    for (const [key = '', value = ''] of rows) terminal.out(`${key.padEnd(8)}${printable(value)}`)
    const isAsked = (label: Fields): boolean =>
      column === undefined || textIn(label, 'column') === column
    printLabels(listIn(dataset, 'labels').filter(isAsked), terminal)
    printChains(listIn(answer, 'chains'), terminal)
  }
  return ended(answer, terminal)
}

function ended(answer: Fields, terminal: Terminal): ExitCode {
  const completeness = fieldsIn(answer, 'completeness')
  if (completeness['complete'] === true) return 0
  terminal.note(`Incomplete: ${lacks(completeness).join('; ')}`)
  return 3
}

function printLabels(labels: readonly Fields[], terminal: Terminal): void {
  terminal.out('')
  if (labels.length === 0) {
    terminal.out('No label is on it.')
    return
  }
  const rows = labels.map((label) => [
    textIn(label, 'label'),
    printable(textIn(label, 'column') || '(the dataset)'),
    textIn(label, 'origin'),
    Number(label['confidence']).toFixed(2),
    textIn(label, 'decision'),
    label['coarse'] === true ? 'without a column map' : '',
  ])
  const headings = ['LABEL', 'COLUMN', 'ORIGIN', 'SURE', 'DECISION', '']
  for (const line of tableText(headings, rows)) terminal.out(line)
}

function printChains(chains: readonly Fields[], terminal: Terminal): void {
  for (const [index, chain] of chains.entries()) {
    const steps = listIn(chain, 'steps')
    terminal.out('')
    terminal.out(steps.length === 0 ? `${index + 1}. stated here` : `${index + 1}.`)
    for (const step of steps) terminal.out(`   ${printable(stepText(step))}`)
  }
}

function stepText(step: Fields): string {
  if (step['__typename'] === 'Meeting') {
    const ends = ['from', 'to'].map((key) => datasetText(fieldsIn(step, key)))
    return `${ends.join(' shares content with ')} (${textIn(step, 'meets').toLowerCase()})`
  }
  const [inputs, outputs] = ['inputs', 'outputs'].map((key) =>
    listIn(step, key).map(datasetText).join(', '),
  )
  const job = fieldsIn(step, 'job')
  const by =
    step['job'] === null ? 'no job known' : `${textIn(job, 'namespace')}/${textIn(job, 'name')}`
  return `${inputs} → ${outputs}  [${by}]`
}

function datasetText(dataset: Fields): string {
  return `${textIn(dataset, 'namespace')} ${textIn(dataset, 'name')}`
}
