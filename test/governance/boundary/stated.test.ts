import type { StatementRecord } from '../../../src/graph/index.ts'
import type { EntryKey, Statement } from '../../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { boundariesOf, policiesOf } from '../../../src/governance/boundary/stated.ts'
import { micros } from '../../../src/model/index.ts'

const stated = (...statements: readonly Statement[]): readonly StatementRecord[] =>
  statements.map((statement, at) => ({
    at: micros(at),
    entry: `entry-${at}` as EntryKey,
    statement,
    by: { author: 'token', person: 'steward' },
  }))

const lake = (name: string): Statement => ({
  says: 'boundary',
  name,
  zone: 'PROTECTED',
  selectors: [{ namespace: 's3://lake' }],
})
const external = (name: string): Statement => ({
  says: 'boundary',
  name,
  zone: 'EXTERNAL',
  selectors: [{ namespace: 's3://lab' }],
})

describe('boundaries', () => {
  it('are as they were defined last, by name, with how often that was', () => {
    const statements = stated(lake('b'), lake('a'), external('b'))
    expect(boundariesOf(statements)).toEqual([
      { name: 'a', zone: 'PROTECTED', selectors: [{ namespace: 's3://lake' }], version: 1 },
      { name: 'b', zone: 'EXTERNAL', selectors: [{ namespace: 's3://lab' }], version: 2 },
    ])
  })

  it('that were removed are gone, and count on when they come back', () => {
    const gone: Statement = { says: 'noBoundary', name: 'a' }
    expect(boundariesOf(stated(lake('a'), gone))).toEqual([])
    expect(boundariesOf(stated(lake('a'), gone, lake('a')))).toMatchObject([{ version: 3 }])
  })

  it('are none where people spoke of something else', () => {
    const decision: Statement = { says: 'decision', finding: 'f', status: 'OPEN', reason: 'r' }
    expect(boundariesOf(stated(decision))).toEqual([])
  })
})

describe('policies', () => {
  const general = (name: string, ...statuses: readonly ('PHI' | 'PERSONAL')[]): Statement => ({
    says: 'policy',
    name,
    zone: 'GENERAL',
    statuses,
    mayCross: [{ job: 'load' }],
  })

  it('are the default ones, with version 0, where none is defined', () => {
    expect(policiesOf([]).map(({ name, zone, version }) => [name, zone, version])).toEqual([
      ['default-external', 'EXTERNAL', 0],
      ['default-general', 'GENERAL', 0],
      ['default-protected', 'PROTECTED', 0],
    ])
  })

  it('take the place of the default one of their zone', () => {
    const policies = policiesOf(stated(general('office', 'PHI'), general('office', 'PERSONAL')))
    expect(policies.map(({ name }) => name)).toEqual([
      'default-external',
      'default-protected',
      'office',
    ])
    expect(policies.at(-1)).toEqual({
      name: 'office',
      zone: 'GENERAL',
      statuses: ['PERSONAL'],
      mayCross: [{ job: 'load' }],
      version: 2,
    })
  })

  it('of a name that moved to another zone leave their old one to the default', () => {
    const moved: Statement = { ...(general('p', 'PHI') as object), zone: 'EXTERNAL' } as Statement
    expect(policiesOf(stated(general('p', 'PHI'), moved)).map(({ name }) => name)).toEqual([
      'default-general',
      'default-protected',
      'p',
    ])
  })
})
