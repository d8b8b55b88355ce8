import type { Direction as OneDirection } from '../../src/model/index.ts'
import type { GraphReader, LineageAnswer } from '../../src/graph/index.ts'
import type { Answering } from './harness.ts'
import type { Direction, Name } from './vector.ts'
import { lineage } from '../../src/graph/index.ts'
import { canonicalName, parseTime } from '../../src/model/index.ts'

const unlimited = { hopsMax: 1_000, nodesMax: 1_000_000, timeMsMax: 3_600_000 }

/** Everything that a vector asks, of a graph reader. */
export function answeringByReader(reader: GraphReader): Answering {
  const idOf = async (name: Name): Promise<string | undefined> =>
    (await reader.datasetByName(canonicalName(...name)))?.id
  const startOf = async (name: Name) => {
    const dataset = await reader.datasetByName(canonicalName(...name))
    if (dataset === undefined) throw new Error(`${name.join(' ')} is not known`)
    return { dataset: dataset.id }
  }
  const jobNames = async ({ flows }: LineageAnswer): Promise<ReadonlyMap<string, Name>> => {
    const jobs = await reader.jobsById(flows.flatMap(({ job }) => job ?? []))
    return new Map([...jobs].map(([id, { name }]) => [id, [name.namespace, name.name]]))
  }
  return {
    datasetId: idOf,
    async lineage({ of, direction, depth, asOf }) {
      const question = {
        of: [await startOf(of)],
        directions: directionsOf(direction),
        depth,
        grain: 'DATASET',
        asOf: asOf === null ? undefined : parseTime(asOf),
        inForce: false,
      } as const
      const answer = await lineage(reader, question, unlimited)
      const jobs = await jobNames(answer)
      return {
        datasets: answer.datasets.map(({ dataset, upstream, downstream }) => ({
          id: dataset,
          upstream: upstream ?? null,
          downstream: downstream ?? null,
        })),
        flows: answer.flows.map(({ job, inputs, outputs }) => ({
          job: job === undefined ? undefined : jobs.get(job),
          inputs,
          outputs,
        })),
      }
    },
    async run(runId) {
      const run = await reader.runByRunId(runId)
      const job = run === undefined ? undefined : (await reader.jobsById([run.job])).get(run.job)
      if (run === undefined || job === undefined) return undefined
      return { state: run.state, job: [job.name.namespace, job.name.name] }
    },
    async columns({ of: [namespace, name, column], direction, depth }) {
      const question = {
        of: [{ ...(await startOf([namespace, name])), column }],
        directions: directionsOf(direction),
        depth,
        grain: 'COLUMN',
        asOf: undefined,
        inForce: false,
      } as const
      const { columnEdges } = await lineage(reader, question, unlimited)
      return columnEdges.flatMap(({ fromDataset, from, toDataset, to, transformations }) =>
        [...new Set(transformations.map(({ type }) => type))].map((type) => ({
          from: [fromDataset, from ?? null] as const,
          to: [toDataset, to ?? null] as const,
          type,
        })),
      )
    },
  }
}

function directionsOf(direction: Direction): readonly OneDirection[] {
  return direction === 'BOTH' ? ['UPSTREAM', 'DOWNSTREAM'] : [direction]
}
