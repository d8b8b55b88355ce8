import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { detect } from '../../../src/governance/detect/detect.ts'
import { statusOf } from '../../../src/governance/status.ts'
import { canonicalName } from '../../../src/model/index.ts'

const folder = join(import.meta.dirname, '../../vectors')

type Field = Readonly<{ name: string; type?: string }>
type Reported = Readonly<{
  namespace: string
  name: string
  facets?: Readonly<{
    schema?: Readonly<{ fields: readonly Field[] }>
    columnLineage?: Readonly<{ fields: Readonly<Record<string, unknown>> }>
  }>
}>
type Vector = Readonly<{
  events: readonly Readonly<{ inputs?: readonly Reported[]; outputs?: readonly Reported[] }>[]
  mutations?: readonly Readonly<Record<string, Readonly<{ of?: readonly string[] }>>>[]
  expect: readonly Readonly<{
    labels?: Readonly<{ of: readonly string[] }>
    has?: readonly string[]
    hasNot?: readonly string[]
    status?: readonly string[]
    is?: string
  }>[]
}>

function vectorOf(path: string): Vector {
  return JSON.parse(readFileSync(join(folder, path), 'utf8')) as Vector
}

/** What detectors and the status rules alone say of each dataset that a vector reports. */
function detectedIn({ events, mutations = [] }: Vector) {
  const columns = new Map<string, Map<string, Field>>()
  const see = (namespace: string, name: string, fields: readonly Field[]) => {
    const key = JSON.stringify(canonicalName(namespace, name))
    const known = columns.get(key) ?? new Map<string, Field>()
    for (const field of fields) known.set(field.name, field)
    columns.set(key, known)
  }
  for (const { inputs = [], outputs = [] } of events) {
    for (const { namespace, name, facets } of [...inputs, ...outputs]) {
      const mapped = Object.keys(facets?.columnLineage?.fields ?? {}).map((field) => ({
        name: field,
      }))
      see(namespace, name, [...mapped, ...(facets?.schema?.fields ?? [])])
    }
  }
  for (const { of = [] } of mutations.flatMap((each) => Object.values(each))) {
    const [namespace = '', name = '', column] = of
    if (of.length > 1) see(namespace, name, column === undefined ? [] : [{ name: column }])
  }
  return new Map(
    [...columns].map(([key, fields]) => {
      const name = JSON.parse(key) as ReturnType<typeof canonicalName>
      return [key, detect({ name, columns: [...fields.values()] })] as const
    }),
  )
}

describe('the vectors, as far as detectors go', () => {
  it('phi-01: labels and statuses come from the words alone', () => {
    const vector = vectorOf('phi-01-tables-by-their-words.json')
    const found = detectedIn(vector)
    const of = ([namespace = '', name = '']: readonly string[]) =>
      found.get(JSON.stringify(canonicalName(namespace, name)))
    for (const { labels, has = [], hasNot = [], status, is } of vector.expect) {
      const detected = of(labels?.of ?? status ?? [])
      const applied = detected?.detections.filter(({ decision }) => decision === 'applied') ?? []
      if (labels !== undefined) {
        const own = applied
          .filter(({ column }) => column === labels.of[2])
          .map(({ label }) => label)
        expect(own).toEqual(expect.arrayContaining([...has]))
        for (const label of hasNot) expect(own).not.toContain(label)
      }
      if (status !== undefined && detected !== undefined) {
        expect(statusOf({ labels: applied, ...detected }).status).toBe(is)
      }
    }
  })

  const others = globSync('phi-*.json', { cwd: folder }).filter(
    (path) => !path.startsWith('phi-01'),
  )

  it.each(others.toSorted())('%s: neutral names keep the detectors out', (path) => {
    const found = detectedIn(vectorOf(path))
    expect(found.size).toBeGreaterThan(0)
    for (const [key, { detections, isHealthContext, grain }] of found) {
      expect([key, detections, isHealthContext, grain]).toEqual([key, [], false, 'UNKNOWN'])
    }
  })
})
