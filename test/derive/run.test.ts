import type { Cell } from '../../src/graph/index.ts'
import type { DatasetId, Micros, RunEventType } from '../../src/model/index.ts'
import { describe, expect, test } from 'vitest'
import { deriveRun } from '../../src/derive/run.ts'
import { mapKeyOf, sayingsOf } from '../../src/graph/cells.ts'
import { datasetIdOf, jobIdOf } from '../../src/model/index.ts'

const a = { namespace: 'postgres://ehr:5432', name: 'ehr.public.a' }
const b = { namespace: 's3://lake', name: 'b' }
const c = { namespace: 's3://lake', name: 'c' }

describe('the state of a run', () => {
  test.each([
    { events: ['START'], state: 'STARTED' },
    { events: ['START', 'RUNNING'], state: 'RUNNING' },
    { events: ['OTHER'], state: 'UNKNOWN' },
    { events: ['NONE'], state: 'UNKNOWN' },
    { events: ['COMPLETE'], state: 'COMPLETED' },
    { events: ['START', 'COMPLETE', 'RUNNING'], state: 'COMPLETED' },
    { events: ['START', 'FAIL', 'COMPLETE'], state: 'FAILED' },
    { events: ['COMPLETE', 'ABORT'], state: 'ABORTED' },
    { events: ['ABORT', 'FAIL', 'START'], state: 'FAILED' },
  ] as const)('after $events is $state', ({ events, state }) => {
    const cells = events.flatMap((event, index) => run(index + 1, event))
    expect(deriveRun(merged(cells)).state).toBe(state)
  })

  test('of a continuous run begins again with a START after its end', () => {
    const cells = [
      ...run(1, 'START', 'j', true),
      ...run(5, 'COMPLETE', 'j', true),
      ...run(8, 'START', 'j', true),
      ...io(1, 'reads', a),
    ]
    const outcome = deriveRun(merged(cells))
    expect(outcome).toMatchObject({ state: 'RUNNING', startedAt: 1, endedAt: undefined })
    expect(outcome.members.map(({ start, end }) => [start, end])).toEqual([
      [1, 5],
      [8, undefined],
    ])
  })

  test('has the earliest start and the latest end', () => {
    const cells = [...run(3, 'START'), ...run(2, 'START'), ...run(9, 'FAIL'), ...run(7, 'COMPLETE')]
    expect(deriveRun(merged(cells))).toMatchObject({ startedAt: 2, endedAt: 9 })
  })
})

describe('the job of a run', () => {
  test('is the longest name that extends the others by a dot', () => {
    const cells = [
      ...run(1, 'START', 'app.x'),
      ...run(2, 'RUNNING', 'app.x.t'),
      ...run(3, 'COMPLETE', 'app.x'),
    ]
    expect(deriveRun(merged(cells)).job).toBe(jobId('app.x.t'))
  })

  test('is that of the latest event when no name extends the others', () => {
    const cells = [...run(1, 'START', 'loader'), ...run(2, 'COMPLETE', 'load')]
    expect(deriveRun(merged(cells)).job).toBe(jobId('load'))
  })

  test('is what its children call it until it is seen itself', () => {
    const named = said({
      kind: 'parent',
      at: at(1),
      run: 'child',
      parent: 'r',
      parentJob: name('dag'),
    })
    expect(deriveRun(merged(named, 'r'))).toMatchObject({ job: jobId('dag'), startedAt: undefined })
    const seen = [...named, ...run(2, 'START', 'own')]
    expect(deriveRun(merged(seen, 'r')).job).toBe(jobId('own'))
  })
})

describe('the flows of a run', () => {
  test('are shown as they were known at each moment', () => {
    const cells = [
      ...run(1, 'START'),
      ...io(1, 'reads', a),
      ...run(5, 'COMPLETE'),
      ...io(5, 'writes', b),
    ]
    const members = deriveRun(merged(cells)).members
    expect(members.map(shape)).toEqual([
      { inputs: [a], outputs: [], shown: [1, 5], active: [1, 5] },
      { inputs: [a], outputs: [b], shown: [5, undefined], active: [1, 5] },
    ])
  })

  test('do not change with an event that says nothing new', () => {
    const cells = [
      ...run(1, 'START'),
      ...io(1, 'reads', a),
      ...io(1, 'writes', b),
      ...run(2, 'RUNNING'),
    ]
    expect(deriveRun(merged(cells)).members).toHaveLength(1)
  })

  test('keep parts of a run apart', () => {
    const cells = [
      ...run(1, 'RUNNING'),
      ...io(1, 'reads', a, 'p1'),
      ...io(1, 'writes', b, 'p1'),
      ...io(1, 'reads', b, 'p2'),
      ...io(1, 'writes', c, 'p2'),
    ]
    const members = deriveRun(merged(cells)).members.map(shape)
    expect(members.map(({ inputs, outputs }) => ({ inputs, outputs }))).toEqual(
      expect.arrayContaining([
        { inputs: [a], outputs: [b] },
        { inputs: [b], outputs: [c] },
      ]),
    )
    expect(members).toHaveLength(2)
  })

  test('carry the column maps of their outputs', () => {
    const input = { dataset: a, column: 'k', transformations: [] }
    const map = { fields: [{ column: 'c', inputs: [input] }], whole: [] }
    const cells = [
      ...run(1, 'COMPLETE'),
      ...io(1, 'writes', b),
      ...said({ kind: 'columnMap', at: at(1), run: 'r', part: '', output: b, map }),
    ]
    const [member] = deriveRun(merged(cells)).members
    expect(shape(member)).toMatchObject({ inputs: [a], outputs: [b] })
    const [keyed] = member?.maps ?? []
    expect(keyed?.output).toBe(datasetIdOf(b))
    expect(keyed?.key).toBe(mapKeyOf(keyed?.map ?? { fields: [], whole: [] }))
  })

  test('of a rename go from the old name to the new one', () => {
    const cells = [
      ...run(1, 'COMPLETE'),
      ...said({ kind: 'rename', at: at(1), by: { run: 'r' }, from: b, to: c }),
    ]
    const [member] = deriveRun(merged(cells)).members
    expect(member).toMatchObject({
      kind: 'RENAME',
      inputs: [datasetIdOf(b)],
      outputs: [datasetIdOf(c)],
    })
  })
})

describe('an epoch', () => {
  const overwritten = (event: RunEventType): readonly Said[] => [
    ...run(1, 'START'),
    ...said({
      kind: 'lifecycle',
      at: at(1),
      dataset: b,
      change: 'OVERWRITE',
      run: 'r',
      whole: true,
    }),
    ...run(4, event),
  ]

  test('ends when a run that replaced the whole content has completed', () => {
    const { replaced } = deriveRun(merged(overwritten('COMPLETE')))
    expect(replaced).toEqual([{ dataset: datasetIdOf(b), at: 4 }])
  })

  test.each(['FAIL', 'ABORT', 'RUNNING'] as const)('goes on after %s', (event) => {
    expect(deriveRun(merged(overwritten(event))).replaced).toEqual([])
  })
})

type Said = Readonly<{ subject: string; cell: Cell }>

function said(fact: Parameters<typeof sayingsOf>[0]): readonly Said[] {
  return sayingsOf(fact).map(({ subject, property, member, at: when, rank, value }) => ({
    subject: subject.kind === 'run' ? subject.text : subject.key,
    cell: { property, member, first: when, last: when, rank, at: when, entry: `e${when}`, value },
  }))
}

/** Cells of one run merged as a store does. */
function merged(all: readonly Said[], runId = 'r'): readonly Cell[] {
  const cells = new Map<string, Cell>()
  for (const { subject, cell } of all) {
    if (subject !== runId) continue
    const key = `${cell.property} ${cell.member}`
    const known = cells.get(key)
    const better = known === undefined || cell.at >= known.at ? cell : known
    const first = known === undefined || cell.first < known.first ? cell.first : known.first
    const last = known === undefined || cell.last > known.last ? cell.last : known.last
    cells.set(key, { ...better, first, last })
  }
  return [...cells.values()]
}

function run(when: number, event: RunEventType, job = 'j', continuous = false): readonly Said[] {
  return said({ kind: 'run', at: at(when), run: 'r', job: name(job), event, continuous })
}

function io(when: number, side: 'reads' | 'writes', dataset: typeof a, part = ''): readonly Said[] {
  return said({ kind: 'io', at: at(when), run: 'r', part, side, dataset })
}

type Shaped = Readonly<{
  inputs: readonly unknown[]
  outputs: readonly unknown[]
  shown: readonly unknown[]
  active: readonly unknown[]
}>

function shape(member: ReturnType<typeof deriveRun>['members'][number] | undefined): Shaped {
  const named = (ids: readonly DatasetId[] = []): readonly unknown[] =>
    ids.map((id) => [a, b, c].find((one) => datasetIdOf(one) === id))
  return {
    inputs: named(member?.inputs),
    outputs: named(member?.outputs),
    shown: [member?.shownFrom, member?.shownUntil],
    active: [member?.start, member?.end],
  }
}

function at(when: number): Micros {
  return when as Micros
}

function name(job: string): { namespace: string; name: string } {
  return { namespace: 'etl', name: job }
}

function jobId(job: string): string {
  return jobIdOf(name(job))
}
