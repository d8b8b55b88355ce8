import { describe, expect, it } from 'vitest'
import { detect } from '../../../src/governance/detect/detect.ts'
import { areSamplesThere, holdOut, knownSystems, sampleSet, sampleSets } from './labelled.ts'
import { groupScore, measure, precisionOf, recallOf } from './measure.ts'

/** What issue 6 asks of the detectors, for direct identifiers. */
const target = { recall: 0.98, precision: 0.95 }

function expectTarget(measured: ReturnType<typeof measure>): void {
  const identifiers = groupScore(measured, 'ID')
  expect(identifiers.asked).toBeGreaterThan(50)
  const [missed, wrong] = [measured.missed, measured.wrong].map((lines) =>
    lines.filter((line) => /\bID\./.test(line)),
  )
  // What is missing stands in the message of a test that fails.
  expect({ recall: recallOf(identifiers), missed }).toSatisfy(
    ({ recall }: { recall: number }) => recall >= target.recall,
  )
  expect({ precision: precisionOf(identifiers), wrong }).toSatisfy(
    ({ precision }: { precision: number }) => precision >= target.precision,
  )
}

describe('direct identifiers, in tables labelled before the rules were run on them', () => {
  it('are found in the tables of other systems', () => {
    expectTarget(measure(holdOut()))
  })

  it('are found surely enough to be applied', () => {
    expectTarget(measure(holdOut(), { appliedOnly: true }))
  })

  it('are found in tables of widely known systems and benchmarks', () => {
    expectTarget(measure(knownSystems()))
    expectTarget(measure(knownSystems(), { appliedOnly: true }))
  })

  it('stand in tables that are known for what they are', () => {
    const wrong = [...holdOut(), ...knownSystems()]
      .map(({ input, grain, health }) => ({ input, grain, health, found: detect(input) }))
      .filter(
        ({ grain, health, found }) =>
          found.grain !== grain || (health !== undefined && found.isHealthContext !== health),
      )
    expect(wrong.map(({ input }) => input.name.name)).toEqual([])
  })
})

describe.skipIf(!areSamplesThere)('direct identifiers in the sample schemas of ../shared', () => {
  it.each(sampleSets)('are found in %s', (set) => {
    expectTarget(measure(sampleSet(set)))
    expectTarget(measure(sampleSet(set), { appliedOnly: true }))
  })

  it('are labelled by hand for every table and column that is there', () => {
    for (const set of ['omop-cdm-5.4', 'mimic-iv'] as const) {
      const tables = sampleSet(set)
      const labelled = tables.flatMap(({ expected }) =>
        [...expected.values()].filter(([label]) => label !== 'NONE'),
      )
      expect(labelled.length).toBeGreaterThan(tables.length)
    }
  })
})
