import type { DatasetId, FlowId, Micros } from '../../model/index.ts'
import type { StoredInput } from '../cells.ts'
import type { AsOf, GovernedDataset, GraphReader, Move, MovedMap } from '../port.ts'
import type { DatasetNode, FlowNode } from './adjacency.ts'
import type { Held, HeldMap } from './held-maps.ts'
import type { OpenParts, Parts } from './parts.ts'
import { columnsOf } from '../columns.ts'
import { formerColumns } from '../former-columns.ts'
import { schemaChanges } from '../schema-changes.ts'
import { datasetsOf } from './adjacency.ts'
import { isShown } from './flow-members.ts'
import { HeldMaps } from './held-maps.ts'

type GovernanceReader = Pick<
  GraphReader,
  'governed' | 'moves' | 'changes' | 'statements' | 'exposures'
>

/** What governance is worked out from. */
export function governanceReader(open: OpenParts): GovernanceReader {
  return {
    async governed(ids, asOf) {
      const parts = open()
      const datasets = new Set(parts.adjacency.datasets(ids))
      return [...datasets].map((dataset) => governedOf(parts, dataset, asOf))
    },

    async moves(flows, asOf) {
      const parts = open()
      const held = new HeldMaps(parts, asOf)
      return parts.flowRecords.nodes(flows).flatMap((flow) => movesOf(parts, flow, held, asOf))
    },

    async changes() {
      return open().changes.take()
    },

    async exposures() {
      return open().exposures.all()
    },

    async statements() {
      return open().statements.all()
    },
  }
}

function governedOf(parts: Parts, dataset: DatasetNode, asOf: AsOf): GovernedDataset {
  const { adjacency, details, epochs } = parts
  const flowsAt = (side: 'reads' | 'writes'): readonly FlowId[] => {
    const flows = new Set(dataset.names.flatMap((name) => [...name[side]]))
    const when = { asOf, inForce: false }
    return [...flows].filter((flow) => adjacency.isShown(flow, when)).map(({ id }) => id)
  }
  const { kind, description, tags, firstSeen, existence } = details.of(dataset, asOf)
  return {
    id: dataset.leader.id,
    names: dataset.names.map(({ name }) => name),
    kind,
    description,
    tags,
    columns: columnsOf(details.fields(dataset, asOf)),
    formerColumns: formerColumns(schemaChanges(details.history(dataset, 'schema', asOf))),
    firstSeen,
    epochs: epochs.of(dataset, asOf),
    dropped: existence.flatMap(({ until }) => until ?? []),
    meetings: adjacency.places.meetings(dataset, asOf).map(({ meeting }) => meeting),
    reads: flowsAt('reads'),
    writes: flowsAt('writes'),
  }
}

function movesOf(parts: Parts, flow: FlowNode, heldMaps: HeldMaps, asOf: AsOf): readonly Move[] {
  const rows = parts.db.all(
    `SELECT DISTINCT started, ended, mapset, basis FROM member
     WHERE flow = ?2 AND started <= ?1 AND ${isShown} ORDER BY started, ended, mapset, basis`,
    asOf ?? Number.MAX_SAFE_INTEGER,
    flow.row,
  )
  const helds = Map.groupBy(heldMaps.of(flow), ({ mapset }) => mapset)
  const ends = { inputs: datasetsOf(flow.inputs), outputs: datasetsOf(flow.outputs) }
  return rows.flatMap((row) => {
    const start = Number(row['started']) as Micros
    const end = row['ended'] === null ? undefined : (Number(row['ended']) as Micros)
    const held = helds.get(Number(row['mapset'])) ?? []
    return held
      .filter(({ during }) => overlaps({ start, end }, during))
      .map(({ maps }) => ({
        flow: flow.id,
        job: flow.job,
        kind: flow.kind,
        basis: String(row['basis']) as Move['basis'],
        ...ends,
        start,
        end,
        maps: maps.map((map) => movedMap(parts, map)),
      }))
  })
}

function movedMap({ adjacency }: Parts, { output, map, every }: HeldMap): MovedMap {
  const datasetOf = (id: DatasetId): DatasetId => adjacency.name(id)?.dataset.leader.id ?? id
  const moved = (input: StoredInput): StoredInput => ({
    ...input,
    dataset: datasetOf(input.dataset),
  })
  return {
    output: datasetOf(output),
    every: every && map.copied && datasetOf(map.copied.from),
    fields: map.fields.map(({ column, inputs }) => ({ column, inputs: inputs.map(moved) })),
    whole: map.whole.map(moved),
  }
}

function overlaps(
  { start, end }: Readonly<{ start: Micros; end: Micros | undefined }>,
  during: Held['during'],
): boolean {
  return start < (during?.until ?? Infinity) && (end ?? Infinity) >= (during?.from ?? -Infinity)
}
