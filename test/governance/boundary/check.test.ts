import type { Boundary, Policy } from '../../../src/governance/index.ts'
import type { DatasetStatus, Selector } from '../../../src/model/index.ts'
import { describe, expect, it, test } from 'vitest'
import { checkBoundary, checkPolicy, checkVersion } from '../../../src/governance/index.ts'
import { boundary } from './boundaries.ts'

/** The code and words with which it is refused. */
function refusal(check: () => void): string {
  try {
    check()
  } catch (error) {
    return error instanceof Error && 'code' in error ? `${error.code}: ${error.message}` : 'other'
  }
  return 'taken'
}

const lake = boundary('lake', 'PROTECTED', { namespace: 's3://lake', name: 'safe/**' })
const define = (selectors: readonly Selector[], standing: readonly Boundary[] = []): string =>
  refusal(() => checkBoundary({ name: 'new', zone: 'GENERAL', selectors }, standing))

describe('a boundary', () => {
  test.each<Selector>([
    { namespace: '**' },
    { namespace: 's3://lake', name: 'safe/*' },
    { account: '111122223333', region: 'us-*', vpc: 'vpc-1', tag: { key: 'a', value: 'b' } },
    { job: '**', namespace: 'etl', tag: { key: 'nightly' } },
    { principal: '**', account: '1*' },
    { name: 'x'.repeat(500) },
  ])('is taken with %j', (selector) => {
    expect(define([selector], [lake])).toBe('taken')
  })

  test.each<[string, readonly Selector[]]>([
    ['has no selector; give one', []],
    ['asks for nothing, and would match everything; give at least one of name, job', [{}]],
    ['The selector 2 of the boundary new asks for nothing', [{ job: 'x' }, {}]],
    ['has name with nothing in it; leave it out, or write **', [{ name: '' }]],
    ['has name of over 500 characters; write a shorter pattern', [{ name: 'x'.repeat(501) }]],
    ['characters that no name has; take them out', [{ name: 'a\u0000b' }]],
    ['characters that no name has; take them out', [{ name: 'a\uD800' }]],
    ['asks for name and job at once, and nothing has both; write two', [{ name: 'x', job: 'y' }]],
    ['asks for namespace and principal at once', [{ namespace: 'x', principal: 'y' }]],
    ['has tag with an empty key or value', [{ tag: { key: '', value: 'x' } }]],
    ['has tag with an empty key or value', [{ tag: { key: 'x', value: '' } }]],
    ['has account of 11 digits, and an account of AWS has 12', [{ account: '12345678901' }]],
    ['over 1000 selectors', Array.from({ length: 1001 }, (_, at) => ({ name: String(at) }))],
  ])('is refused: %s', (words, selectors) => {
    expect(define(selectors)).toContain('ARGUMENT_INVALID')
    expect(define(selectors)).toContain(words)
  })

  test.each<[Selector]>([
    [{ namespace: 's3://lake', name: 'safe/**' }],
    [{ namespace: 's3a://lake/', name: 'safe/**' }],
  ])('is refused with the selector of another, also in another spelling: %j', (selector) => {
    expect(define([{ job: 'x' }, selector], [lake])).toBe(
      'SELECTOR_TIED: The boundaries new and lake have the same selector (namespace s3://lake, name safe/**); take it out of one of them, or make one of the two more specific',
    )
  })

  it('may be defined anew with what it has', () => {
    expect(refusal(() => checkBoundary(lake, [lake]))).toBe('taken')
  })

  test.each(['', ' x', 'x ', 'x\ny', 'x\u202Ey', 'x'.repeat(201)])(
    'is refused by the name %j',
    (name) => {
      const check = () => checkBoundary({ ...lake, name }, [])
      expect(refusal(check)).toContain('ARGUMENT_INVALID: A boundary needs a name of 1 to 200')
    },
  )

  it('is refused in a zone that is none', () => {
    const check = () => checkBoundary({ ...lake, zone: 'SECRET' as 'GENERAL' }, [])
    expect(refusal(check)).toContain('A zone is one of PROTECTED, GENERAL, EXTERNAL')
  })
})

describe('a policy', () => {
  const office: Policy = {
    name: 'office',
    zone: 'GENERAL',
    statuses: ['PERSONAL'],
    mayCross: [{ job: 'load' }],
    version: 1,
  }

  it('is taken in the place of a default one, and of itself', () => {
    expect(refusal(() => checkPolicy(office, [office]))).toBe('taken')
    const standing = { ...office, name: 'default-general', version: 0 }
    expect(refusal(() => checkPolicy(office, [standing]))).toBe('taken')
  })

  it('is refused beside another one of its zone', () => {
    expect(refusal(() => checkPolicy({ ...office, name: 'lab' }, [office]))).toBe(
      'POLICY_CONTRADICTED: The zone GENERAL has the policy office already, and one zone has one policy; define office anew instead of lab',
    )
  })

  it('is refused with a status that is none', () => {
    const statuses: readonly DatasetStatus[] = ['PERSONAL', 'SECRET' as 'PHI']
    expect(refusal(() => checkPolicy({ ...office, statuses }, []))).toContain(
      'ARGUMENT_INVALID: The policy office allows SECRET, which is no status; there are UNKNOWN,',
    )
  })

  test.each<[string, Selector]>([
    ['asks for name, which says nothing of who moves data', { name: 'x' }],
    ['asks for tag', { job: 'x', tag: { key: 'y' } }],
    ['asks for vpc', { vpc: 'x' }],
    ['says neither which job (job, namespace) nor which principal', { account: '111122223333' }],
    ['says neither', {}],
    ['has job with nothing in it', { job: '' }],
  ])('is refused when who may cross %s', (words, selector) => {
    const check = () => checkPolicy({ ...office, mayCross: [{ job: 'x' }, selector] }, [])
    expect(refusal(check)).toContain(`The selector 2 of the policy office ${words}`)
  })
})

describe('a version', () => {
  it.each<[string, number | undefined, number | undefined]>([
    ['taken', undefined, undefined],
    ['taken', 3, undefined],
    ['taken', 3, 3],
    ['taken', undefined, 0],
    ['CONFLICT: The boundary b has version 3, not version 2; look', 3, 2],
    ['CONFLICT: The boundary b has version 3, not version 0; look', 3, 0],
    ['CONFLICT: The boundary b is not defined, not version 2; look', undefined, 2],
  ])('%s: there is %j, expected is %j', (words, version, expected) => {
    const stands = version === undefined ? undefined : { version }
    expect(refusal(() => checkVersion('boundary b', stands, expected))).toContain(words)
  })
})
