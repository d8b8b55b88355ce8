import { readdirSync, readFileSync } from 'node:fs'

/** Namespace and name. */
export type Pair = readonly [namespace: string, name: string]
/** A column; null is the whole dataset. */
export type ColumnOf = readonly [namespace: string, name: string, column: string | null]
export type Direction = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH'

export type ExpectedFlow = Readonly<{
  /** Null: no job is known. */
  job: Pair | null
  inputs: readonly Pair[]
  outputs: readonly Pair[]
  kind?: string
  bases?: readonly string[]
}>
export type ExpectedEdge = Readonly<{
  from: ColumnOf
  to: ColumnOf
  type?: string
  subtype?: string
  masking?: boolean
}>
export type LineageAsked = Readonly<{
  /** One dataset, or several that are all starts. */
  of: Pair | readonly Pair[]
  direction: Direction
  depth: number
  asOf?: string | null
  inForce?: boolean
}>
export type ColumnsAsked = Readonly<{
  of: ColumnOf
  direction: Direction
  depth: number
  asOf?: string
}>

export type Expectation = Readonly<
  | {
      lineage: LineageAsked
      datasets: readonly Readonly<{
        dataset: Pair
        upstream: number | null
        downstream: number | null
      }>[]
      flows?: readonly ExpectedFlow[]
    }
  | { columns: ColumnsAsked; edges: readonly ExpectedEdge[] }
  | { same: readonly [Pair, Pair] }
  | { different: readonly [Pair, Pair] }
  | { run: string; state: string; job: Pair }
>

export type Change = Readonly<{ joinNames: readonly [Pair, Pair] } | { splitNames: Pair }>

/** A story in events, what a steward decided, and what must be answered. */
export type Vector = Readonly<{
  id: string
  rule: string
  /** Where the events are handed in; absent: at the door of OpenLineage. */
  door?: string
  events: readonly object[]
  mutations?: readonly Change[]
  expect: readonly Expectation[]
}>

/**
 * Every vector of a folder, in the order of their names: the form of the shared ones, with
 * `inForce`, several starts, `asOf` of columns, and the kind and bases of flows where they matter.
 */
export function vectorsIn(folder: URL): readonly Vector[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Vector)
}
