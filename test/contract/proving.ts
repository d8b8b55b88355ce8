import type { DatasetName, EntryKey, Fact, JobName, Micros } from '../../src/model/index.ts'
import type { EvidenceOf } from '../../src/graph/index.ts'
import type { StoreKind } from './stores.ts'
import type { Told } from './told.ts'
import { describe, expect, test } from 'vitest'
import { datasetIdOf, jobIdOf, runIdOf } from '../../src/model/index.ts'
import { all, nodesOf, oneByOne, onlyFlow } from './asking.ts'
import { FedStore } from './stores.ts'
import { event, glue, job, keyOf, lake, minute, ran, retraction, touched } from './told.ts'

const [a, b, c] = [lake('a'), lake('b'), lake('c')]

function problem(at: Micros, path: string, ...names: readonly DatasetName[]): Fact {
  return { kind: 'problem', at, code: 'FACET_MALFORMED', path, reason: 'Not a list', names }
}

function deadLetter(at: Micros, ...names: readonly DatasetName[]): Told {
  return { kind: 'dead-letter', at, facts: [problem(at, '', ...names)] }
}

async function keys(fed: FedStore, of: EvidenceOf, asOf?: Micros): Promise<readonly EntryKey[]> {
  return nodesOf(await fed.store.evidence(of, asOf, all))
}

/** Evidence, and what an answer may lack. */
export function provingContract(kind: StoreKind): void {
  describe('evidence', () => {
    const one = ran(minute(1), { run: 'r', type: 'START', reads: [a] })
    const two = ran(minute(2), { run: 'r', reads: [a], writes: [b] })
    const three = ran(minute(3), { run: 's', job: 'k', reads: [b], writes: [c] })

    test('of a dataset, a job or a run is every entry that names it, newest first', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(three, one, two)
      expect(await keys(fed, { dataset: datasetIdOf(b) })).toEqual([three, two].map(keyOf))
      expect(await keys(fed, { dataset: datasetIdOf(a) })).toEqual([two, one].map(keyOf))
      expect(await keys(fed, { job: jobIdOf(job('j')) })).toEqual([two, one].map(keyOf))
      expect(await keys(fed, { run: runIdOf('s') })).toEqual([three].map(keyOf))
      expect(await keys(fed, { run: runIdOf('nobody') })).toEqual([])
      expect(await keys(fed, { dataset: datasetIdOf(a) }, minute(1))).toEqual([one].map(keyOf))
    })

    test('comes in pages that lose and double nothing', async () => {
      await using fed = new FedStore(kind)
      const told = Array.from({ length: 7 }, (_, index) =>
        ran(minute(Math.floor(index / 2)), { run: `r${index}`, reads: [a], writes: [b] }),
      )
      await fed.tell(...told)
      const flow = await onlyFlow(fed.store)
      for (const of of [{ dataset: datasetIdOf(a) }, { flows: [flow] }]) {
        const whole = await keys(fed, of)
        expect(whole).toHaveLength(7)
        expect(await oneByOne((page) => fed.store.evidence(of, undefined, page))).toEqual(whole)
        const then = await keys(fed, of, minute(1))
        expect(then).toEqual(whole.slice(-4))
        expect(await oneByOne((page) => fed.store.evidence(of, minute(1), page))).toEqual(then)
      }
    })

    test('of a flow is what made the runs that are its members', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(one, two, three)
      const flow = await onlyFlow(fed.store)
      expect(await keys(fed, { flows: [flow] })).toEqual([two, one].map(keyOf))
      expect(await keys(fed, { flows: [flow, await onlyFlow(fed.store, 'k')] })).toEqual(
        [three, two, one].map(keyOf),
      )
    })

    test('of a declared flow is what stated that version', async () => {
      await using fed = new FedStore(kind)
      const declared = (at: Micros, output: DatasetName): Told =>
        event(at, [
          touched(at, output),
          {
            kind: 'declaration',
            at,
            by: { job: job('j') },
            moved: { inputs: [], outputs: [output], maps: [], explicit: [] },
          },
        ])
      const told = [declared(minute(1), b), declared(minute(2), b), declared(minute(3), c)]
      await fed.tell(...told)
      const steps = await fed.store.expand([{ dataset: datasetIdOf(b) }], 'UPSTREAM', {
        asOf: undefined,
        inForce: false,
      })
      const flows = steps.map(({ flow }) => flow)
      expect(await keys(fed, { flows })).toEqual([told[1], told[0]].map((of) => keyOf(of as Told)))
    })

    test('of a map is that of the runs that had it', async () => {
      await using fed = new FedStore(kind)
      const input = { dataset: a, column: 'x', transformations: [] }
      const map = { fields: [{ column: 'y', inputs: [input] }], whole: [] }
      const mapped = ran(minute(1), { run: 'm', reads: [a], writes: [b] }, [
        { kind: 'columnMap', at: minute(1), run: 'm', part: '', output: b, map },
      ])
      await fed.tell(mapped, ran(minute(2), { run: 'n', reads: [a], writes: [b] }))
      const flow = await onlyFlow(fed.store)
      const edges = await fed.store.columnEdges([flow], undefined)
      const key = edges.find((edge) => edge.map !== undefined)?.map
      expect(await keys(fed, { flows: [flow], map: key })).toEqual([keyOf(mapped)])
    })

    test('of a meeting is what said where the content lies, else what named them', async () => {
      await using fed = new FedStore(kind)
      const table = glue('table/db/t')
      const at = (moment: number, name: string): Told =>
        event(minute(moment), [
          { kind: 'location', at: minute(moment), table, location: lake(name), by: 'catalog' },
        ])
      const named = event(minute(1), [
        touched(minute(1), lake('raw/x')),
        touched(minute(1), lake('raw')),
      ])
      const told = [at(2, 'one'), at(3, 'two')]
      await fed.tell(named, ...told)
      const meetings = nodesOf(await fed.store.meetings(datasetIdOf(table), undefined, all))
      const proofs = await Promise.all(meetings.map((meeting) => keys(fed, { meeting })))
      expect(proofs.flat().toSorted()).toEqual(told.map(keyOf).toSorted())
      const [prefix] = nodesOf(await fed.store.meetings(datasetIdOf(lake('raw')), undefined, all))
      expect(new Set(await keys(fed, { meeting: prefix as never }))).toEqual(
        new Set([keyOf(named)]),
      )
    })

    test('of what was retracted is gone', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(one, two, retraction([one], minute(0)))
      expect(await keys(fed, { dataset: datasetIdOf(a) })).toEqual([keyOf(two)])
    })
  })

  describe('what could not be understood', () => {
    const dead = deadLetter(minute(5), a)
    const kept = event(minute(2), [
      touched(minute(2), a),
      problem(minute(2), '/x', a),
      problem(minute(2), '/y', b),
    ])

    test('is counted for the datasets that it names, by the moment asked about', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(dead, kept)
      const count = async (names: readonly DatasetName[], asOf?: Micros) =>
        await fed.store.unresolved(names.map(datasetIdOf), asOf)
      expect(await count([a])).toBe(2)
      expect(await count([b])).toBe(1)
      expect(await count([a, b])).toBe(3)
      expect(await count([c])).toBe(0)
      expect(await count([a, b], minute(2))).toBe(2)
      expect(await count([])).toBe(0)
    })

    test('is counted once for datasets that turn out to be one', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      await fed.tell(
        event(at, [problem(at, '/x', a, b)]),
        event(at, [{ kind: 'join', at, name: a, with: b, reason: 'one' }]),
      )
      expect(await fed.store.unresolved([datasetIdOf(a)], undefined)).toBe(1)
    })

    describe('of a job', () => {
      const [first, second] = [stepOf('nightly', 'import'), stepOf('nightly', 'export')]
      const hidden = stepOf('nightly', 'transform')
      const other = stepOf('weekly', 'transform')
      const moved = [ranStep('s1', first, a, b), ranStep('s2', second, b, c)]
      const untold = (run: string, step: JobName, at: Micros = minute(9)): Told =>
        event(at, [runOfStep(run, step, at), untoldOf({ run }, at)])
      const count = async (fed: FedStore, name: DatasetName, asOf?: Micros): Promise<number> =>
        await fed.store.unresolved([datasetIdOf(name)], asOf)

      test('counts for what jobs on the same cluster read and write, and for nothing else', async () => {
        await using fed = new FedStore(kind)
        const elsewhere = ranStep('s5', other, lake('x'), lake('y'))
        await fed.tell(...moved, elsewhere, untold('s3', hidden))
        for (const name of [a, b, c]) expect(await count(fed, name)).toBe(1)
        expect(await count(fed, lake('x'))).toBe(0)
        expect(await fed.store.unresolved([a, b, c].map(datasetIdOf), undefined)).toBe(1)
      })

      test('counts once more for each run that was hidden, and not before it', async () => {
        await using fed = new FedStore(kind)
        await fed.tell(untold('s3', hidden), ...moved, untold('s4', hidden, minute(20)))
        expect(await count(fed, a)).toBe(2)
        expect(await count(fed, a, minute(10))).toBe(1)
        expect(await count(fed, a, minute(8))).toBe(0)
      })

      test('counts for the job that the run turns out to have', async () => {
        await using fed = new FedStore(kind)
        const named = event(minute(10), [runOfStep('s3', hidden, minute(10))])
        await fed.tell(...moved, untold('s3', stepOf('j-2AB', 'transform')))
        expect(await count(fed, a)).toBe(0)
        await fed.tell(named)
        expect(await count(fed, a)).toBe(1)
        await fed.tell(retraction([named], minute(0)))
        expect(await count(fed, a)).toBe(0)
      })

      test('counts where no run is told, until it is retracted', async () => {
        await using fed = new FedStore(kind)
        const declared = event(minute(9), [untoldOf({ job: hidden }, minute(9))])
        await fed.tell(...moved, declared)
        expect(await count(fed, b)).toBe(1)
        await fed.tell(retraction([declared], minute(0)))
        expect(await count(fed, b)).toBe(0)
      })
    })

    test('is listed by entry, and by part where the rest of an event was kept', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(kept, dead)
      const letters = nodesOf(await fed.store.deadLetters(all))
      expect(letters.map(({ id, path, code, entry }) => [id, path, code, entry])).toEqual([
        [keyOf(dead), '', 'FACET_MALFORMED', keyOf(dead)],
        [`${keyOf(kept)}:0`, '/x', 'FACET_MALFORMED', keyOf(kept)],
        [`${keyOf(kept)}:1`, '/y', 'FACET_MALFORMED', keyOf(kept)],
      ])
      expect(await oneByOne((page) => fed.store.deadLetters(page))).toEqual(letters)
      expect(await fed.store.deadLetterCount()).toBe(3)
      const [first, second] = letters
      const some = [second?.id ?? '', 'nobody', first?.id ?? '']
      expect((await fed.store.deadLettersOf(some)).map(({ id }) => id).toSorted()).toEqual(
        [first?.id, second?.id].toSorted(),
      )
      expect(await fed.store.deadLettersOf([])).toEqual([])
    })

    test('leaves the list when it is retracted', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(kept, dead, dead, retraction([dead], minute(0)))
      expect(await fed.store.deadLetterCount()).toBe(2)
      expect(await fed.store.unresolved([datasetIdOf(a)], undefined)).toBe(1)
    })
  })

  describe('sources', () => {
    const from = (source: string, at: Micros, ...names: readonly DatasetName[]): Told => ({
      ...ran(at, { run: source, job: source, reads: names }),
      source,
    })

    test('are those whose events spoke of the datasets or of the flows', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        from('one', minute(1), a),
        from('two', minute(2), a, b),
        from('three', minute(3), c),
      )
      const of = async (...names: readonly DatasetName[]) =>
        await fed.store.sourcesOf([], names.map(datasetIdOf))
      expect(await of(a)).toEqual(['one', 'two'])
      expect(await of(b, c)).toEqual(['three', 'two'])
      expect(await of()).toEqual([])
      expect(await fed.store.sourcesOf([await onlyFlow(fed.store, 'two')], [])).toEqual(['two'])
    })

    test('are counted by their events in effect', async () => {
      await using fed = new FedStore(kind)
      const [one, again, two] = [
        from('one', minute(1), a),
        from('one', minute(9), a),
        from('two', minute(2), b),
      ]
      await fed.tell(one, one, again, two, deadLetter(minute(3), a))
      expect(await fed.store.sources()).toEqual([
        { source: 'one', events: 2, lastEvent: minute(9) },
        { source: 'two', events: 1, lastEvent: minute(2) },
      ])
      await fed.tell(retraction([again, two], minute(0)))
      expect(await fed.store.sources()).toEqual([
        { source: 'one', events: 1, lastEvent: minute(1) },
      ])
      expect(await fed.store.sourcesOf([], [datasetIdOf(a)])).toEqual(['one'])
    })
  })

  describe('events that are not in the graph', () => {
    const unknown = (at: Micros, name: string, more: Partial<Told> = {}): Told =>
      event(at, [{ kind: 'unknown', at, name }], { source: 'trail', ...more })
    const tally = (at: Micros, name: string, count: number): Told => ({
      kind: 'tally',
      at,
      facts: [{ kind: 'tally', at, source: 'trail', name, count }],
    })

    test('are counted by source and name, the most frequent first', async () => {
      await using fed = new FedStore(kind)
      const twice = unknown(minute(1), 'iot:New')
      await fed.tell(
        twice,
        twice,
        unknown(minute(4), 'iot:New'),
        unknown(minute(2), 'emr:New'),
        unknown(minute(3), 'emr:New', { source: 'other' }),
        tally(minute(5), 'ec2:Look', 3),
        tally(minute(6), 'ec2:Look', 4),
        tally(minute(7), 's3:Look', 9),
      )
      expect(await fed.store.unknownEvents(9)).toEqual([
        { source: 'trail', name: 'iot:New', count: 2, lastSeen: minute(4) },
        { source: 'other', name: 'emr:New', count: 1, lastSeen: minute(3) },
        { source: 'trail', name: 'emr:New', count: 1, lastSeen: minute(2) },
      ])
      expect(await fed.store.irrelevantEvents(1)).toEqual([
        { source: 'trail', name: 's3:Look', count: 9, lastSeen: minute(7) },
      ])
      expect((await fed.store.irrelevantEvents(9)).map(({ count }) => count)).toEqual([9, 7])
    })

    test('count while their entries are in effect', async () => {
      await using fed = new FedStore(kind)
      const [one, other] = [unknown(minute(1), 'a'), unknown(minute(2), 'a')]
      await fed.tell(one, other)
      await fed.tell(retraction([other], minute(0)))
      expect(await fed.store.unknownEvents(9)).toEqual([
        { source: 'trail', name: 'a', count: 1, lastSeen: minute(1) },
      ])
      await fed.tell(retraction([one], minute(0)))
      expect(await fed.store.unknownEvents(9)).toEqual([])
      await fed.tell(one)
      expect(await fed.store.unknownEvents(9)).toHaveLength(1)
    })

    test('count once when what they stood behind is retracted, and they as well and sent again', async () => {
      await using fed = new FedStore(kind)
      const [first, behind] = ['a', 'b'].map((digest) =>
        unknown(minute(1), digest, { eventKey: 'trail:2', digest }),
      ) as [Told, Told]
      const taken = [retraction([first], minute(0)), retraction([behind], minute(1))]
      await fed.tell(first, behind, ...taken, behind)
      expect(await fed.store.unknownEvents(9)).toEqual([
        { source: 'trail', name: 'b', count: 1, lastSeen: minute(1) },
      ])
      await fed.tell(retraction([behind], minute(2)))
      expect(await fed.store.unknownEvents(9)).toEqual([])
    })

    test('count once for an entry that says so twice, and a tally for all that it says', async () => {
      await using fed = new FedStore(kind)
      const twice = [minute(3), minute(2)].map(
        (at) => ({ kind: 'unknown', at, name: 'a' }) as const,
      )
      const tallied = [minute(3), minute(2)].map(
        (at) => ({ kind: 'tally', at, source: 'trail', name: 'b', count: 2 }) as const,
      )
      await fed.tell(
        event(minute(3), twice, { source: 'trail' }),
        { kind: 'tally', at: minute(3), facts: tallied },
        tally(minute(1), 'b', 1),
      )
      expect(await fed.store.unknownEvents(9)).toEqual([
        { source: 'trail', name: 'a', count: 1, lastSeen: minute(3) },
      ])
      expect(await fed.store.irrelevantEvents(9)).toEqual([
        { source: 'trail', name: 'b', count: 5, lastSeen: minute(3) },
      ])
    })

    test('are counted by the tallies in effect, a copy of a tally once', async () => {
      await using fed = new FedStore(kind)
      const [one, other] = [tally(minute(1), 'a', 3), tally(minute(2), 'a', 4)]
      await fed.tell(one, one, other)
      await fed.tell(retraction([other], minute(0)))
      expect(await fed.store.irrelevantEvents(9)).toEqual([
        { source: 'trail', name: 'a', count: 3, lastSeen: minute(1) },
      ])
    })

    test('count once for an event of which a late correction came, whatever came first', async () => {
      const late: Partial<Told> = { eventKey: 'trail:1', corrects: true, digest: 'z' }
      const told = [
        unknown(minute(1), 'wrong', { eventKey: 'trail:1', digest: 'a' }),
        unknown(minute(2), 'right', late),
      ]
      for (const order of [told, told.toReversed()]) {
        await using fed = new FedStore(kind)
        await fed.tell(...order)
        expect((await fed.store.unknownEvents(9)).map(({ name }) => name)).toEqual(['right'])
        await fed.tell(retraction([told[1] as Told], minute(0)))
        expect((await fed.store.unknownEvents(9)).map(({ name }) => name)).toEqual(['wrong'])
      }
    })
  })

  describe('the digest', () => {
    test('does not hang on receipts, and tells worlds apart', async () => {
      const told = [
        ran(minute(1), { run: 'r', reads: [a], writes: [b] }),
        ran(minute(2), { run: 's', reads: [b], writes: [c] }),
      ]
      await using one = new FedStore(kind)
      await using other = new FedStore(kind)
      await using less = new FedStore(kind)
      await one.tell(...told)
      await other.tell(...told.toReversed(), ...told)
      await less.tell(...told.slice(1))
      expect(await other.store.digest()).toBe(await one.store.digest())
      expect(await less.store.digest()).not.toBe(await one.store.digest())
    })

    test('is over what no translator knows, and not over tallies', async () => {
      await using empty = new FedStore(kind)
      await using fed = new FedStore(kind)
      const at = minute(1)
      const tallied = { kind: 'tally', at, source: 'trail', name: 'a', count: 1 } as const
      await fed.tell({ kind: 'tally', at, facts: [tallied] })
      expect(await fed.store.digest()).toBe(await empty.store.digest())
      const unknown = event(at, [{ kind: 'unknown', at, name: 'a' }])
      await fed.tell(unknown)
      expect(await fed.store.digest()).not.toBe(await empty.store.digest())
      await fed.tell(retraction([unknown], minute(0)))
      expect(await fed.store.digest()).toBe(await empty.store.digest())
    })
  })
}

function stepOf(cluster: string, step: string): JobName {
  const namespace = 'arn:aws:elasticmapreduce:us-east-1:123456789012'
  return { namespace, name: `${cluster}/${step}` }
}

function runOfStep(run: string, step: JobName, at: Micros): Fact {
  return { kind: 'run', at, run, job: step, event: 'OTHER', continuous: false }
}

function ranStep(run: string, step: JobName, from: DatasetName, to: DatasetName): Told {
  const at = minute(7)
  return event(at, [
    runOfStep(run, step, at),
    touched(at, from),
    touched(at, to),
    { kind: 'io', at, run, part: '', side: 'reads', dataset: from },
    { kind: 'io', at, run, part: '', side: 'writes', dataset: to },
  ])
}

function untoldOf(of: Readonly<{ run: string } | { job: JobName }>, at: Micros): Fact {
  const code = 'COMMAND_REDACTED'
  return { kind: 'problem', at, code, path: '/steps/0', reason: 'hidden', names: [], of }
}
