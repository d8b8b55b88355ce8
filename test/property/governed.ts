import type { AsOf, GraphReader } from '../../src/graph/index.ts'
import type { DatasetId } from '../../src/model/index.ts'
import type { Governor } from '../../src/governance/index.ts'
import type { GovernedWorld, ObviousGovernance } from '../obvious/governance.ts'
import type { FedStore } from '../contract/stores.ts'
import { minute } from '../contract/told.ts'
import { obviousGovernance } from '../obvious/governance.ts'

/** When everything that these worlds tell of has passed. */
export const afterwards = minute(20 * 60)

/** What the slow fixed point says of all that a store has, as of a moment. */
export async function expectedOf({ store }: FedStore, asOf: AsOf): Promise<ObviousGovernance> {
  const latest = await worldAt(store, undefined)
  const statements = await store.statements()
  const approvals = statements.filter(({ statement }) => statement.says === 'approval')
  const then = new Map(
    await Promise.all(
      approvals.map(async ({ at }) => [at, (await worldAt(store, at)).datasets] as const),
    ),
  )
  return obviousGovernance({
    world: asOf === undefined ? latest : await worldAt(store, asOf),
    latest,
    datasetsAt: (at) => then.get(at) ?? [],
    statements,
    now: afterwards,
    asOf,
  })
}

async function worldAt(store: GraphReader, asOf: AsOf): Promise<GovernedWorld> {
  const all = await store.datasets(undefined, { includeRetired: true }, { first: 1_000 })
  const datasets = await store.governed(
    all.items.map(({ node }) => node.id),
    asOf,
  )
  const flows = new Set(datasets.flatMap(({ reads, writes }) => [...reads, ...writes]))
  return { datasets, moves: await store.moves([...flows], asOf) }
}

/** What is answered, in one form for both: by dataset, with labels that are applied. */
export type Shown = Readonly<Record<DatasetId, Readonly<{ status: string; labels: object }>>>

export function shownOf({ answers }: ObviousGovernance): Shown {
  return sorted(
    [...answers].map(([id, { status, enforced, labels }]) => [
      id,
      { status: `${status}, enforced ${enforced}`, labels: shownLabels(labels) },
    ]),
  )
}

export async function shownBy(
  governor: Governor,
  ids: readonly DatasetId[],
  asOf: AsOf,
): Promise<Shown> {
  const answers = await governor.datasets(ids, asOf)
  return sorted(
    [...answers].map(([id, { status, enforced, labels }]) => [
      id,
      {
        status: `${status}, enforced ${enforced}`,
        labels: shownLabels(
          labels.filter(({ decision }) => decision === undefined || decision === 'CONFIRMED'),
        ),
      },
    ]),
  )
}

function shownLabels(
  labels: readonly Readonly<{
    label: string
    column: string | undefined
    confidence: number
    coarse: boolean
  }>[],
): object {
  return sorted(
    labels.map(({ label, column, confidence, coarse }) => [
      `${column ?? '*'} ${label}`,
      `${confidence}${coarse ? ' coarse' : ''}`,
    ]),
  )
}

function sorted<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
