import type { DatasetName } from './name.ts'

export type DatasetKind =
  | 'TABLE'
  | 'VIEW'
  | 'DATABASE'
  | 'PREFIX'
  | 'STREAM'
  | 'TOPIC'
  | 'QUEUE'
  | 'SNAPSHOT'
  | 'DEVICE'
  | 'MODEL'
  | 'DASHBOARD'
  | 'ENDPOINT'
  | 'FILE'
  | 'JOB_OUTPUT'
  | 'DATASET'

export type Place = Readonly<{ space: string; segments: readonly string[] }>

export function kindByName(_name: DatasetName): DatasetKind {
  return 'DATASET'
}

export function isLocation({ namespace }: DatasetName): boolean {
  return /^(?:s3:\/\/[^/]+$|file$|hdfs:)/.test(namespace)
}

export function placeOf({ namespace, name }: DatasetName): Place {
  return { space: namespace, segments: name === '/' ? [] : name.split('/') }
}

export function segmentIsPattern(_segment: string, _space: string): boolean {
  return false
}

export function placesOverlap(a: Place, b: Place): boolean {
  return (
    a.space === b.space &&
    a.segments.every((s, i) => b.segments[i] === undefined || b.segments[i] === s)
  )
}
