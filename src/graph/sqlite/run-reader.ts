import type { RunId } from '../../model/index.ts'
import type { Property } from '../cells.ts'
import type { FacetRecord, GraphReader, RunRecord } from '../port.ts'
import type { OpenParts, Parts } from './parts.ts'
import { runIdOf } from '../../model/index.ts'
import { DatasetsOfRun } from '../datasets-of-run.ts'
import { facetRecords } from '../facet-records.ts'

type RunReader = Pick<
  GraphReader,
  'runByRunId' | 'runsById' | 'runFacets' | 'runJobFacets' | 'runDatasets'
>

/** What the store answers about runs. */
export function runReader(open: OpenParts): RunReader {
  return {
    async runByRunId(runId) {
      return runRecord(open(), runIdOf(runId))
    },

    async runsById(ids) {
      const known = ids.map((id) => runRecord(open(), id)).filter((run) => run !== undefined)
      return new Map(known.map((run) => [run.id, run]))
    },

    async runFacets(id) {
      return facetsOf(open(), id, 'runFacet')
    },

    async runJobFacets(id) {
      return facetsOf(open(), id, 'runJobFacet')
    },

    async runDatasets(id) {
      const { adjacency, cells, interning } = open()
      const row = interning.subjectRow(id)
      if (row === undefined) return []
      const datasets = new DatasetsOfRun((name) => adjacency.name(name)?.dataset.leader.id ?? name)
      for (const cell of cells.of(row, 'runIo')) datasets.addIo(cell)
      for (const cell of cells.of(row, 'runIoFacet')) datasets.addFacet(cell)
      return datasets.records()
    },
  }
}

function runRecord({ interning, runs }: Parts, id: RunId): RunRecord | undefined {
  const row = interning.subjectRow(id)
  return row === undefined ? undefined : runs.record(row)
}

function facetsOf({ cells, interning }: Parts, id: RunId, of: Property): readonly FacetRecord[] {
  const row = interning.subjectRow(id)
  return row === undefined ? [] : facetRecords(cells.of(row, of))
}
