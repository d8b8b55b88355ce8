import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A dataset or a job: namespace and name. */
export type Name = readonly [namespace: string, name: string]

export type Mutation = Readonly<{ joinNames: readonly [Name, Name] } | { splitNames: Name }>

/** A dataset, or one column of it. */
export type Part = Name | readonly [...Name, string]

/** What a person states about how data must be looked upon; asked for by one, approved by another. */
export type Governing = Readonly<
  | { assertLabel: { of: Part; label: string } }
  | { withdrawLabel: { of: Part; label: string } }
  | { assertStatus: { of: Name; status: string } }
  | {
      defineBoundary: {
        name: string
        zone: string
        selectors: readonly Readonly<Record<string, string>>[]
      }
    }
  | {
      certify: {
        job: Name
        outputs: readonly Part[]
        method: string
        validFrom?: string
        expires: string
      }
    }
  | { approveLast: object }
>

/** What must be true of labels, statuses, places and findings. */
export type GovernedExpectation = Readonly<
  | {
      labels: { of: Part; asOf: string | null }
      has: readonly string[]
      hasNot: readonly string[]
    }
  | { status: Name; asOf: string | null; is: string; enforced?: string }
  | { statusIsNot: Name; not: readonly string[] }
  | { placement: Name; zone: string; boundary: string | null }
  | { findings: FindingsAsk; are: readonly (readonly Name[])[] }
  | { findings: FindingsAsk; atLeast: number }
>
export type FindingsAsk = Readonly<{ kinds: readonly string[]; statuses: readonly string[] }>

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

/** What phi.md means, by example: the mutations are made after the events and in their order. */
export type GovernedVector = Readonly<{
  id: string
  rule: string
  note?: string
  events: readonly object[]
  mutations?: readonly Governing[]
  expect: readonly GovernedExpectation[]
}>

/** Every vector of governance that lies beside this file. */
export function governedVectors(): readonly GovernedVector[] {
  return readAll(import.meta.dirname, /^phi-.*\.json$/) as readonly GovernedVector[]
}

/** Every vector that lies beside this file and can be told, as it was written. */
export function vectors(folder: string = import.meta.dirname): readonly Vector[] {
  return readAll(folder, /^(?:\d|aws-).*\.json$/) as readonly Vector[]
}

function readAll(folder: string, files: RegExp): readonly unknown[] {
  return readdirSync(folder)
    .filter((file) => files.test(file))
    .toSorted()
    .map((file): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8')))
}
