import type { DatasetName, Fact, LifecycleChange, Micros, Mover } from '../../model/index.ts'
import type { EventNames, NamedPart } from './names.ts'
import { facetValue, objectIn, textIn } from './facet.ts'

const changes: ReadonlySet<string> = new Set<LifecycleChange>([
  'ALTER',
  'CREATE',
  'DROP',
  'OVERWRITE',
  'RENAME',
  'TRUNCATE',
])

export type LifecycleAt = Readonly<{ at: Micros; by: Mover; names: EventNames; writes: boolean }>

/**
 * The `lifecycleStateChange` of one dataset. The whole content is replaced only when a writer says
 * OVERWRITE or TRUNCATE and nothing speaks of a part: not the name as it was spelled, not a
 * `subset`. A RENAME with its previous identifier is besides a `rename` by whoever did it.
 *
 * @see design.md section 4
 */
export function lifecycleFacts(dataset: NamedPart, context: LifecycleAt): readonly Fact[] {
  const change = changeOf(dataset)
  if (change === undefined) return []
  const { at, by, writes } = context
  const run = 'run' in by ? { run: by.run } : {}
  const replaces = writes && (change === 'OVERWRITE' || change === 'TRUNCATE') && isWhole(dataset)
  const froms = previousNames(dataset, context.names)
  return dataset.names.flatMap(({ name }): readonly Fact[] => [
    { kind: 'lifecycle', at, dataset: name, change, ...run, whole: replaces },
    ...froms.map((from): Fact => ({ kind: 'rename', at, by, from, to: name })),
  ])
}

/** The names that a RENAME takes its dataset from, without the dataset itself. */
export function previousNames(dataset: NamedPart, names: EventNames): readonly DatasetName[] {
  if (changeOf(dataset) !== 'RENAME') return []
  const previous = objectIn(facetValue(dataset.part.facets, facetKey), 'previousIdentifier')
  const namespace = textIn(previous, 'namespace')
  const name = textIn(previous, 'name')
  if (namespace === undefined || name === undefined) return []
  const own = new Set(dataset.names.map((canonical) => canonical.name))
  return names.resolve({ namespace, name }).filter((from) => !own.has(from))
}

const facetKey = 'lifecycleStateChange'

function changeOf({ part }: NamedPart): LifecycleChange | undefined {
  const word = textIn(facetValue(part.facets, facetKey), facetKey)?.toUpperCase() ?? ''
  return isChange(word) ? word : undefined
}

function isChange(word: string): word is LifecycleChange {
  return changes.has(word)
}

function isWhole({ part, names }: NamedPart): boolean {
  const [only, ...more] = names
  const oneThing = more.length === 0 && only?.partition === undefined && only?.pattern !== true
  return oneThing && !part.ioFacets.has('subset')
}
