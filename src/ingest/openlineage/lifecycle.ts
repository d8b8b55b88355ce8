import type {
  CanonicalName,
  DatasetName,
  Fact,
  LifecycleChange,
  Micros,
  Mover,
} from '../../model/index.ts'
import type { EventNames, NamedPart } from './names.ts'
import { objectIn, textIn } from '../members.ts'
import { facetValue } from './facet.ts'

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
 * `subset`. A part that is created, dropped or renamed does nothing to the dataset. A RENAME with
 * its previous identifier is besides a `rename` by whoever did it.
 *
 * @see design.md section 4
 */
export function lifecycleFacts(dataset: NamedPart, context: LifecycleAt): readonly Fact[] {
  const change = changeOf(dataset)
  const whole = isWhole(dataset)
  if (change === undefined || (!whole && ofDatasets.has(change))) return []
  const { at, by, writes } = context
  const run = 'run' in by ? { run: by.run } : {}
  const replaces = whole && writes && (change === 'OVERWRITE' || change === 'TRUNCATE')
  const { names: froms, partial } = renameOf(dataset, context.names)
  return dataset.names.flatMap(({ name }): readonly Fact[] => [
    { kind: 'lifecycle', at, dataset: name, change, ...run, whole: replaces },
    ...(partial ? [] : froms).map((from): Fact => ({ kind: 'rename', at, by, from, to: name })),
  ])
}

/** What content was moved by a RENAME: `names` is empty when it was none. */
export type Rename = Readonly<{ names: readonly DatasetName[]; partial: boolean }>

/**
 * The names that a RENAME takes its dataset from, without the dataset itself. It is partial when a
 * partition is renamed, or becomes the dataset: then the old name stays in use.
 */
export function renameOf(dataset: NamedPart, names: EventNames): Rename {
  const previous =
    changeOf(dataset) === 'RENAME'
      ? objectIn(facetValue(dataset.part.facets, facetKey), 'previousIdentifier')
      : undefined
  const namespace = textIn(previous, 'namespace')
  const name = textIn(previous, 'name')
  if (namespace === undefined || name === undefined) return { names: [], partial: false }
  const own = new Set(dataset.names.map((canonical) => canonical.name))
  const froms = names.resolve({ namespace, name }).filter((from) => !own.has(from))
  const partial = !isWhole(dataset) || !isOneThing(names.of({ namespace, name }))
  return { names: froms, partial }
}

const facetKey = 'lifecycleStateChange'

/** Changes that are about the existence of a dataset and not about what is in it. */
const ofDatasets: ReadonlySet<LifecycleChange> = new Set(['CREATE', 'DROP', 'RENAME'])

function changeOf({ part }: NamedPart): LifecycleChange | undefined {
  const word = textIn(facetValue(part.facets, facetKey), facetKey)?.toUpperCase() ?? ''
  return isChange(word) ? word : undefined
}

function isChange(word: string): word is LifecycleChange {
  return changes.has(word)
}

function isWhole({ part, names }: NamedPart): boolean {
  return isOneThing(names) && !part.ioFacets.has('subset')
}

function isOneThing([only, ...more]: readonly CanonicalName[]): boolean {
  return more.length === 0 && only?.partition === undefined && only?.pattern !== true
}
