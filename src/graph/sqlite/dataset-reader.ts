import type { DatasetId } from '../../model/index.ts'
import type { AsOf, ColumnRecord, DatasetDetails, GraphReader } from '../port.ts'
import type { OpenParts, Parts } from './parts.ts'
import { datasetIdOf } from '../../model/index.ts'
import { columnsOf } from '../columns.ts'
import { facetRecords } from '../facet-records.ts'
import { meetingKey } from '../meeting-key.ts'
import { emptyPage, pageOfList } from '../page.ts'
import { schemaChanges } from '../schema-changes.ts'
import { knownNames } from './known-names.ts'

type DatasetReader = Pick<
  GraphReader,
  | 'datasetByName'
  | 'datasetsById'
  | 'datasetDetails'
  | 'names'
  | 'columns'
  | 'column'
  | 'schemaHistory'
  | 'datasetFacets'
  | 'meetings'
  | 'epochs'
>

/** What the store answers about datasets. */
export function datasetReader(open: OpenParts): DatasetReader {
  return {
    async datasetByName(name) {
      const { adjacency, catalog } = open()
      const node = adjacency.name(datasetIdOf(name))
      return node === undefined ? undefined : catalog.record(node.dataset)
    },

    async datasetsById(ids) {
      const { adjacency, catalog } = open()
      const known = ids.flatMap((id) => {
        const node = adjacency.name(id)
        return node === undefined ? [] : [[id, catalog.record(node.dataset)] as const]
      })
      return new Map(known)
    },

    async datasetDetails(id, asOf) {
      const { adjacency, details } = open()
      const dataset = adjacency.name(id)?.dataset
      return dataset === undefined ? unknownDataset : details.of(dataset, asOf)
    },

    async names(id, page) {
      const parts = open()
      const dataset = parts.adjacency.name(id)?.dataset
      return dataset === undefined ? emptyPage : knownNames(parts, dataset, page)
    },

    async columns(id, asOf, page) {
      return pageOfList(columnsOfDataset(open(), id, asOf), page, ({ name }) => name)
    },

    async column(id, name, asOf) {
      return columnsOfDataset(open(), id, asOf).find((column) => column.name === name)
    },

    async schemaHistory(id, asOf, page) {
      const { adjacency, details } = open()
      const dataset = adjacency.name(id)?.dataset
      const said = dataset === undefined ? [] : details.history(dataset, 'schema', asOf)
      const changes = schemaChanges(said)
      return pageOfList(changes, page, ({ since }) => String(since))
    },

    async datasetFacets(id, asOf) {
      const { adjacency, cells, details } = open()
      const dataset = adjacency.name(id)?.dataset
      if (dataset === undefined) return []
      const keys = new Set(dataset.names.flatMap(({ row }) => cells.members(row, 'facet')))
      return facetRecords([...keys].map((key) => details.best(dataset, 'facet', asOf, key)))
    },

    async meetings(id, asOf, page) {
      const { adjacency } = open()
      const dataset = adjacency.name(id)?.dataset
      const met = dataset === undefined ? [] : adjacency.places.meetings(dataset, asOf)
      const meetings = met.map(({ meeting }) => meeting)
      return pageOfList(
        meetings.toSorted((a, b) => (meetingKey(a) < meetingKey(b) ? -1 : 1)),
        page,
        meetingKey,
      )
    },

    async epochs(id, asOf) {
      const { adjacency, epochs } = open()
      const dataset = adjacency.name(id)?.dataset
      return dataset === undefined ? [] : epochs.of(dataset, asOf)
    },
  }
}

const unknownDataset: DatasetDetails = {
  kind: 'DATASET',
  description: undefined,
  owners: [],
  tags: [],
  firstSeen: undefined,
  lastSeen: undefined,
  existence: [],
}

function columnsOfDataset(
  { adjacency, details }: Parts,
  id: DatasetId,
  asOf: AsOf,
): readonly ColumnRecord[] {
  const dataset = adjacency.name(id)?.dataset
  return dataset === undefined ? [] : columnsOf(details.fields(dataset, asOf))
}
