import type { DatasetName } from './name.ts'
import type { DatasetKind } from './naming/dataset-kind.ts'
import type { Space } from './naming/space.ts'
import { awsKindOf, isFileSystem } from './naming/aws-name.ts'
import { expandBraces } from './naming/braces.ts'
import { globsMeet, isGlob } from './naming/glob.ts'
import { readNamespace } from './naming/namespace.ts'
import { segmentsOf } from './naming/uri.ts'

export type { DatasetKind } from './naming/dataset-kind.ts'

/**
 * Where a name stands among the names that contain it: the way down to it from the top of a space.
 * An ancestor contains what lies below; a segment can be a pattern.
 */
export type Place = Readonly<{ space: string; segments: readonly string[] }>

/** What kind of dataset a canonical name is, by the table of naming.md; DATASET when it does not tell. */
export function kindByName({ namespace, name }: DatasetName): DatasetKind {
  const space = readNamespace(namespace)
  switch (space.kind) {
    case 'location':
      return 'PREFIX'
    case 'warehouse':
      return 'TABLE'
    case 'aws':
      return awsKindOf(space.arn, name)
    case 'tables':
      return space.family.kind
    case 'web':
      // A REST catalog of Iceberg reports its tables under its URL, and so does a file of that name.
      return /^[^/.]+(?:\.[^/.]+)+$/.test(name) ? 'DATASET' : space.family.kind
    case 'plain':
      return space.family?.kind ?? 'DATASET'
  }
}

/**
 * Whether a canonical name is a path in an object store or file system: what a catalog's table can
 * point at. A name in a warehouse (a location with a path of its own) is a table, and no location.
 */
export function isLocation({ namespace, name }: DatasetName): boolean {
  const space = readNamespace(namespace)
  return space.kind === 'location' || (space.kind === 'aws' && isFileSystem(space.arn, name))
}

/**
 * The place of a canonical name. Paths go down by folder, Glue from a database to its tables, MQTT by
 * topic level; where nothing is known of containment the whole name is one segment.
 */
export function placeOf({ namespace, name }: DatasetName): Place {
  const space = readNamespace(namespace)
  switch (space.kind) {
    case 'location':
      return { space: namespace, segments: segmentsOfPath(name) }
    case 'aws':
      return placeInAws(space, name)
    case 'warehouse':
    case 'tables':
    case 'web':
    case 'plain':
      return { space: namespace, segments: [name] }
  }
}

type AwsSpace = Extract<Space, { kind: 'aws' }>

/** Closes a topic, which contains no other: no level can be a slash. */
const topicEnd = '/'
const topicSpaceEnd = '/topic'

function placeInAws({ namespace, arn }: AwsSpace, name: string): Place {
  if (arn.service === 'iot' && name.startsWith('topic/')) {
    const levels = name.slice('topic/'.length).split('/')
    return { space: namespace + topicSpaceEnd, segments: [...levels, topicEnd] }
  }
  if (isFileSystem(arn, name)) return { space: namespace, segments: segmentsOf(name).slice(1) }
  const ways = waysDown.filter(([service]) => service === arn.service)
  const found = ways.map(([, way]) => way.exec(name)).find((match) => match !== null)
  const segments = found?.slice(1).filter((segment) => segment !== undefined)
  return { space: namespace, segments: segments ?? [name] }
}

/** Names in which a service says what contains what: each group is one step down. */
const waysDown: readonly (readonly [service: string, way: RegExp])[] = [
  ['glue', /^database\/([^/]+)$/],
  ['glue', /^table\/([^/]+)\/(.+)$/s],
  ['timestream', /^database\/([^/]+)(?:\/table\/(.+))?$/s],
  ['s3tables', /^bucket\/([^/]+)(?:\/([^/]+)(?:\/(.+))?)?$/s],
  ['es', /^domain\/([^/]+)(?:\/(.+))?$/s],
]

function segmentsOfPath(name: string): readonly string[] {
  if (expandBraces(name, 1) !== undefined) return segmentsOf(name)
  // A list with too many names: from its folder on it can be anything.
  const folder = name.slice(0, name.lastIndexOf('/', name.indexOf('{')) + 1)
  return [...segmentsOf(folder), anyPath]
}

const anyPath = '**'

/**
 * What divides a canonical name into its parts: slashes in paths, dots in the names of tables. Where
 * nothing is known of the namespace, slashes if the name has any.
 */
export function partSeparatorOf({ namespace, name }: DatasetName): '/' | '.' {
  switch (readNamespace(namespace).kind) {
    case 'location':
    case 'aws':
      return '/'
    case 'warehouse':
    case 'tables':
      return '.'
    case 'web':
    case 'plain':
      return name.includes('/') ? '/' : '.'
  }
}

/**
 * Whether the names of two places share content: whether one can be the other, or contain it. Each
 * segment that both have must be able to be equal; `**`, and `#` in topics, is any number of them.
 * For plain names: they are equal, or one is an ancestor of the other. Symmetrical.
 */
export function placesOverlap(a: Place, b: Place): boolean {
  if (a.space !== b.space) return false
  const meet = meetingIn(a.space)
  const shared = Math.min(a.segments.length, b.segments.length)
  for (let index = 0; index < shared; index += 1) {
    const meeting = meet(a.segments[index] ?? '', b.segments[index] ?? '', index)
    if (meeting !== 'here') return meeting === 'from here on'
  }
  return true
}

/** Whether a segment of a place in that space stands for more than itself. */
export function segmentIsPattern(segment: string, space: string): boolean {
  if (isTopicSpace(space)) return segment === '+' || segment === '#'
  return holdsPaths(space) ? isGlob(segment) : segment.includes('*')
}

/** `from here on`: whatever follows on either side, they share something. */
type SegmentsMeet = 'here' | 'from here on' | 'never'

function meetingIn(space: string): (one: string, other: string, index: number) => SegmentsMeet {
  if (isTopicSpace(space)) return levelsMeet
  if (holdsPaths(space)) return foldersMeet
  return space.startsWith('kafka:') ? kafkaTopicsMeet : namesMeet
}

function foldersMeet(one: string, other: string): SegmentsMeet {
  if (one === anyPath || other === anyPath) return 'from here on'
  if (one === other) return 'here'
  return (isGlob(one) || isGlob(other)) && globsMeet(one, other, 'all') ? 'here' : 'never'
}

function namesMeet(one: string, other: string): SegmentsMeet {
  if (one === other) return 'here'
  const isPattern = one.includes('*') || other.includes('*')
  return isPattern && globsMeet(one, other, 'runs') ? 'here' : 'never'
}

/** A pattern of Kafka topics is a regular expression, and nearly always one with `.*` alone. */
function kafkaTopicsMeet(one: string, other: string): SegmentsMeet {
  return namesMeet(one.replaceAll('.*', '*'), other.replaceAll('.*', '*'))
}

/** @see MQTT 3.1.1, section 4.7 */
function levelsMeet(one: string, other: string, index: number): SegmentsMeet {
  if (one === other && one !== '#') return 'here'
  // A filter that begins with a wildcard does not match the server's own topics, `$aws/…`.
  if (index === 0 && (one.startsWith('$') || other.startsWith('$'))) return 'never'
  if (one === '#' || other === '#') return 'from here on'
  const isLevel = one !== topicEnd && other !== topicEnd
  return isLevel && (one === '+' || other === '+') ? 'here' : 'never'
}

function isTopicSpace(space: string): boolean {
  return space.startsWith('arn:') && space.endsWith(topicSpaceEnd)
}

function holdsPaths(space: string): boolean {
  const { kind } = readNamespace(space)
  return kind === 'location' || kind === 'aws'
}
