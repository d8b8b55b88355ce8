import type { LabelledTable } from '../test/governance/detect/labelled.ts'
import type { Measured, Score } from '../test/governance/detect/measure.ts'
import type { BenchOptions, Figure } from './figure.ts'
import { detect } from '../src/governance/detect/detect.ts'
import {
  areSamplesThere,
  holdOut,
  knownSystems,
  sampleSet,
  sampleSets,
} from '../test/governance/detect/labelled.ts'
import { groupScore, measure, precisionOf, recallOf } from '../test/governance/detect/measure.ts'
import { shown } from './figure.ts'

const target = { recall: 0.98, precision: 0.95 }

/**
 * Detectors against tables labelled by hand: the sample schemas, tables in the manner of other
 * systems (`hold-out`) and tables of known ones. Prints a table by category for each; the figures are of direct
 * identifiers, and of how fast columns are read.
 */
export async function detectors({ quick }: BenchOptions): Promise<readonly Figure[]> {
  const sets = [
    ...(areSamplesThere ? sampleSets.map((name) => [name, sampleSet(name)] as const) : []),
    ['hold-out', holdOut()] as const,
    ['known-systems', knownSystems()] as const,
  ]
  const figures = sets.flatMap(([name, tables]) => {
    const measured = measure(tables)
    console.log(`\n${table(name, measured)}\n`)
    const identifiers = groupScore(measured, 'ID')
    return [
      figureOf(`detectors, recall of ID.*, ${name}`, recallOf(identifiers), target.recall),
      figureOf(`detectors, precision of ID.*, ${name}`, precisionOf(identifiers), target.precision),
    ]
  })
  return [
    ...figures,
    speed(
      sets.flatMap(([, tables]) => tables),
      quick ? 5 : 50,
    ),
  ]
}

function figureOf(line: string, measured: number, asked: number): Figure {
  return {
    line,
    measured: measured.toFixed(3),
    against: `asked for: ${asked}`,
    ratio: measured / asked,
    target: { text: `at least ${asked}`, met: measured >= asked },
  }
}

function table(name: string, measured: Measured): string {
  const labels = [...measured.byLabel.keys()].toSorted()
  const groups = [...new Set(labels.map((label) => label.split('.')[0] ?? ''))]
  const rows = [
    ...labels.map((label) => [label, measured.byLabel.get(label)] as const),
    ...groups.map((group) => [`${group}.*`, groupScore(measured, group)] as const),
  ]
  return [
    `${name}`.padEnd(18) + 'asked  found  recall   given  right  precision',
    ...rows.map(([label, score]) => (score === undefined ? label : row(label, score))),
  ].join('\n')
}

function row(label: string, score: Score): string {
  const { asked, found, given, right } = score
  const cells = [
    label.padEnd(16),
    String(asked).padStart(7),
    String(found).padStart(7),
    (asked === 0 ? '–' : recallOf(score).toFixed(3)).padStart(8),
    String(given).padStart(8),
    String(right).padStart(7),
    (given === 0 ? '–' : precisionOf(score).toFixed(3)).padStart(11),
  ]
  return cells.join('')
}

/** Columns judged in a second of processor time, beside `JSON.parse` of the same input. */
function speed(tables: readonly LabelledTable[], rounds: number): Figure {
  const inputs = tables.map(({ input }) => input)
  const texts = inputs.map((input) => JSON.stringify(input))
  const columns = inputs.reduce((sum, input) => sum + input.columns.length, 0) * rounds
  const ours = perSecond(columns, rounds, () => inputs.map(detect))
  const theirs = perSecond(columns, rounds, () => texts.map((text) => JSON.parse(text) as unknown))
  return {
    line: `detectors, ${inputs.length} tables`,
    measured: `${shown(ours)} columns/s`,
    against: `JSON.parse of the same input: ${shown(theirs)} columns/s`,
    ratio: ours / theirs,
    note: 'Of processor time.',
  }
}

function perSecond(columns: number, rounds: number, work: () => unknown): number {
  work()
  const since = process.cpuUsage()
  for (let round = 0; round < rounds; round += 1) work()
  const { user, system } = process.cpuUsage(since)
  return columns / ((user + system) / 1e6)
}
