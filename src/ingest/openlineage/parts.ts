import type { Json, JsonObject, Spelling } from '../../model/index.ts'
import type { FacetGroup } from './facet-shapes.ts'
import { isJsonObject } from '../../model/index.ts'
import { facetShapes } from './facet-shapes.ts'
import { isList, member } from '../members.ts'
import { spellingsIn } from './spellings.ts'

/** A facet of the right shape. `deleted` takes it off its job or dataset from this event on. */
export type Facet = Readonly<{ value: Json; deleted: boolean }>
export type Facets = ReadonlyMap<string, Facet>

export type JobPart = Readonly<{ namespace: string; name: string; facets: Facets }>

/** One entry of `inputs` or `outputs`, or the dataset of a DatasetEvent. */
export type DatasetPart = Readonly<{
  spelling: Spelling
  facets: Facets
  /** `inputFacets` or `outputFacets`. */
  ioFacets: Facets
  /** A JSON pointer into the event. */
  path: string
}>

/**
 * A part that had to be left out, and why. `within` is the dataset that it belongs to, if any;
 * `named` are those that it names itself, as far as it can be read.
 */
export type Fault = Readonly<{
  path: string
  message: string
  within?: Spelling
  named: readonly Spelling[]
}>

/** Absent and null are an empty list; an entry without a name is left out. */
export function readDatasets(
  event: JsonObject,
  side: 'inputs' | 'outputs',
  faults: Fault[],
): readonly DatasetPart[] {
  const list = member(event, side) ?? []
  if (!isList(list)) {
    faults.push({ path: `/${side}`, message: `${side} must be a list`, named: namedIn(list) })
    return []
  }
  const io = ioFacets[side]
  const read: DatasetPart[] = []
  for (const [index, item] of list.entries()) {
    const path = `/${side}/${index}`
    const name = readNameOf(item)
    if (name === undefined) {
      const message = `${side}[${index}] has no namespace and name that are text`
      faults.push({ path, message, named: namedIn(item) })
      continue
    }
    const { of, spelling } = name
    read.push({
      spelling,
      facets: readFacets(of, { key: 'facets', group: 'dataset', path, within: spelling }, faults),
      ioFacets: readFacets(of, { ...io, path, within: spelling }, faults),
      path,
    })
  }
  return read
}

const ioFacets = {
  inputs: { key: 'inputFacets', group: 'input' },
  outputs: { key: 'outputFacets', group: 'output' },
} as const

/** Where facets stand: the member that holds them, and a JSON pointer to its owner. */
export type FacetsAt = Readonly<{ key: string; group: FacetGroup; path: string; within?: Spelling }>

/** Facets by key, without those that are null and those of the wrong shape. */
export function readFacets(
  owner: JsonObject,
  { key, group, path: ownerPath, ...of }: FacetsAt,
  faults: Fault[],
): Facets {
  const facets = member(owner, key) ?? null
  const path = `${ownerPath}/${key}`
  if (facets === null) return new Map()
  if (!isJsonObject(facets)) {
    faults.push({ path, message: `${key} must be an object`, ...of, named: [] })
    return new Map()
  }
  const read = new Map<string, Facet>()
  for (const [name, value] of Object.entries(facets)) {
    if (value === null) continue
    const deleted = mayBeDeleted(group) && isTombstone(value)
    const wrong = deleted ? undefined : facetShapes[group].get(name)?.(value, name)
    if (wrong === undefined) read.set(name, { value, deleted })
    // Only standard facets have a shape, so the name in this path is a known one.
    else {
      const named = group === 'dataset' || name === 'lineage' ? namedIn(value) : []
      faults.push({ path: `${path}/${name}`, message: wrong, ...of, named })
    }
  }
  return read
}

function mayBeDeleted(group: FacetGroup): boolean {
  return group === 'job' || group === 'dataset'
}

function isTombstone(value: Json): boolean {
  return isJsonObject(value) && member(value, '_deleted') === true
}

export type NameRead = Readonly<{ of: JsonObject; spelling: Spelling }>

/** The namespace and name of a job or dataset; undefined when it has not both. */
export function readName(value: JsonObject, key: string): NameRead | undefined {
  return readNameOf(member(value, key))
}

function readNameOf(of: Json | undefined): NameRead | undefined {
  if (!isJsonObject(of)) return undefined
  const namespace = member(of, 'namespace')
  const name = member(of, 'name')
  return isName(namespace) && isName(name) ? { of, spelling: { namespace, name } } : undefined
}

/** Text that is not empty: what a namespace, a name and a run id are. */
export function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

function namedIn(value: Json): readonly Spelling[] {
  return [...spellingsIn(value)].slice(0, namedMax)
}

/** The first faults, and one that counts the rest: an event of nothing but faults stays small. */
export function bounded(faults: readonly Fault[]): readonly Fault[] {
  if (faults.length <= faultsMax) return faults
  const shown = faults.slice(0, faultsMax - 1)
  const message = `${faults.length - shown.length} more parts were left out`
  return [...shown, { path: '', message, named: [] }]
}

const faultsMax = 100
const namedMax = 1_000
