import type { DetectInput } from '../../../src/governance/detect/detection.ts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nearestWord } from '../../../src/governance/detect/vocabulary.ts'
import { tokensOf, wordsOf } from '../../../src/governance/detect/words.ts'
import { detect } from '../../../src/governance/detect/detect.ts'
import { readMetadata } from '../../../src/governance/detect/metadata-exposure.ts'
import { statusOf } from '../../../src/governance/status.ts'
import { isLabel } from '../../../src/governance/label.ts'

const seeded = { seed: 20_261_129, numRuns: 200 }

/** Words that mean something to the detectors, in the forms that people write them. */
const likely = fc
  .tuple(
    fc.array(
      fc.constantFrom(
        ...'patient,PATIENT,birth,Date,id,ssn,mrn,zip,name,first,claim,amount,dx,code,provider,npi,visit,total,d,dim,hiv,note,type,address,adress,pid,5,ip,e,mail'.split(
          ',',
        ),
      ),
      { minLength: 1, maxLength: 4 },
    ),
    fc.constantFrom('_', '', '.', '-', ' '),
  )
  .map(([words, between]) => words.join(between))
const text = fc.oneof(
  { weight: 3, arbitrary: likely },
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const type = fc.option(fc.constantFrom('string', 'date', 'boolean', 'int', 'varchar(20)', '('), {
  nil: undefined,
})

const input: fc.Arbitrary<DetectInput> = fc.record(
  {
    name: fc.record({ namespace: fc.constantFrom('postgres://x', 's3://y', ''), name: text }),
    names: fc.array(fc.record({ namespace: text, name: text }), { maxLength: 2 }),
    description: text,
    kind: text,
    tags: fc.array(fc.record({ key: text, value: text, column: text }, { requiredKeys: ['key'] }), {
      maxLength: 4,
    }),
    columns: fc
      .uniqueArray(text, { maxLength: 8 })
      .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), type, text))))
      .map((columns) =>
        columns.map(([name, of, description]) => ({
          name,
          description,
          ...(of === undefined ? {} : { type: of }),
        })),
      ),
    findings: fc.array(
      fc.record({
        column: text,
        category: fc.constantFrom('US_SSN', 'PROV.NPI', 'x', '__proto__', 'constructor'),
        kind: text,
        confidence: fc.double(),
      }),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['name', 'columns'] },
)

describe('detectors', () => {
  it('give the same for the same, in whatever order its parts come', () => {
    fc.assert(
      fc.property(input, (given) => {
        const once = detect(given)
        expect(detect(given)).toEqual(once)
        const turned = detect({
          ...given,
          columns: given.columns.toReversed(),
          ...(given.names === undefined ? {} : { names: given.names.toReversed() }),
          ...(given.tags === undefined ? {} : { tags: given.tags.toReversed() }),
          ...(given.findings === undefined ? {} : { findings: given.findings.toReversed() }),
        })
        const sorted = (of: typeof once) =>
          of.detections.map((each) => JSON.stringify(each)).toSorted()
        expect(sorted(turned)).toEqual(sorted(once))
        expect({ ...turned, detections: [] }).toEqual({ ...once, detections: [] })
      }),
      seeded,
    )
  })

  it('score between 0.5 and 1, say why, and apply from 0.8 on', () => {
    fc.assert(
      fc.property(input, (given) => {
        for (const { score, decision, evidence, label } of detect(given).detections) {
          expect(score).toBeGreaterThanOrEqual(0.5)
          expect(score).toBeLessThanOrEqual(1)
          expect(decision).toBe(score >= 0.8 ? 'applied' : 'suggested')
          expect(evidence.length).toBeGreaterThan(0)
          expect(isLabel(label)).toBe(true)
        }
      }),
      seeded,
    )
  })

  it('never throw, on any strings, and neither do statuses and exposures', () => {
    fc.assert(
      fc.property(input, fc.string({ unit: 'binary' }), (given, any) => {
        const { detections, grain, isHealthContext } = detect(given)
        expect(
          statusOf({ labels: [...detections, { label: any }], grain, isHealthContext }).rule,
        ).not.toBe('')
        const { exposures, template } = readMetadata(any, 'NAME')
        if (exposures.length > 0) expect(template).toContain('{…}')
      }),
      seeded,
    )
  })

  it('more evidence never lowers a score', () => {
    fc.assert(
      fc.property(input, (given) => {
        const column = given.columns[0]?.name
        fc.pre(column !== undefined)
        const before = detect(given).detections
        const tags = [...(given.tags ?? []), { key: 'classification', value: 'ID.SSN', column }]
        const after = detect({ ...given, tags }).detections
        for (const { label, score, column: of } of before) {
          const now = after.find((each) => each.label === label && each.column === of)
          expect(now?.score ?? 0).toBeGreaterThanOrEqual(score)
        }
      }),
      seeded,
    )
  })
})

describe('hostile text', () => {
  const hostile = [
    'a'.repeat(60_000),
    'patient'.repeat(9_000),
    '_'.repeat(60_000),
    'aA'.repeat(30_000),
    `${'id'.repeat(30_000)}!`,
    '1a'.repeat(30_000),
    'é'.repeat(60_000),
    '\u{1F600}'.repeat(30_000),
    `${'/'.repeat(30_000)}@${'.'.repeat(30_000)}`,
  ]

  it('is read to a bounded number of short words', () => {
    for (const name of hostile) {
      const tokens = tokensOf(name)
      expect(tokens.length).toBeLessThanOrEqual(32)
      expect(tokens.join('').length).toBeLessThanOrEqual(220)
      // A token becomes at most a word for every two of its letters, of which each may be short for three.
      expect(wordsOf(tokens).length).toBeLessThanOrEqual(330)
    }
  })

  it('asks for nearest words only of tokens of an ordinary length', () => {
    expect(nearestWord('x'.repeat(25))).toBeUndefined()
    expect(nearestWord('surnmae')).toBe('surname')
  })

  it('is not read behind its first 200 characters', () => {
    for (const name of hostile) {
      const of = (column: string) => {
        const table = { namespace: 'x', name: 'patients' }
        return detect({ name: table, columns: [{ name: column }] }).detections.map((found) => ({
          ...found,
          column: '',
        }))
      }
      expect(of(name)).toEqual(of(name.slice(0, 200)))
    }
  })

  it('is answered in bounded words, wherever it stands', () => {
    for (const name of hostile) {
      const wide = detect({
        name: { namespace: name, name },
        description: name,
        tags: [{ key: name, value: name }],
        columns: Array.from({ length: 200 }, (_, at) => ({
          name: `${at}${name}`,
          type: name,
          description: name,
        })),
        findings: [{ category: name, kind: name, confidence: 1 }],
      })
      for (const { evidence } of wide.detections) {
        for (const { words } of evidence) expect(words.length).toBeLessThanOrEqual(400)
      }
      expect(readMetadata(name, 'NAME').template.length).toBeLessThanOrEqual(4_000)
    }
  })
})
