import type { FlowId, JobId } from '../../model/index.ts'
import type { Cell, Property } from '../cells.ts'
import type { GraphReader, JobRecord } from '../port.ts'
import type { FlowNode } from './adjacency.ts'
import type { OpenParts, Parts } from './parts.ts'
import { jobIdOf } from '../../model/index.ts'
import { facetRecords } from '../facet-records.ts'
import { emptyPage, keyOfCursor, pageOf } from '../page.ts'
import { nameOf } from './database.ts'

type JobReader = Pick<
  GraphReader,
  'jobByName' | 'jobsById' | 'jobDetails' | 'jobFacets' | 'jobFlows' | 'jobRuns'
>

/** What the store answers about jobs. */
export function jobReader(open: OpenParts): JobReader {
  return {
    async jobByName(name) {
      return jobRecord(open(), jobIdOf(name))
    },

    async jobsById(ids) {
      const known = ids.map((id) => jobRecord(open(), id)).filter((job) => job !== undefined)
      return new Map(known.map((job) => [job.id, job]))
    },

    async jobDetails(id) {
      const { cells, interning } = open()
      const row = interning.subjectRow(id)
      const best = (property: Property): Cell | undefined =>
        row === undefined ? undefined : cells.best(row, property, '', undefined)
      const owners = best('owners')?.value
      return {
        kind: textOf(best('jobType')) ?? 'JOB',
        description: textOf(best('description')),
        owners: Array.isArray(owners) ? owners.map(String) : [],
        source: textOf(best('jobSource')),
        parent: textOf(best('jobParent')) as JobId | undefined,
      }
    },

    async jobFacets(id) {
      const { cells, interning } = open()
      const row = interning.subjectRow(id)
      if (row === undefined) return []
      const keys = cells.members(row, 'facet')
      return facetRecords(keys.map((key) => cells.best(row, 'facet', key, undefined)))
    },

    async jobFlows(id, page) {
      const { flowRecords } = open()
      const shownAsOne = Map.groupBy(flowsOfJob(open(), id), ({ group }) => group)
      const after = keyOfCursor(page.after, 'string')?.[0]
      const leads = [...shownAsOne.values()]
        .map(leastOf)
        .toSorted()
        .filter((lead) => after === undefined || lead > after)
        .slice(0, page.first + 1)
      const records = flowRecords.records(leads, undefined)
      const byId = new Map(records.map((record) => [record.id, record]))
      return pageOf(
        leads.flatMap((lead) => {
          const node = byId.get(lead)
          return node === undefined ? [] : [{ node, key: [lead] }]
        }),
        page.first,
      )
    },

    async jobRuns(id, page) {
      const { interning, runs } = open()
      const job = interning.subjectRow(id)
      return job === undefined ? emptyPage : runs.ofJob(job, page)
    },
  }
}

function jobRecord({ db }: Parts, id: JobId): JobRecord | undefined {
  const row = db.one('SELECT namespace, name FROM subject WHERE key = ? AND known = 1', id)
  return row === undefined ? undefined : { id, name: nameOf(row) }
}

/** The job's own flows; without any, those of the jobs that ran as parts of it. */
function flowsOfJob({ adjacency, cells, interning }: Parts, id: JobId): readonly FlowNode[] {
  const jobs = new Set([id])
  const shownOf = (job: JobId): readonly FlowNode[] =>
    [...(adjacency.jobFlows.get(job) ?? [])].filter((flow) =>
      adjacency.isShown(flow, { asOf: undefined, inForce: false }),
    )
  const own = shownOf(id)
  if (own.length > 0) return own
  for (const job of jobs) {
    const row = interning.subjectRow(job)
    const children = row === undefined ? [] : cells.of(row, 'jobChild')
    for (const { member } of children) jobs.add(member as JobId)
  }
  return [...jobs].flatMap(shownOf)
}

function leastOf(flows: Iterable<FlowNode>): FlowId {
  return [...flows].map(({ id }) => id).toSorted()[0] as FlowId
}

function textOf(cell: Cell | undefined): string | undefined {
  return typeof cell?.value === 'string' ? cell.value : undefined
}
