import type { Policy } from '../../../src/governance/index.ts'
import type { DatasetStatus, Selector, Zone } from '../../../src/model/index.ts'
import { describe, expect, it, test } from 'vitest'
import { isAllowed, mayCross } from '../../../src/governance/boundary/policy.ts'
import { isMoreExposed } from '../../../src/governance/boundary/zone-order.ts'
import { policiesOf } from '../../../src/governance/boundary/stated.ts'
import { datasetStatuses, zones } from '../../../src/model/index.ts'

const policy = (name: string, zone: Zone, ...statuses: readonly DatasetStatus[]): Policy => ({
  name,
  zone,
  statuses,
  mayCross: [],
  version: 1,
})
const allowedIn = (zone: Zone, policies: readonly Policy[]): readonly DatasetStatus[] =>
  datasetStatuses.filter((status) => isAllowed({ status, zone, policies }))

test('while nobody defined another, the default policy holds', () => {
  for (const policies of [[], policiesOf([])]) {
    expect(allowedIn('PROTECTED', policies)).toEqual(datasetStatuses)
    expect(allowedIn('GENERAL', policies)).toEqual([
      'UNKNOWN',
      'NOT_PERSONAL',
      'PERSONAL',
      'DEIDENTIFIED',
    ])
    expect(allowedIn('EXTERNAL', policies)).toEqual(['NOT_PERSONAL', 'DEIDENTIFIED'])
  }
})

test('a policy holds for its zone alone, and of two the stricter', () => {
  const policies = [
    policy('a', 'GENERAL', 'NOT_PERSONAL', 'PERSONAL', 'PHI_LIMITED'),
    policy('b', 'GENERAL', 'PERSONAL', 'PHI_LIMITED', 'PHI'),
  ]
  expect(allowedIn('GENERAL', policies)).toEqual(['PERSONAL', 'PHI_LIMITED'])
  expect(allowedIn('EXTERNAL', policies)).toEqual(['NOT_PERSONAL', 'DEIDENTIFIED'])
  expect(allowedIn('GENERAL', [policy('none', 'GENERAL')])).toEqual([])
})

test('protected, general and external are more exposed one by one', () => {
  const pairs = zones.flatMap((from) =>
    zones.filter((to) => isMoreExposed(from, to)).map((to) => `${from} ${to}`),
  )
  expect(pairs).toEqual(['PROTECTED GENERAL', 'PROTECTED EXTERNAL', 'GENERAL EXTERNAL'])
})

describe('who may cross', () => {
  const load = { namespace: 'arn:aws:glue:us-east-1:111122223333', name: 'job/load' }
  const role = 'arn:aws:iam::444455556666:role/etl/nightly'
  const lets = (...selectors: readonly Selector[]): boolean =>
    mayCross({ job: load, principal: role }, { ...policy('p', 'GENERAL'), mayCross: selectors })

  it('is nobody while no selector says so', () => {
    expect(lets()).toBe(false)
  })

  test.each<[boolean, Selector]>([
    [true, { job: 'job/load' }],
    [true, { job: 'job/*', principal: '**/etl/*' }],
    [true, { namespace: 'arn:aws:glue:*', job: '**' }],
    [true, { namespace: 'arn:aws:glue:*', account: '111122223333' }],
    [true, { principal: 'arn:aws:iam::*:role/etl/*' }],
    [true, { principal: '**', account: '444455556666' }],
    [false, { job: 'job/*', account: '444455556666' }],
    [false, { principal: '**', account: '111122223333' }],
    [false, { job: 'job/load', principal: 'anonymous' }],
    [false, { job: '*' }],
    // None of these says who.
    [false, { account: '**' }],
    [false, { name: '**' }],
    [false, { job: '**', name: '**' }],
    [false, { job: '**', tag: { key: '**' } }],
    [false, {}],
  ])('%s: %j', (expected, selector) => {
    expect(lets(selector)).toBe(expected)
    expect(lets({ job: 'another' }, selector)).toBe(expected)
  })

  it('is not whom nobody knows', () => {
    const open = { ...policy('p', 'GENERAL'), mayCross: [{ job: '**' }, { principal: '**' }] }
    expect(mayCross({ job: undefined, principal: undefined }, open)).toBe(false)
    expect(mayCross({ job: undefined, principal: role }, open)).toBe(true)
  })
})
