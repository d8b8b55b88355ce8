import type { DetectInput } from '../../../src/governance/detect/detection.ts'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalName } from '../../../src/model/index.ts'

/** A table with what each column is: the right labels, of which the first is meant; NONE is one. */
export type LabelledTable = Readonly<{
  input: DetectInput
  expected: ReadonlyMap<string, readonly string[]>
  /** Said only by the project's own set. */
  grain?: string
  health?: boolean
}>

const root = join(import.meta.dirname, '../../..')
const golden = join(root, 'test/golden/detect')
const samples = join(root, '../shared/samples/schemas')

/** The names of the sets of `shared`; they are not part of the repository. */
export const sampleSets = ['synthea-csv', 'omop-cdm-5.4', 'mimic-iv'] as const
export const areSamplesThere = existsSync(samples)

type Sample = Readonly<{
  schema: string
  tables: readonly Readonly<{
    name: string
    schema?: string
    columns: readonly Readonly<{ name: string; type?: string; label?: string }>[]
  }>[]
}>
type Labels = Readonly<{
  tables: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}>

/** One sample schema, with the labels that it has itself or those kept beside this one. */
export function sampleSet(set: (typeof sampleSets)[number]): readonly LabelledTable[] {
  const sample = read<Sample>(join(samples, `${set}.json`))
  const own = join(golden, `${set}.json`)
  const labels = existsSync(own) ? read<Labels>(own).tables : {}
  return sample.tables.map(({ name, schema, columns }) => {
    const byColumn = new Map(
      Object.entries(labels[name] ?? {}).flatMap(([label, names]) =>
        names.map((column) => [column, label.split('|')] as const),
      ),
    )
    return {
      input: {
        name: canonicalName('postgres://samples:5432', `samples.${schema ?? 'public'}.${name}`),
        columns: columns.map(({ name: column, type }) =>
          type === undefined ? { name: column } : { name: column, type },
        ),
      },
      expected: new Map(
        columns.map(({ name: column, label }) => [
          column,
          label?.split('|') ?? byColumn.get(column) ?? ['NONE'],
        ]),
      ),
    }
  })
}

type OwnSet = Readonly<{
  tables: readonly Readonly<{
    name: readonly [string, string]
    kind?: string
    description?: string
    grain: string
    health?: boolean
    columns: readonly string[]
  }>[]
}>

/** Tables in the manner of other systems than the samples, labelled before the rules were written. */
export function holdOut(): readonly LabelledTable[] {
  return ownSet('hold-out')
}

/** Tables of widely known systems, labelled before the rules were run on them. */
export function knownSystems(): readonly LabelledTable[] {
  return ownSet('known-systems')
}

function ownSet(set: string): readonly LabelledTable[] {
  return read<OwnSet>(join(golden, `${set}.json`)).tables.map(
    ({ name: [namespace, name], columns, grain, health, kind, description }) => {
      const cells = columns.map((line) => line.split(' '))
      return {
        input: {
          name: canonicalName(namespace, name),
          columns: cells.map(([column = '', type = '']) => ({ name: column, type })),
          ...(kind === undefined ? {} : { kind }),
          ...(description === undefined ? {} : { description }),
        },
        expected: new Map(
          cells.map(([column = '', , label = 'NONE']) => [column, label.split('|')]),
        ),
        grain,
        ...(health === undefined ? {} : { health }),
      }
    },
  )
}

function read<Shape>(path: string): Shape {
  return JSON.parse(readFileSync(path, 'utf8')) as Shape
}
