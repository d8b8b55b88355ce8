import type { Hop } from './lineage-tree.ts'
import { isRecord } from './door.ts'
import { printable } from './terminal.ts'

/** What the command asks: the answer of `--json` is this, as GraphQL gives it. */
export const lineageQuery = `
  query Lineage($of: [DatasetRef!]!, $direction: Direction!, $depth: Int!, $grain: Grain!, $asOf: DateTime) {
    lineage(of: $of, direction: $direction, depth: $depth, grain: $grain, asOf: $asOf) {
      starts { id namespace name kind }
      datasets { dataset { id namespace name kind } upstream downstream }
      flows {
        id kind bases coarse firstSeen lastSeen retiredAt inputCount outputCount
        job { namespace name }
        inputs { id }
        outputs { id }
      }
      meetings { kind rule from { id } to { id } }
      columnFlows {
        type subtype masking
        from { name } fromDataset { id }
        to { name } toDataset { id }
        flow { id }
      }
      completeness {
        complete truncatedBy hidden coarse unresolved behind unknownCoverage
        blindSpots { source from until reason }
      }
    }
  }`

type Fields = Readonly<Record<string, unknown>>
type Edge = Readonly<{ from: string; to: string; by: string }>

/** The answer as edges between keys: datasets, or columns where columns were asked for. */
export type LineageEdges = Readonly<{
  starts: readonly string[]
  labelOf: (key: string) => string
  upstream: (key: string) => readonly Hop[]
  downstream: (key: string) => readonly Hop[]
}>

/** Reads an answer to `lineageQuery`. `column` is the one that was asked for, if any. */
export function edgesOf(lineage: Fields, column: string | undefined): LineageEdges {
  const datasets = listIn(lineage, 'datasets').map((one) => fieldsIn(one, 'dataset'))
  const labels = new Map(
    datasets.map((dataset) => [textIn(dataset, 'id'), labelOfDataset(dataset)]),
  )
  const jobs = new Map(
    listIn(lineage, 'flows').map((flow) => [textIn(flow, 'id'), labelOfFlow(flow)]),
  )
  const edges =
    column === undefined
      ? [...flowEdges(lineage), ...meetingEdges(lineage)]
      : columnEdges(lineage, jobs)
  const starts = listIn(lineage, 'starts').map((start) => keyOf(textIn(start, 'id'), column))
  return {
    starts,
    labelOf: (key) => labelOfKey(key, labels),
    upstream: hops(edges, 'to', 'from'),
    downstream: hops(edges, 'from', 'to'),
  }
}

function hops(edges: readonly Edge[], near: 'from' | 'to', far: 'from' | 'to') {
  const byKey = Map.groupBy(edges, (edge) => edge[near])
  return (key: string): readonly Hop[] => {
    const found = Map.groupBy(byKey.get(key) ?? [], (edge) => edge[far])
    return [...found].map(([to, all]) => ({
      to,
      by: [...new Set(all.map(({ by }) => by))].toSorted().join(', '),
    }))
  }
}

function flowEdges(lineage: Fields): readonly Edge[] {
  return listIn(lineage, 'flows').flatMap((flow) =>
    listIn(flow, 'inputs').flatMap((input) =>
      listIn(flow, 'outputs').map((output) => ({
        from: textIn(input, 'id'),
        to: textIn(output, 'id'),
        by: labelOfFlow(flow),
      })),
    ),
  )
}

/** Content is shared both ways, so the tree may go on either way. */
function meetingEdges(lineage: Fields): readonly Edge[] {
  return listIn(lineage, 'meetings').flatMap((meeting) => {
    const from = textIn(fieldsIn(meeting, 'from'), 'id')
    const to = textIn(fieldsIn(meeting, 'to'), 'id')
    const by = `(shares content: ${textIn(meeting, 'kind').toLowerCase()})`
    return [
      { from, to, by },
      { from: to, to: from, by },
    ]
  })
}

function columnEdges(lineage: Fields, jobs: ReadonlyMap<string, string>): readonly Edge[] {
  return listIn(lineage, 'columnFlows').map((flow) => {
    const kind = [textIn(flow, 'subtype') || textIn(flow, 'type'), flow['masking'] ? 'MASKED' : '']
    const words = kind.filter((word) => word !== '').join(' ')
    return {
      from: keyOf(textIn(fieldsIn(flow, 'fromDataset'), 'id'), columnIn(flow, 'from')),
      to: keyOf(textIn(fieldsIn(flow, 'toDataset'), 'id'), columnIn(flow, 'to')),
      by: `${jobs.get(textIn(fieldsIn(flow, 'flow'), 'id')) ?? ''} ${words}`.trim(),
    }
  })
}

function columnIn(flow: Fields, key: string): string | undefined {
  return isRecord(flow[key]) ? textIn(flow[key], 'name') : undefined
}

function keyOf(id: string, column: string | undefined): string {
  return column === undefined ? id : `${id} ${column}`
}

function labelOfKey(key: string, labels: ReadonlyMap<string, string>): string {
  const at = key.indexOf(' ')
  const id = at === -1 ? key : key.slice(0, at)
  const label = labels.get(id) ?? id
  return at === -1 ? label : `${label} : ${printable(key.slice(at + 1))}`
}

function labelOfDataset(dataset: Fields): string {
  return printable(`${textIn(dataset, 'namespace')} ${textIn(dataset, 'name')}`)
}

function labelOfFlow(flow: Fields): string {
  const job = flow['job']
  const by = isRecord(job) ? `${textIn(job, 'namespace')}/${textIn(job, 'name')}` : 'no job known'
  const marks = [
    textIn(flow, 'kind') === 'RENAME' ? 'rename' : '',
    flow['retiredAt'] === null ? '' : 'retired',
  ].filter((mark) => mark !== '')
  return `[${printable([by, ...marks].join(', '))}]`
}

export function listIn(fields: Fields, key: string): readonly Fields[] {
  const value = fields[key]
  return Array.isArray(value) ? value.filter(isRecord) : []
}

export function fieldsIn(fields: Fields, key: string): Fields {
  const value = fields[key]
  return isRecord(value) ? value : {}
}

export function textIn(fields: Fields, key: string): string {
  const value = fields[key]
  return typeof value === 'string' ? value : ''
}
