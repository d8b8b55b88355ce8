import type { AskGraphql } from './harness.ts'
import type { FindingsAsk, GovernedExpectation, GovernedVector, Name, Part } from './vector.ts'
import { expect } from 'vitest'

/** What a vector of governance asks, answered in ids. */
export interface GovernedAnswering {
  datasetId(name: Name): Promise<string | undefined>
  /** Labels that count: suggested and rejected ones do not. Of a dataset: those of its columns, too. */
  labels(of: Part, asOf: string | null): Promise<readonly string[]>
  status(of: Name, asOf: string | null): Promise<Readonly<{ status: string; enforced: string }>>
  placement(of: Name): Promise<Readonly<{ zone: string; boundary: string | null }>>
  /** Of each finding the ids of its datasets. */
  findings(ask: FindingsAsk): Promise<readonly (readonly string[])[]>
}

/** Expects everything that a vector expects of what answers. */
export async function expectGoverned(
  { id, expect: expected }: GovernedVector,
  by: GovernedAnswering,
): Promise<void> {
  for (const [index, one] of expected.entries()) await expectOne(one, by, `${id}, ${index}`)
}

async function expectOne(
  expected: GovernedExpectation,
  by: GovernedAnswering,
  at: string,
): Promise<void> {
  if ('labels' in expected) {
    const { labels, has, hasNot } = expected
    const found = await by.labels(labels.of, labels.asOf)
    expect(found, `${at}: labels`).toEqual(expect.arrayContaining([...has]))
    expect(
      hasNot.filter((label) => found.includes(label)),
      `${at}: labels that must not be there`,
    ).toEqual([])
    return
  }
  if ('status' in expected) {
    const { status, enforced } = await by.status(expected.status, expected.asOf)
    expect(status, `${at}: status`).toBe(expected.is)
    if (expected.enforced !== undefined) {
      expect(enforced, `${at}: enforced`).toBe(expected.enforced)
    }
    return
  }
  if ('statusIsNot' in expected) {
    const { status, enforced } = await by.status(expected.statusIsNot, null)
    expect(expected.not, `${at}: status`).not.toContain(status)
    expect(expected.not, `${at}: enforced`).not.toContain(enforced)
    return
  }
  if ('placement' in expected) {
    const { zone, boundary } = expected
    expect(await by.placement(expected.placement), `${at}: place`).toEqual({ zone, boundary })
    return
  }
  const found = await by.findings(expected.findings)
  if ('atLeast' in expected) {
    expect(found.length, `${at}: findings`).toBeGreaterThanOrEqual(expected.atLeast)
    return
  }
  const named = expected.are.map((names) => Promise.all(names.map((name) => by.datasetId(name))))
  expectEach(await Promise.all(named), found, at)
}

/** As many as there are expected, and each of those by one of its own. */
function expectEach(
  expected: readonly (readonly (string | undefined)[])[],
  found: readonly (readonly string[])[],
  at: string,
): void {
  expect(found, `${at}: findings`).toHaveLength(expected.length)
  const rest = [...found]
  for (const ids of expected) {
    const index = rest.findIndex((datasets) =>
      ids.every((id) => id !== undefined && datasets.includes(id)),
    )
    expect(index, `${at}: a finding of ${ids.join(' and ')} in ${JSON.stringify(found)}`).not.toBe(
      -1,
    )
    rest.splice(index, 1)
  }
}

type LabelsData = Readonly<{
  dataset: Readonly<{
    labels: readonly Readonly<{ label: string; column: string | null; decision: string | null }>[]
  }>
}>
type StatusData = Readonly<{ dataset: Readonly<{ id: string; status: string }> }>
type FootprintData = Readonly<{
  footprint: Readonly<{
    edges: readonly Readonly<{ node: { dataset: { id: string }; enforced: string } }>[]
  }>
}>
type PlacementData = Readonly<{
  dataset: Readonly<{ boundary: { zone: string; boundary: { name: string } | null } }>
}>
type FindingsData = Readonly<{
  findings: Readonly<{
    edges: readonly Readonly<{ node: { datasets: readonly { id: string }[] } }>[]
  }>
}>

/** Everything that a vector of governance asks, over GraphQL alone. */
export function governedByGraphql(ask: AskGraphql): GovernedAnswering {
  const named = ([namespace, name]: Part) => ({ namespace, name })
  return {
    async datasetId(name) {
      const { dataset } = (await ask(statusQuery, named(name))) as StatusData
      return dataset.id
    },
    async labels(of, asOf) {
      const [, , column] = of
      const { dataset } = (await ask(labelsQuery, { ...named(of), asOf })) as LabelsData
      return dataset.labels
        .filter((one) => column === undefined || one.column === column)
        .filter(({ decision }) => decision !== 'SUGGESTED' && decision !== 'REJECTED')
        .map(({ label }) => label)
    },
    async status(of, asOf) {
      const { dataset } = (await ask(statusQuery, { ...named(of), asOf })) as StatusData
      const { footprint } = (await ask(footprintQuery, { asOf })) as FootprintData
      const found = footprint.edges.find(({ node }) => node.dataset.id === dataset.id)
      return { status: dataset.status, enforced: found?.node.enforced ?? 'not in the footprint' }
    },
    async placement(of) {
      const { dataset } = (await ask(placementQuery, named(of))) as PlacementData
      const { zone, boundary } = dataset.boundary
      return { zone, boundary: boundary?.name ?? null }
    },
    async findings({ kinds, statuses }) {
      const { findings } = (await ask(findingsQuery, { kinds, statuses })) as FindingsData
      return findings.edges.map(({ node }) => node.datasets.map(({ id }) => id))
    },
  }
}

const labelsQuery = `query ($namespace: String!, $name: String!, $asOf: DateTime) {
  dataset(namespace: $namespace, name: $name, asOf: $asOf) { labels { label column decision } }
}`
const statusQuery = `query ($namespace: String!, $name: String!, $asOf: DateTime) {
  dataset(namespace: $namespace, name: $name, asOf: $asOf) { id status }
}`
const footprintQuery = `query ($asOf: DateTime) {
  footprint(atLeast: UNKNOWN, asOf: $asOf, first: 1000) { edges { node { dataset { id } enforced } } }
}`
const placementQuery = `query ($namespace: String!, $name: String!) {
  dataset(namespace: $namespace, name: $name) { boundary { zone boundary { name } } }
}`
const findingsQuery = `query ($kinds: [FindingKind!], $statuses: [FindingStatus!]) {
  findings(kinds: $kinds, statuses: $statuses, first: 1000) { edges { node { datasets { id } } } }
}`
