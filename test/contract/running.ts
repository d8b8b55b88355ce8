import type { Fact, FlowId, JobName, Micros } from '../../src/model/index.ts'
import type { StoreKind } from './stores.ts'
import type { RunTold } from './told.ts'
import { describe, expect, test } from 'vitest'
import { jobIdOf, runIdOf } from '../../src/model/index.ts'
import { all, flowsOf, ids, nodesOf, oneByOne, onlyFlow, steps } from './asking.ts'
import { FedStore } from './stores.ts'
import { decision, event, job, lake, minute, ran } from './told.ts'

const [a, b, c] = [lake('a'), lake('b'), lake('c')]

/** Runs, the flows of jobs, and their times. */
export function runningContract(kind: StoreKind): void {
  describe('a run', () => {
    test('is what all its events say, whatever their order', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(9), { run: 'r', type: 'COMPLETE', writes: [b] }),
        ran(minute(8), { run: 'r', type: 'FAIL' }),
        ran(minute(2), { run: 'r', type: 'START', reads: [a] }, [
          { kind: 'parent', at: minute(2), run: 'r', parent: 'dag', parentJob: job('dag') },
        ]),
      )
      expect(await fed.store.runByRunId('r')).toEqual({
        id: runIdOf('r'),
        runId: 'r',
        job: jobIdOf(job('j')),
        state: 'FAILED',
        startedAt: minute(2),
        endedAt: minute(9),
        parent: runIdOf('dag'),
      })
      expect(await fed.store.runByRunId('R')).toBeUndefined()
      expect([...(await fed.store.runsById([runIdOf('r'), runIdOf('x')])).keys()]).toEqual([
        runIdOf('r'),
      ])
    })

    test('that only its children know has the job that they call it', async () => {
      await using fed = new FedStore(kind)
      const at = minute(2)
      const parent: Fact = { kind: 'parent', at, run: 'r', parent: 'dag', parentJob: job('dag') }
      await fed.tell(ran(at, { run: 'r' }, [parent]))
      expect(await fed.store.runByRunId('dag')).toMatchObject({
        job: jobIdOf(job('dag')),
        state: 'UNKNOWN',
        startedAt: undefined,
      })
    })

    test('belongs to the longest name, by a slash in AWS and by a dot elsewhere', async () => {
      await using fed = new FedStore(kind)
      const aws = 'arn:aws:emr-serverless:eu-west-1:1'
      const named = (at: Micros, run: string, of: JobName): Fact => {
        return { kind: 'run', at, run, job: of, event: 'OTHER', continuous: false }
      }
      const [long, short] = ['application/1/curate', 'application/1']
      await fed.tell(
        event(minute(1), [named(minute(1), 'in-aws', { namespace: aws, name: long })]),
        event(minute(2), [named(minute(2), 'in-aws', { namespace: aws, name: short })]),
        event(minute(1), [named(minute(1), 'elsewhere', job(long))]),
        event(minute(2), [named(minute(2), 'elsewhere', job(short))]),
      )
      const jobOf = async (run: string) => (await fed.store.runByRunId(run))?.job
      expect(await jobOf('in-aws')).toBe(jobIdOf({ namespace: aws, name: long }))
      expect(await jobOf('elsewhere')).toBe(jobIdOf(job(short)))
    })

    test('belongs to the job that was named last, also when that came twice', async () => {
      await using fed = new FedStore(kind)
      const as = (at: Micros, name: string, more: Partial<RunTold> = {}) =>
        ran(at, { run: 'r', job: name, type: 'START', ...more })
      await fed.tell(
        as(minute(1), 'one', { writes: [a] }),
        as(minute(5), 'two'),
        as(minute(9), 'one'),
      )
      expect((await fed.store.runByRunId('r'))?.job).toBe(jobIdOf(job('one')))
      expect(await flowsOf(fed.store, 'one')).toHaveLength(1)
      expect(await flowsOf(fed.store, 'two')).toEqual([])
      const then = await steps(fed.store, a, 'UPSTREAM', { asOf: minute(7) })
      const flows = then.map(({ flow }) => flow)
      const records = await fed.store.flows(flows, minute(7))
      expect(records.map((record) => record.job)).toEqual([jobIdOf(job('two'))])
    })

    test('of a job is listed newest start first, each once', async () => {
      await using fed = new FedStore(kind)
      const streaming = (at: Micros, type: 'START' | 'COMPLETE') =>
        ran(at, { run: 'stream', type, continuous: true, reads: [a] })
      await fed.tell(
        ran(minute(3), { run: 'later', reads: [a] }),
        ran(minute(1), { run: 'earlier', reads: [a] }),
        streaming(minute(2), 'START'),
        streaming(minute(4), 'COMPLETE'),
        streaming(minute(6), 'START'),
      )
      const ask = async (page = all) => await fed.store.jobRuns(jobIdOf(job('j')), page)
      expect(nodesOf(await ask()).map(({ runId }) => runId)).toEqual(['later', 'stream', 'earlier'])
      const pages = await oneByOne((page) => ask(page))
      expect(pages.map(({ runId }) => runId)).toEqual(['later', 'stream', 'earlier'])
      const flow = await onlyFlow(fed.store)
      const ofFlow = nodesOf(await fed.store.flowRuns([flow], undefined, all))
      expect(ofFlow.map(({ runId }) => runId).toSorted()).toEqual(['earlier', 'later', 'stream'])
      const then = nodesOf(await fed.store.flowRuns([flow], minute(1), all))
      expect(then.map(({ runId }) => runId)).toEqual(['earlier'])
    })
  })

  describe('the flows of a job', () => {
    test('are its own, or else those of the jobs that ran as parts of it', async () => {
      await using fed = new FedStore(kind)
      const at = minute(1)
      const parts: readonly Fact[] = [
        { kind: 'job', at, job: job('task'), parent: job('dag') },
        { kind: 'job', at, job: job('dag'), parent: job('all') },
      ]
      await fed.tell(ran(at, { run: 'r', job: 'task', reads: [a] }), event(at, parts))
      const [flow] = await flowsOf(fed.store, 'task')
      expect(await flowsOf(fed.store, 'dag')).toEqual([flow])
      expect(await flowsOf(fed.store, 'all')).toEqual([flow])
      await fed.tell(ran(minute(2), { run: 's', job: 'dag', writes: [b] }))
      expect((await flowsOf(fed.store, 'dag')).map(({ outputs }) => outputs)).toEqual([ids(b)])
    })

    test('that differ in names of the same datasets alone are one, and any id leads to it', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(1), { run: 'r', reads: [a], writes: [c] }),
        ran(minute(2), { run: 's', reads: [b], writes: [c] }),
      )
      const apart = await flowsOf(fed.store)
      expect(apart).toHaveLength(2)
      const at = minute(3)
      await fed.tell(decision(at, [{ kind: 'join', at, name: a, with: b, reason: 'one' }]))
      const [one, ...more] = await flowsOf(fed.store)
      expect(more).toEqual([])
      const stored = apart.map(({ id }) => id).toSorted()
      expect(one).toMatchObject({
        id: stored[0],
        stored,
        inputs: ids(a),
        firstSeen: minute(1),
        lastSeen: minute(2),
      })
      for (const id of stored) expect(await fed.store.flows([id], undefined)).toEqual([one])
      expect(await fed.store.flows(stored, undefined)).toEqual([one])
      expect(await oneByOne((page) => fed.store.jobFlows(jobIdOf(job('j')), page))).toEqual([one])
    })

    test('leave unknown ids out', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(ran(minute(1), { run: 'r', reads: [a] }))
      const flow = await onlyFlow(fed.store)
      const unknown = `${flow.slice(0, -1)}${flow.endsWith('A') ? 'B' : 'A'}` as FlowId
      expect(await fed.store.flows([unknown], undefined)).toEqual([])
      expect(await fed.store.flowActive([unknown], undefined, 9)).toEqual([])
      expect(await fed.store.columnEdges([unknown], undefined)).toEqual([])
    })

    test('are those that are shown: what a run first seemed to be is gone', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(1), { run: 'r', type: 'START', reads: [a] }),
        ran(minute(9), { run: 'r', reads: [a], writes: [b] }),
      )
      expect((await flowsOf(fed.store)).map(({ outputs }) => outputs)).toEqual([ids(b)])
      const then = await steps(fed.store, a, 'DOWNSTREAM', { asOf: minute(5) })
      expect(then.map(({ to }) => to)).toEqual([[]])
      const now = await steps(fed.store, a, 'DOWNSTREAM')
      expect(now.map(({ to }) => to)).toEqual([ids(b)])
    })
  })

  describe('the times of a flow', () => {
    test('are its runs merged, oldest first, at most so many', async () => {
      await using fed = new FedStore(kind)
      const run = (name: string, from: number, until: number) => [
        ran(minute(from), { run: name, type: 'START', reads: [a] }),
        ran(minute(until), { run: name, type: 'COMPLETE', reads: [a] }),
      ]
      await fed.tell(...run('x', 1, 3), ...run('y', 2, 5), ...run('z', 8, 9))
      const flow = await onlyFlow(fed.store)
      const merged = [
        { from: minute(1), until: minute(5) },
        { from: minute(8), until: minute(9) },
      ]
      expect(await fed.store.flowActive([flow], undefined, 9)).toEqual(merged)
      expect(await fed.store.flowActive([flow], undefined, 1)).toEqual(merged.slice(0, 1))
    })

    test('are what was known of them at that moment', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(2), { run: 'r', type: 'OTHER', reads: [a] }),
        ran(minute(4), { run: 'r', type: 'START' }),
        ran(minute(6), { run: 'r', type: 'COMPLETE' }),
        ran(minute(8), { run: 'r', type: 'COMPLETE' }),
      )
      const flow = await onlyFlow(fed.store)
      const at = async (moment: number) =>
        (await fed.store.flowActive([flow], minute(moment), 9)).map(({ from, until }) => [
          from,
          until,
        ])
      expect(await at(3)).toEqual([[minute(2), undefined]])
      expect(await at(5)).toEqual([[minute(4), undefined]])
      expect(await at(7)).toEqual([[minute(4), minute(6)]])
      expect(await at(9)).toEqual([[minute(4), minute(8)]])
      expect(await at(1)).toEqual([])
    })

    test('of a run whose start was sent again after its end begin no later than they end', async () => {
      await using fed = new FedStore(kind)
      await fed.tell(
        ran(minute(4), { run: 'r', type: 'COMPLETE', reads: [a] }),
        ran(minute(6), { run: 'r', type: 'START', reads: [a] }),
      )
      const flow = await onlyFlow(fed.store)
      expect(await fed.store.flowActive([flow], undefined, 9)).toEqual([
        { from: minute(4), until: minute(4) },
      ])
    })
  })
}
