import type { Space } from './space.ts'
import { trimPartitions } from './partition.ts'
import { decodeSegment } from './percent.ts'
import { segmentsOf } from './uri.ts'

type Location = Extract<Space, { kind: 'location' }>

export type LocationName = Readonly<{ name: string; partition: string | undefined }>

/**
 * The one spelling of a path: without slashes too many, percent codes, partitions and part files.
 * Object stores have no slash in front (the whole bucket is `/`), file systems have one.
 */
export function locationNameOf(space: Location, reported: string): LocationName {
  const { segments, partition } = trimPartitions(segmentsOf(reported).map(decodeSegment))
  return { name: nameOf(space, segments, reported), partition }
}

/** The same of a path with braces that slashes may lie between: so no end is cut off. */
export function untrimmedNameOf(space: Location, reported: string): string {
  return nameOf(space, segmentsOf(reported), reported)
}

// HDFS resolves a relative path against the home of its user, and on EMR that is hadoop.
const hdfsHome = ['user', 'hadoop']

function nameOf({ family }: Location, segments: readonly string[], reported: string): string {
  if (family.store === 'objects') return segments.join('/') || '/'
  const isRelative = family.scheme === 'hdfs' && reported !== '' && !reported.startsWith('/')
  return `/${[...(isRelative ? hdfsHome : []), ...segments].join('/')}`
}
