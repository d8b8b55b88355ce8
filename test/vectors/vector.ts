import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A dataset or a job: namespace and name. */
export type Name = readonly [namespace: string, name: string]

export type Mutation = Readonly<{ joinNames: readonly [Name, Name] } | { splitNames: Name }>

export type Direction = 'UPSTREAM' | 'DOWNSTREAM' | 'BOTH'

/** One thing that must be true once the events and the mutations are in. */
export type Expectation = Readonly<
  | {
      lineage: { of: Name; direction: Direction; depth: number; asOf: string | null }
      datasets: readonly Readonly<{
        dataset: Name
        upstream: number | null
        downstream: number | null
      }>[]
      flows?: readonly Readonly<{
        job: Name
        inputs: readonly Name[]
        outputs: readonly Name[]
      }>[]
    }
  | { same: readonly [Name, Name] }
  | { different: readonly [Name, Name] }
  | { run: string; state: string; job: Name }
  | {
      columns: { of: readonly [...Name, string]; direction: Direction; depth: number }
      edges: readonly Readonly<{
        from: readonly [...Name, string]
        to: readonly [...Name, string | null]
        type: string
      }>[]
    }
>

/** What sections 3 to 5 of the design mean, by example. */
export type Vector = Readonly<{
  id: string
  rule: string
  /** Where the events are handed in; absent: at the door of OpenLineage. */
  door?: string
  /** What is said beside the events. */
  context?: Readonly<Record<string, string>>
  /** One of the form `{"text": …}` is that text. */
  events: readonly object[]
  mutations?: readonly Mutation[]
  expect: readonly Expectation[]
}>

/** Every vector that lies beside this file and can be told, as it was written. */
export function vectors(folder: string = import.meta.dirname): readonly Vector[] {
  return readdirSync(folder)
    .filter((file) => /^(?:\d|aws-).*\.json$/.test(file))
    .toSorted()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Vector)
}
