import type { Brand } from './brand.ts'
import { digestId } from './id.ts'
import { compareCodePoints } from './order.ts'

/** A dataset's name in its canonical spelling. */
export type DatasetName = Readonly<{ namespace: string; name: string }>
export type DatasetId = Brand<string, 'DatasetId'>

/**
 * One canonical name that a reported one stands for. `partition` is the tail that was taken off
 * (`dt=2026-03-01`, `2026/03/01`, a part file); `pattern` says that the name is a glob or filter.
 */
export type CanonicalName = Readonly<{
  name: DatasetName
  partition: string | undefined
  pattern: boolean
}>

/** Every canonical name that a reported name stands for: several for a brace list, else one. */
export function canonicalNames(namespace: string, name: string): readonly CanonicalName[] {
  return [{ name: { namespace, name }, partition: undefined, pattern: false }]
}

/** The first of `canonicalNames`. */
export function canonicalName(namespace: string, name: string): DatasetName {
  return canonicalNames(namespace, name)[0]?.name ?? { namespace, name }
}

/** The id of a dataset of that least name, equal on every store. */
export function datasetIdOf({ namespace, name }: DatasetName): DatasetId {
  return digestId('dataset', namespace, name) as DatasetId
}

/** Namespace, then name, by code point: the order that picks the least name of a class. */
export function compareNames(a: DatasetName, b: DatasetName): number {
  return compareCodePoints(a.namespace, b.namespace) || compareCodePoints(a.name, b.name)
}
