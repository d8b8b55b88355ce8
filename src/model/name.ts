import type { Brand } from './brand.ts'
import type { Space } from './naming/space.ts'
import { digestId } from './id.ts'
import { namespaceOfArn, readArn } from './naming/arn.ts'
import { awsNameOf } from './naming/aws-name.ts'
import { expandBraces } from './naming/braces.ts'
import { locationNameOf, untrimmedNameOf } from './naming/location-name.ts'
import { locatorIn } from './naming/locator.ts'
import { readNamespace } from './naming/namespace.ts'
import { tableNameOf } from './naming/table-name.ts'
import { compareCodePoints } from './order.ts'
import { placeOf, segmentIsPattern } from './place.ts'

/** A dataset's name in its canonical spelling. */
export type DatasetName = Readonly<{ namespace: string; name: string }>
export type DatasetId = Brand<string, 'DatasetId'>

/**
 * One canonical name that a reported one stands for. `partition` is the tail that was taken off
 * (`dt=2026-03-01`, `2026/03/01`, a part file); `pattern` says that the name is a glob or a filter.
 */
export type CanonicalName = Readonly<{
  name: DatasetName
  partition: string | undefined
  pattern: boolean
}>

/** More names than this in one brace list stay one name, a pattern. */
const namesMax = 64

/**
 * Every canonical name that a reported name stands for: several for a brace list (in its order,
 * without doubles), else one. By rule alone, and the same wherever a name occurs; a canonical name
 * stands for itself. Never throws, whatever the strings hold.
 *
 * @see openlineage.md section 5, naming.md; the rules are in `naming/`, by kind of store
 */
export function canonicalNames(namespace: string, name: string): readonly CanonicalName[] {
  // Half a surrogate pair is no text that a store could give back as it was.
  const reported = located({ namespace: namespace.toWellFormed(), name: name.toWellFormed() })
  const space = readNamespace(reported.namespace)
  if (space.kind !== 'location') return [settledName(reported)]
  const paths = expandBraces(reported.name, namesMax)
  if (paths === undefined) {
    const pattern = { namespace: space.namespace, name: untrimmedNameOf(space, reported.name) }
    return [{ name: pattern, partition: undefined, pattern: true }]
  }
  if (paths.length === 1) return [settledName(reported)]
  const names = new Map<DatasetId, CanonicalName>()
  for (const path of paths) {
    const canonical = settledName({ namespace: space.namespace, name: path })
    const id = datasetIdOf(canonical.name)
    if (!names.has(id)) names.set(id, canonical)
  }
  return [...names.values()]
}

/** The first of `canonicalNames`. */
export function canonicalName(namespace: string, name: string): DatasetName {
  return canonicalNames(namespace, name)[0]?.name ?? { namespace, name }
}

/** The canonical spelling of a namespace by itself. */
export function canonicalNamespace(namespace: string): string {
  return readNamespace(namespace.toWellFormed()).namespace
}

/** The id of a dataset of which this is the least name: made from the name alone. */
export function datasetIdOf({ namespace, name }: DatasetName): DatasetId {
  return digestId('dataset', namespace, name) as DatasetId
}

/** Namespace, then name, by code point: the order that picks the least name of a class. */
export function compareNames(a: DatasetName, b: DatasetName): number {
  return compareCodePoints(a.namespace, b.namespace) || compareCodePoints(a.name, b.name)
}

/**
 * Applies the rules until they change nothing, so that what comes out stands for itself. Each rule
 * shortens what it changes, or changes it once: hence the bound.
 */
function settledName(reported: DatasetName): CanonicalName {
  let canonical = reported
  let partition: string | undefined
  for (let rounds = reported.name.length + 8; rounds > 0; rounds -= 1) {
    const { partition: tail, ...next } = respelled(located(canonical))
    partition ??= tail
    if (compareNames(next, canonical) === 0) break
    canonical = next
  }
  const place = placeOf(canonical)
  const pattern = place.segments.some((segment) => segmentIsPattern(segment, place.space))
  return { name: canonical, partition, pattern }
}

/** A name that is a whole locator or ARN says its namespace itself. */
function located(reported: DatasetName): DatasetName {
  let { namespace, name } = reported
  for (;;) {
    const space = readNamespace(namespace)
    const found = locatorIn(space, name) ?? resourceIn(space, name)
    if (found === undefined) return { namespace, name }
    ;({ namespace, name } = found)
  }
}

type Respelled = DatasetName & Readonly<{ partition?: string | undefined }>

function respelled({ namespace: reported, name }: DatasetName): Respelled {
  const space = readNamespace(reported)
  const { namespace } = space
  switch (space.kind) {
    case 'location':
      return { namespace, ...locationNameOf(space, name) }
    case 'warehouse':
      // A table has a name, so this is the folder itself.
      return name === '' || name === '/'
        ? { namespace: space.root, name: space.path }
        : { namespace, name }
    case 'tables':
      return tableNameOf(space, name)
    case 'aws':
      return awsNameOf(namespace, space.arn, name)
    case 'web':
      return { namespace, name: pathOfUrl(name) }
    case 'plain':
      return { namespace, name }
  }
}

function resourceIn(space: Space, name: string): DatasetName | undefined {
  if (space.kind !== 'aws' && !(space.kind === 'plain' && space.bare)) return undefined
  const arn = readArn(name)
  if (arn === undefined || arn.resource === '') return undefined
  if (arn.service !== 's3' || arn.account !== '') {
    return { namespace: namespaceOfArn(arn), name: arn.resource }
  }
  const [bucket = ''] = arn.resource.split('/', 1)
  return bucket === ''
    ? undefined
    : { namespace: `s3://${bucket}`, name: arn.resource.slice(bucket.length) }
}

function pathOfUrl(name: string): string {
  const end = name.search(/[?#]/)
  return (end === -1 ? name : name.slice(0, end)).replace(/^\/+|\/+$/g, '') || '/'
}
