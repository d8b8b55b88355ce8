import type { ColumnMap, DatasetName, Fact, JobName, Micros, Spelling } from '../../model/index.ts'
import { canonicalName } from '../../model/index.ts'

/** What the configuration of a job says that it moves, from a moment on. */
export type Declared = Readonly<{
  at: Micros
  job: JobName
  type: string
  source?: string | undefined
  inputs: readonly Spelling[]
  outputs: readonly Spelling[]
  /** By output; inputs of it are canonical already. */
  maps?: readonly Readonly<{ output: Spelling; map: ColumnMap }>[]
}>

/** The facts of a job that is set up: itself, its datasets, and what it moves from now on. */
export function declaredFacts(declared: Declared): readonly Fact[] {
  const { at, job, type, source, inputs, outputs, maps = [] } = declared
  const spellings = [...inputs, ...outputs]
  return [
    { kind: 'job', at, job, type, ...(source === undefined ? {} : { source }) },
    ...spellings.map((spelling): Fact => ({
      kind: 'mention',
      at,
      dataset: nameOf(spelling),
      spelling,
      touched: true,
    })),
    {
      kind: 'declaration',
      at,
      by: { job },
      moved: {
        inputs: distinct(inputs),
        outputs: distinct(outputs),
        maps: maps.map(({ output, map }) => ({ output: nameOf(output), map })),
        explicit: [],
      },
    },
  ]
}

/** From now on the job moves nothing: it was deleted or switched off. */
export function endedFacts(at: Micros, job: JobName): readonly Fact[] {
  const moved = { inputs: [], outputs: [], maps: [], explicit: [] }
  return [{ kind: 'declaration', at, by: { job }, moved }]
}

/** A dataset of which somebody speaks. */
export function mentionFact(at: Micros, spelling: Spelling): Fact {
  return { kind: 'mention', at, dataset: nameOf(spelling), spelling, touched: true }
}

export function nameOf({ namespace, name }: Spelling): DatasetName {
  return canonicalName(namespace, name)
}

function distinct(spellings: readonly Spelling[]): readonly DatasetName[] {
  const names = spellings.map(nameOf)
  return [...new Map(names.map((name) => [`${name.namespace} ${name.name}`, name])).values()]
}
