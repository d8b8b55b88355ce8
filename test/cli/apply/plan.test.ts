import type { Standing } from '../../../src/cli/apply/plan.ts'
import type { Wanted } from '../../../src/cli/apply/boundary-file.ts'
import type { Boundary, Policy } from '../../../src/governance/index.ts'
import type { DatasetStatus, Selector, Zone } from '../../../src/model/index.ts'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { planOf } from '../../../src/cli/apply/plan.ts'
import { changeLines, restLines, summaryLine } from '../../../src/cli/apply/plan-text.ts'
import { checkBoundary } from '../../../src/governance/index.ts'
import { policiesOf } from '../../../src/governance/boundary/stated.ts'
import { LinewardError } from '../../../src/errors.ts'

const [x, y, z]: readonly Selector[] = [{ job: 'x' }, { namespace: 's3://lake' }, { account: '1*' }]
const boundary = (name: string, zone: Zone, ...selectors: readonly (Selector | undefined)[]) => ({
  name,
  zone,
  selectors: selectors.filter((one) => one !== undefined),
  version: 3,
})
const policy = (name: string, zone: Zone, ...statuses: readonly DatasetStatus[]): Policy => ({
  name,
  zone,
  statuses,
  mayCross: [],
  version: 1,
})
const wanted = (boundaries?: readonly Boundary[], policies?: readonly Policy[]): Wanted => ({
  boundaries,
  policies,
})
const standing = (
  boundaries: readonly Boundary[] = [],
  policies: readonly Policy[] = [],
): Standing => ({ boundaries, policies: [...policies, ...policiesOf([])] })

const stays = { prune: false }
const goes = { prune: true }
const words = (plan: ReturnType<typeof planOf>): readonly string[] =>
  plan.changes.map(({ does, kind, name }) => `${does} ${kind} ${name}`)

describe('a plan', () => {
  it('creates, updates and leaves', () => {
    const plan = planOf(
      wanted(
        [boundary('new', 'GENERAL', x), boundary('same', 'PROTECTED', z, y)],
        [policy('office', 'GENERAL', 'PERSONAL'), policy('out', 'EXTERNAL', 'DEIDENTIFIED')],
      ),
      standing(
        [boundary('same', 'PROTECTED', y, z), boundary('old', 'EXTERNAL', { job: 'old' })],
        [policy('office', 'GENERAL', 'PHI')],
      ),
      stays,
    )
    expect(words(plan)).toEqual([
      'create boundary new',
      'update policy office',
      'create policy out',
    ])
    expect(plan.unchanged).toEqual([{ kind: 'boundary', name: 'same' }])
    expect(plan.kept).toEqual([{ kind: 'boundary', name: 'old' }])
  })

  it('takes another spelling of a selector for the same', () => {
    const plan = planOf(
      wanted([boundary('b', 'GENERAL', { namespace: 's3a://lake/' })]),
      standing([boundary('b', 'GENERAL', y)]),
      stays,
    )
    expect(words(plan)).toEqual([])
  })

  it('removes with prune, and last', () => {
    const plan = planOf(
      wanted([boundary('new', 'GENERAL', x)]),
      standing([boundary('old', 'EXTERNAL', y)]),
      goes,
    )
    expect(words(plan)).toEqual(['create boundary new', 'remove boundary old'])
  })

  it('leaves everything of which the file does not speak, with prune too', () => {
    const all = standing([boundary('old', 'EXTERNAL', y)], [policy('office', 'GENERAL', 'PHI')])
    expect(planOf(wanted(undefined, []), all, goes)).toEqual({
      changes: [],
      unchanged: [],
      kept: [{ kind: 'policy', name: 'office' }],
    })
    expect(words(planOf(wanted([]), all, goes))).toEqual(['remove boundary old'])
  })

  it('lets a selector leave one boundary before it comes into another', () => {
    const plan = planOf(
      wanted([boundary('a', 'GENERAL', x, y), boundary('b', 'PROTECTED', z)]),
      standing([
        boundary('a', 'GENERAL', x),
        boundary('b', 'PROTECTED', y),
        boundary('c', 'EXTERNAL', z),
      ]),
      goes,
    )
    expect(words(plan)).toEqual(['remove boundary c', 'update boundary b', 'update boundary a'])
  })

  it('is refused where a boundary that stays has the selector', () => {
    const plan = () =>
      planOf(
        wanted([boundary('new', 'GENERAL', x)]),
        standing([boundary('old', 'GENERAL', x)]),
        stays,
      )
    expect(plan).toThrow(
      'The boundaries new and old have the same selector (job x); take it out of one of them, or make one of the two more specific; old stands at the server and the file does not have it (--prune removes it)',
    )
  })

  it('is refused where two boundaries would exchange a selector', () => {
    const plan = () =>
      planOf(
        wanted([boundary('a', 'GENERAL', y), boundary('b', 'GENERAL', x)]),
        standing([boundary('a', 'GENERAL', x), boundary('b', 'GENERAL', y)]),
        stays,
      )
    expect(plan).toThrow('in no order both can change: apply one of the changes first')
  })

  it('is refused where the zone has a policy of another name', () => {
    const plan = () =>
      planOf(
        wanted(undefined, [policy('new', 'GENERAL', 'PHI')]),
        standing([], [policy('office', 'GENERAL', 'PHI')]),
        stays,
      )
    expect(plan).toThrow('office stands at the server and the file does not have it')
    expect(plan).toThrow(LinewardError)
  })

  it('is told like this', () => {
    const plan = planOf(
      wanted(
        [boundary('new', 'GENERAL', x), boundary('lab', 'EXTERNAL', y, z)],
        [{ ...policy('office', 'GENERAL', 'PERSONAL'), mayCross: [{ job: 'deid' }] }],
      ),
      standing(
        [boundary('lab', 'GENERAL', y, { vpc: 'v' }), boundary('old', 'GENERAL', { job: 'old' })],
        [policy('office', 'GENERAL', 'PHI')],
      ),
      stays,
    )
    expect(plan.changes.flatMap(changeLines)).toEqual([
      'create boundary new (GENERAL)',
      '  + job x',
      'update boundary lab (GENERAL -> EXTERNAL)',
      '  + account 1*',
      '  - vpc v',
      'update policy office (GENERAL)',
      '  + status PERSONAL',
      '  + may cross: job deid',
      '  - status PHI',
    ])
    expect(restLines(plan)).toEqual([
      'kept boundary old: it is not in the file (--prune removes it)',
    ])
    expect(summaryLine(plan, 'to do')).toBe('1 to create, 2 to update, 0 to remove, 0 unchanged')
    expect(summaryLine(plan, 'done')).toBe('1 created, 2 updated, 0 removed, 0 unchanged')
  })
})

test('a plan once made leaves nothing to do, and no step of it is refused', () => {
  const selectors: readonly Selector[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((job) => ({ job }))
  /** Each selector in one boundary at most. */
  const boundaries = fc
    .array(fc.constantFrom('', 'p', 'q', 'r', 's'), { minLength: 6, maxLength: 6 })
    .map((owners) =>
      ['p', 'q', 'r', 's'].flatMap((name) => {
        const own = selectors.filter((_, at) => owners[at] === name)
        return own.length === 0 ? [] : [boundary(name, 'GENERAL', ...own)]
      }),
    )
  let planned = 0
  const check = fc.property(boundaries, boundaries, (now, then) => {
    let stand: readonly Boundary[] = now
    try {
      for (const change of planOf(wanted(then), standing(now), goes).changes) {
        if (change.kind !== 'boundary') throw new Error('no policy was wanted')
        const rest = stand.filter(({ name }) => name !== change.name)
        if (change.does !== 'remove') checkBoundary(change.after, stand)
        stand = change.does === 'remove' ? rest : [...rest, { ...change.after, version: 4 }]
      }
    } catch (error) {
      expect(error).toBeInstanceOf(LinewardError)
      expect((error as Error).message).toContain('in no order both can change')
      return
    }
    planned += 1
    expect(planOf(wanted(then), standing(stand), goes).changes).toEqual([])
  })
  fc.assert(check, { numRuns: 2000, seed: 8 })
  expect(planned).toBeGreaterThan(1000)
})
