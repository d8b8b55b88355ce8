import type { DatasetName, Fact, Micros, Statement } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import { expect, test } from 'vitest'
import { datasetIdOf, jobIdOf } from '../../src/model/index.ts'
import { FedStore } from './stores.ts'
import { decision, event, job, keyOf, lake, minute, ran, retraction, touched } from './told.ts'

const [a, b, c] = [lake('a'), lake('b'), lake('c')]
const by = { author: 'stella', person: 'Stella' }

function label(dataset: DatasetName, holds: boolean): Statement {
  return { says: 'label', of: { dataset, column: 'ssn' }, label: 'ID.SSN', holds, reason: 'seen' }
}

function stated(at: Micros, statement: Statement): Fact {
  return { kind: 'statement', at, statement, by }
}

function exposed(at: Micros, detector: string, run?: string): Fact {
  const of = run === undefined ? undefined : { run }
  return { kind: 'exposure', at, of, detector, path: '/x', count: 1 }
}

/** What governance is worked out from. */
export function governingContract(kind: StoreKind): void {
  test('statements come by time, each with its entry, also what a later one takes back', async () => {
    await using fed = new FedStore(kind)
    const first = decision(minute(1), [stated(minute(1), label(a, true))])
    const second = decision(minute(2), [stated(minute(2), label(a, false))])
    const other = decision(minute(3), [stated(minute(3), { says: 'noBoundary', name: 'x' })])
    await fed.tell(other, second, first, second)
    const found = await fed.store.statements()
    expect(found.map(({ at, entry, statement }) => [at, entry, statement])).toEqual([
      [minute(1), keyOf(first), label(a, true)],
      [minute(2), keyOf(second), label(a, false)],
      [minute(3), keyOf(other), { says: 'noBoundary', name: 'x' }],
    ])
    expect(found[0]?.by).toEqual(by)
    await fed.tell(retraction([second], minute(9)))
    expect((await fed.store.statements()).map(({ entry }) => entry)).toEqual(
      [first, other].map(keyOf),
    )
  })

  test('exposures are told by detector and by the job or source whose events they stood in', async () => {
    await using fed = new FedStore(kind)
    const run = ran(minute(1), { run: 'r', writes: [a] })
    const again = ran(minute(2), { run: 'r', writes: [a] })
    const leaking = [run, again].map((told) => ({
      ...told,
      facts: [...told.facts, exposed(told.at, 'password', 'r'), exposed(told.at, 'ssn', 'r')],
    }))
    const unknown = event(minute(3), [exposed(minute(3), 'password')], { source: 'aws:x' })
    await fed.tell(...leaking, unknown)
    const found = await fed.store.exposures()
    const job1 = jobIdOf(job('j'))
    expect(found).toEqual([
      {
        detector: 'password',
        job: undefined,
        source: 'aws:x',
        entries: 1,
        first: minute(3),
        last: minute(3),
        evidence: [keyOf(unknown)],
      },
      {
        detector: 'password',
        job: job1,
        source: undefined,
        entries: 2,
        first: minute(1),
        last: minute(2),
        evidence: leaking.toReversed().map(keyOf),
      },
      expect.objectContaining({ detector: 'ssn', job: job1, entries: 2 }),
    ])
    await fed.tell(retraction([...leaking, unknown], minute(9)))
    expect(await fed.store.exposures()).toEqual([])
  })

  test('a dataset is told with its names, flows, epochs and what it meets', async () => {
    await using fed = new FedStore(kind)
    const whole = { kind: 'lifecycle', at: minute(3), dataset: b, change: 'OVERWRITE' } as const
    const overwrite = ran(minute(3), { run: 's', job: 'k', reads: [a], writes: [b] })
    await fed.tell(
      ran(minute(1), { run: 'r', reads: [a], writes: [b] }),
      { ...overwrite, facts: [...overwrite.facts, { ...whole, run: 's', whole: true }] },
      event(minute(4), [touched(minute(4), lake('b/part'))]),
    )
    const [governed] = await fed.store.governed([datasetIdOf(b), datasetIdOf(lake('z'))], undefined)
    expect(governed).toMatchObject({
      id: datasetIdOf(b),
      names: [b],
      epochs: [minute(3)],
      dropped: [],
      firstSeen: minute(1),
      reads: [],
    })
    expect(governed?.writes).toHaveLength(2)
    expect(governed?.meetings.map(({ from, to, kind: how }) => [from, to, how])).toEqual([
      [datasetIdOf(b), datasetIdOf(lake('b/part')), 'CONTAINS'],
    ])
    const [before] = await fed.store.governed([datasetIdOf(b)], minute(2))
    expect([before?.epochs, before?.writes.length]).toEqual([[], 1])
  })

  test('a flow has a move for each time at which it moved data, by the maps of then', async () => {
    await using fed = new FedStore(kind)
    const input = { dataset: a, column: 'x', transformations: [] }
    const map = { fields: [{ column: 'y', inputs: [input] }], whole: [] }
    const mapped = ran(minute(2), { run: 's', reads: [a], writes: [b] })
    const columnMap: Fact = { kind: 'columnMap', at: minute(2), run: 's', part: '', output: b, map }
    await fed.tell(
      ran(minute(1), { run: 'r', reads: [a], writes: [b] }),
      { ...mapped, facts: [...mapped.facts, columnMap] },
      ran(minute(3), { run: 't', job: 'k', reads: [b], writes: [c] }),
    )
    const [governed] = await fed.store.governed([datasetIdOf(a)], undefined)
    const moves = await fed.store.moves(governed?.reads ?? [], undefined)
    const inOrder = moves.toSorted((one, other) => one.start - other.start)
    expect(inOrder.map(({ start, end, inputs, outputs }) => [start, end, inputs, outputs])).toEqual(
      [1, 2].map((at) => [minute(at), minute(at), [datasetIdOf(a)], [datasetIdOf(b)]]),
    )
    expect(inOrder.map(({ maps }) => maps)).toEqual([
      [],
      [
        {
          output: datasetIdOf(b),
          every: undefined,
          fields: [{ column: 'y', inputs: [{ ...input, dataset: datasetIdOf(a) }] }],
          whole: [],
        },
      ],
    ])
    expect(await fed.store.moves(governed?.reads ?? [], minute(1))).toHaveLength(1)
  })

  test('what changed since is told once', async () => {
    await using fed = new FedStore(kind)
    await fed.tell(ran(minute(1), { run: 'r', reads: [a], writes: [b] }))
    expect((await fed.store.changes()).all).toBe(true)
    await fed.tell(ran(minute(2), { run: 's', reads: [b], writes: [c] }))
    const { all, datasets } = await fed.store.changes()
    expect(all || [b, c].every((name) => datasets.has(datasetIdOf(name)))).toBe(true)
    expect(all || !datasets.has(datasetIdOf(a))).toBe(true)
  })
}
