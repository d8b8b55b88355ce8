import type {
  ColumnMap,
  Copy,
  DatasetName,
  DatasetOrJob,
  Fact,
  JobName,
  Micros,
  Moved,
  Spelling,
} from '../../model/index.ts'
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
  copies?: readonly Copy[]
}>

/** The facts of a job that is set up: itself, its datasets, and what it moves from now on. */
export function declaredFacts(declared: Declared): readonly Fact[] {
  const { at, job, type, source, inputs, outputs } = declared
  return [
    { kind: 'job', at, job, type, ...(source === undefined ? {} : { source }) },
    ...[...inputs, ...outputs].map((spelling) => mentionFact(at, spelling)),
    { kind: 'declaration', at, by: { job }, moved: movedOf(declared) },
  ]
}

/** From now on one part of what a job is set up to move is this; the other parts stay as they are. */
export function amendedFacts(
  { at, job }: Pick<Declared, 'at' | 'job'>,
  slot: string,
  part: Partial<Pick<Declared, 'inputs' | 'outputs' | 'maps' | 'copies'>>,
): readonly Fact[] {
  const { inputs = [], outputs = [] } = part
  return [
    ...[...inputs, ...outputs].map((spelling) => mentionFact(at, spelling)),
    { kind: 'amendment', at, by: { job }, slot, moved: movedOf({ inputs, outputs, ...part }) },
  ]
}

/** From now on the job moves nothing: it was deleted. */
export function endedFacts(at: Micros, job: JobName): readonly Fact[] {
  return [{ kind: 'declaration', at, by: { job }, moved: movedOf({ inputs: [], outputs: [] }) }]
}

/** From now on the job moves what it was set up to, or nothing until it is switched on again. */
export function activeFact(at: Micros, job: JobName, active: boolean): Fact {
  return { kind: 'active', at, by: { job }, active }
}

function movedOf({
  inputs,
  outputs,
  maps = [],
  copies = [],
}: Pick<Declared, 'inputs' | 'outputs' | 'maps' | 'copies'>): Moved {
  return {
    inputs: distinct(inputs),
    outputs: distinct(outputs),
    maps: maps.map(({ output, map }) => ({ output: nameOf(output), map })),
    explicit: [],
    ...(copies.length === 0 ? {} : { copies }),
  }
}

/** What a catalog says of one of its things in words; nothing where it says none. */
export function descriptionFacts(
  at: Micros,
  of: DatasetOrJob,
  text: string | undefined,
): readonly Fact[] {
  return text === undefined ? [] : [{ kind: 'description', at, of, text, by: 'producer' }]
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
