import type {
  Attestation,
  CertificateMethod,
  ColumnInput,
  ColumnMap,
  DatasetPart,
  DatasetStatus,
  Fact,
  Micros,
  Statement,
  Transformation,
} from '../../src/model/index.ts'
import type { Told } from '../contract/told.ts'
import type { Kept } from './history.ts'
import fc from 'fast-check'
import { datasetGrains, datasetStatuses } from '../../src/model/index.ts'
import {
  decision,
  ehr,
  event,
  glue,
  keyOf,
  lake,
  mentioned,
  minute,
  retraction,
  runFacts,
  touched,
} from '../contract/told.ts'
import { expressions } from '../obvious/governance.ts'
import { dataset, jobs, moment, names, telling } from './world.ts'

/*
 * Worlds as in `world.ts`, in which flows tell what becomes of columns, whole contents are replaced,
 * and people state labels, statuses, certificates and what no metadata shows.
 */

const labels = ['ID.SSN', 'ID.DATE', 'ID.GEO', 'CLIN.DX', 'SENS.HIV', 'QI.SEX', 'BILL.CLAIM']
const label = fc.constantFrom(...labels)
const column = fc.constantFrom('id', 'id', 'd', 'd', 'd.x')
const perhapsColumn = fc.option(column, { nil: undefined, freq: 5 })
/** Few of the names, so that flows go on from each other; two of them are of one place. */
const often = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...names.slice(0, 2), ...names.slice(5, 7), ehr('p')) },
  { weight: 1, arbitrary: dataset },
)

const direct = (subtype: string, description: string, masking = false): Transformation => ({
  type: 'DIRECT',
  subtype,
  description,
  masking,
})
const indirect = (subtype: string): Transformation => ({
  type: 'INDIRECT',
  subtype,
  masking: false,
})

const transformation: fc.Arbitrary<Transformation> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      direct('IDENTITY', ''),
      direct('TRANSFORMATION', 'sha2(x, 256)', true),
      direct('AGGREGATION', 'count(x)'),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.constantFrom('IDENTITY', 'TRANSFORMATION', 'AGGREGATION'),
        fc.constantFrom(...Object.keys(expressions)),
        fc.boolean(),
      )
      .map(([subtype, description, masking]) => direct(subtype, description, masking)),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('JOIN', 'GROUP_BY', 'FILTER', 'SORT', 'CONDITIONAL').map(indirect),
  },
)

type Ends = Readonly<{ reads: readonly DatasetPart['dataset'][] }>

function inputOf({ reads }: Ends): fc.Arbitrary<ColumnInput> {
  return fc.record({
    dataset: fc.constantFrom(...reads),
    column,
    transformations: fc.oneof(
      { weight: 4, arbitrary: transformation.map((one) => [one]) },
      { weight: 1, arbitrary: fc.array(transformation, { maxLength: 2 }) },
    ),
  })
}

function mapOf(ends: Ends): fc.Arbitrary<ColumnMap> {
  return fc.record({
    fields: fc.uniqueArray(
      fc.record({ column, inputs: fc.array(inputOf(ends), { minLength: 1, maxLength: 2 }) }),
      { maxLength: 3, selector: ({ column: output }) => output },
    ),
    whole: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: inputOf(ends).map((one) => [one]) },
    ),
  })
}

const someOften = fc.uniqueArray(often, {
  minLength: 1,
  maxLength: 2,
  comparator: 'IsStrictlyEqual',
})

const replacing = [undefined, undefined, 'OVERWRITE', 'TRUNCATE'] as const

/** A run that moves data and tells of its columns, or replaces what was there. */
const moving = fc
  .record({
    at: moment,
    lasts: fc.constantFrom(0, 0, 30, 90),
    run: fc.constantFrom('g0', 'g1', 'g2', 'g3'),
    job: fc.constantFrom(...jobs.slice(0, 3)),
    reads: fc.oneof({ weight: 8, arbitrary: someOften }, { weight: 1, arbitrary: fc.constant([]) }),
    write: often,
    replaces: fc.constantFrom(...replacing),
  })
  .chain(({ reads, ...told }) =>
    (reads.length === 0
      ? fc.constant(undefined)
      : fc.option(mapOf({ reads }), { nil: undefined, freq: 4 })
    ).map((map) => ({ reads, map, ...told })),
  )
  .map(({ at, lasts, run: named, job, reads, write, map, replaces }): readonly Told[] => {
    const end = (at + lasts * 60_000_000) as Micros
    const run = `${named} ${job.name}`
    const ends = { run, job: job.name, reads, writes: [write] }
    const more: readonly Fact[] = [
      ...(map === undefined
        ? []
        : [{ kind: 'columnMap' as const, at: end, run, part: '', output: write, map }]),
      ...(replaces === undefined
        ? []
        : [
            touched(end, write),
            {
              kind: 'lifecycle' as const,
              at: end,
              dataset: write,
              change: replaces,
              run,
              whole: true,
            },
          ]),
    ]
    return [
      ...(lasts === 0 ? [] : [event(at, runFacts(at, { ...ends, type: 'START' }))]),
      event(end, [...runFacts(end, { ...ends, type: 'COMPLETE' }), ...more]),
    ]
  })

const part = fc
  .record({ dataset: often, column: perhapsColumn })
  .map(({ dataset: of, column: own }): DatasetPart => ({
    dataset: of,
    ...(own === undefined ? {} : { column: own }),
  }))

const certificate = fc.constantFrom('c0', 'c1', 'c2')
const reason = 'said so'
const attestation: fc.Arbitrary<Attestation> = fc.oneof(
  fc.constantFrom(...datasetGrains).map((grain) => ({ grain })),
  fc.constantFrom(5, 11).map((smallestCell) => ({ smallestCell })),
  fc.constantFrom<Attestation>({ zip3Rule: true }, { agesTopCoded: true }, { healthSource: true }),
)

const said: fc.Arbitrary<Statement> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .record({ of: part, label, holds: fc.constantFrom(true, true, true, false) })
      .map((told) => ({ says: 'label' as const, reason, ...told })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        of: often,
        status: fc.constantFrom<DatasetStatus>('PHI', 'PHI', ...datasetStatuses),
      })
      .map(({ of, status }) => ({ says: 'status' as const, of: { dataset: of }, status, reason })),
  },
  {
    weight: 4,
    arbitrary: fc.record({ of: often, attestation }).map(({ of, attestation: that }) => ({
      says: 'attestation' as const,
      of: { dataset: of },
      attestation: that,
      reason,
    })),
  },
  {
    weight: 1,
    arbitrary: certificate.map((of) => ({ says: 'revocation' as const, certificate: of, reason })),
  },
)

const person = fc.constantFrom('ada', 'stella')

function stated(at: Micros, statement: Statement, by: string): Told {
  const parts = 'of' in statement ? [statement.of] : 'outputs' in statement ? statement.outputs : []
  return decision(at, [
    ...parts.map((of) => mentioned(at, of.dataset)),
    { kind: 'statement', at, statement, by: { author: by, person: by } },
  ])
}

const stating = fc
  .record({ at: moment, statement: said, by: person })
  .map(({ at, statement, by }): readonly Told[] => [stated(at, statement, by)])

/** A certificate, mostly approved, and mostly by another person. */
const certifying = fc
  .record({
    at: moment,
    id: certificate,
    job: fc.constantFrom(...jobs.slice(0, 3)),
    outputs: fc.array(
      fc.oneof(
        part,
        often.map((of) => ({ dataset: of })),
      ),
      {
        minLength: 1,
        maxLength: 2,
      },
    ),
    method: fc.constantFrom<CertificateMethod>('SAFE_HARBOR', 'LIMITED_DATA_SET'),
    from: fc.option(moment, { nil: undefined }),
    hours: fc.integer({ min: 2, max: 24 }),
    approval: fc.option(fc.tuple(moment, person), { nil: undefined, freq: 6 }),
  })
  .map(({ at, id, job, outputs, method, from, hours, approval }): readonly Told[] => {
    const validFrom = from ?? minute(0)
    const statement = {
      says: 'certificate' as const,
      id,
      job,
      outputs,
      method,
      signer: 'Dr. Grace',
      validFrom,
      expires: (validFrom + hours * 3_600_000_000) as Micros,
      statement: 'no risk',
    }
    const approved = { says: 'approval', certificate: id, reason } as const
    return [
      stated(at, statement, 'stella'),
      ...(approval === undefined ? [] : [stated(approval[0], approved, approval[1])]),
    ]
  })

/** Schemas in which detectors find something, and from which that goes again. */
const showing = fc
  .record({
    at: moment,
    of: often,
    columns: fc.subarray(['patient_id', 'ssn', 'birth_date', 'id', 'd'], { minLength: 1 }),
  })
  .map(({ at, of, columns }): readonly Told[] => {
    const fields = columns.map((name) => ({ name, type: 'text' }))
    return [event(at, [touched(at, of), { kind: 'schema', at, dataset: of, fields, by: 'writer' }])]
  })

const governed = fc.oneof(
  { weight: 10, arbitrary: moving },
  { weight: 7, arbitrary: stating },
  { weight: 3, arbitrary: certifying },
  { weight: 1, arbitrary: showing },
  { weight: 2, arbitrary: telling },
)

/** A governed world, and what else was told of it and taken back. */
export const governedKept: fc.Arbitrary<Kept> = fc
  .tuple(
    fc.array(governed, { minLength: 8, maxLength: 20, size: 'max' }),
    fc.array(governed, { maxLength: 4 }),
  )
  .map(([groups, others]) => {
    const stays = groups.flat()
    const keys = new Set(stays.map(keyOf))
    return { stays, withdrawn: others.flat().filter((told) => !keys.has(keyOf(told))) }
  })

const apart = [glue('table/db/e'), glue('table/db/f'), ehr('g'), lake('cold'), lake('warm')]
const place = fc.constantFrom(...apart)
const ending = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      direct('TRANSFORMATION', 'NULL'),
      direct('AGGREGATION', 'count(x)'),
      indirect('SORT'),
    ),
  },
  { weight: 1, arbitrary: transformation },
)

/** Runs of their own between tables that share nothing, so that labels end at rules. */
const hop = fc
  .record({
    at: moment,
    run: fc.integer({ min: 0, max: 1_000_000 }).map(String),
    job: fc.constantFrom(...jobs.slice(0, 3)),
    ends: fc.tuple(place, place),
    fields: fc.uniqueArray(
      fc.record({ column, from: column, transformations: ending.map((one) => [one]) }),
      { minLength: 1, maxLength: 2, selector: ({ column: output }) => output },
    ),
  })
  .map(({ at, run, job, ends: [read, written], fields }): readonly Told[] => [
    event(at, [
      ...runFacts(at, { run, job: job.name, reads: [read], writes: [written] }),
      {
        kind: 'columnMap',
        at,
        run,
        part: '',
        output: written,
        map: {
          fields: fields.map(({ column: to, from, transformations }) => ({
            column: to,
            inputs: [{ dataset: read, column: from, transformations }],
          })),
          whole: [],
        },
      },
    ]),
  ])

const labelApart = fc
  .record({ at: moment, of: place, column, label })
  .map(({ at, of, column: own, label: named }): readonly Told[] => {
    const on = { dataset: of, column: own }
    return [stated(at, { says: 'label', of: on, label: named, holds: true, reason }, 'ada')]
  })

const attestedApart = fc.record({ at: moment, of: place }).map(({ at, of }): readonly Told[] => {
  const cells = { smallestCell: 11 }
  const attests = { says: 'attestation', of: { dataset: of }, attestation: cells, reason } as const
  return [stated(at, attests, 'ada')]
})

const certifiedApart = fc
  .record({ of: place, job: fc.constantFrom(...jobs.slice(0, 3)) })
  .map(({ of, job }): readonly Told[] => [
    stated(
      minute(0),
      {
        says: 'certificate',
        id: `c ${of.name}`,
        job,
        outputs: [{ dataset: of }],
        method: 'SAFE_HARBOR',
        signer: 'Dr. Grace',
        validFrom: minute(0),
        expires: minute(24 * 60),
        statement: 'no risk',
      },
      'stella',
    ),
    stated(minute(13 * 60), { says: 'approval', certificate: `c ${of.name}`, reason }, 'ada'),
  ])

export const hopsTold: fc.Arbitrary<readonly Told[]> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: hop },
      { weight: 3, arbitrary: labelApart },
      { weight: 1, arbitrary: attestedApart },
      { weight: 1, arbitrary: certifiedApart },
    ),
    { minLength: 5, maxLength: 12, size: 'max' },
  )
  .map((groups) => groups.flat())

const tables = names.slice(5, 8)

/**
 * Flows round a ring of tables, a label on one of them, and what ends it: another statement, or the
 * retraction of the first. Nothing else there is PHI.
 */
export const labelledRing = fc
  .record({
    size: fc.integer({ min: 2, max: tables.length }),
    chord: fc.boolean(),
    maps: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    at: fc.nat(2),
    column: perhapsColumn,
    label: fc.constantFrom('ID.SSN', 'CLIN.DX', 'SENS.HIV'),
    isRetracted: fc.boolean(),
  })
  .map(({ size, chord, maps, at: start, column: of, label: named, isRetracted }) => {
    const nodes = tables.slice(0, size)
    const table = (index: number): DatasetPart['dataset'] =>
      nodes[index % size] as DatasetPart['dataset']
    const step = (from: number, to: number, hasMap: boolean | undefined): Told => {
      const run = `ring ${from} ${to}`
      const at = minute(from)
      const [read, written] = [table(from), table(to)]
      const input = { dataset: read, transformations: [direct('IDENTITY', '')] }
      const fields = ['id', 'd', 'd.x'].map((name) => ({
        column: name,
        inputs: [{ ...input, column: name }],
      }))
      return event(at, [
        ...runFacts(at, { run, reads: [read], writes: [written] }),
        ...(hasMap === true
          ? [
              {
                kind: 'columnMap' as const,
                at,
                run,
                part: '',
                output: written,
                map: { fields, whole: [] },
              },
            ]
          : []),
      ])
    }
    const rounds = nodes.map((_, from) => step(from, from + 1, maps[from]))
    const on = { dataset: table(start), ...(of === undefined ? {} : { column: of }) }
    const statement = (holds: boolean): Statement => ({
      says: 'label',
      of: on,
      label: named,
      holds,
      reason,
    })
    const asserted = stated(minute(60), statement(true), 'ada')
    return {
      ring: chord ? [...rounds, step(0, 2, maps[3])] : rounds,
      label: asserted,
      end: isRetracted
        ? retraction([asserted], minute(70))
        : stated(minute(70), statement(false), 'ada'),
    }
  })
