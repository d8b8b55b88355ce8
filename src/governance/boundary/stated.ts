import type { StatementRecord } from '../../graph/index.ts'
import type { Statement } from '../../model/index.ts'
import type { Boundary, Policy } from '../port.ts'
import { compareCodePoints } from '../../model/index.ts'
import { withDefaultPolicies } from './policy.ts'

type OfBoundary = Extract<Statement, { says: 'boundary' | 'noBoundary' }>
type OfPolicy = Extract<Statement, { says: 'policy' }>

/** The latest statement of a name, and how many there were. */
type Latest<Said> = Readonly<{ statement: Said; version: number }>

/**
 * The boundaries that people defined and did not remove, by name; the latest of each name holds.
 * Statements come by time, as `GraphReader.statements` gives them.
 */
export function boundariesOf(statements: readonly StatementRecord[]): readonly Boundary[] {
  return [...latestBoundaries(statements).values()]
    .flatMap(({ statement, version }) => {
      if (statement.says === 'noBoundary') return []
      const { name, zone, selectors } = statement
      return [{ name, zone, selectors, version }]
    })
    .toSorted(byName)
}

/**
 * The policies that hold: the latest of each name, and `default-general` and its like (version 0)
 * for each zone that has none. By name; statements as for `boundariesOf`.
 */
export function policiesOf(statements: readonly StatementRecord[]): readonly Policy[] {
  const defined = [...latestPolicies(statements).values()].map(({ statement, version }) => {
    const { name, zone, statuses, mayCross } = statement
    return { name, zone, statuses, mayCross, version }
  })
  return withDefaultPolicies(defined).toSorted(byName)
}

function latestBoundaries(
  statements: readonly StatementRecord[],
): ReadonlyMap<string, Latest<OfBoundary>> {
  return latestOf(statements, (statement) =>
    statement.says === 'boundary' || statement.says === 'noBoundary' ? statement : undefined,
  )
}

function latestPolicies(
  statements: readonly StatementRecord[],
): ReadonlyMap<string, Latest<OfPolicy>> {
  return latestOf(statements, (statement) => (statement.says === 'policy' ? statement : undefined))
}

function latestOf<Said extends Readonly<{ name: string }>>(
  statements: readonly StatementRecord[],
  pick: (statement: Statement) => Said | undefined,
): ReadonlyMap<string, Latest<Said>> {
  const latest = new Map<string, Latest<Said>>()
  for (const { statement } of statements) {
    const said = pick(statement)
    if (said === undefined) continue
    const version = (latest.get(said.name)?.version ?? 0) + 1
    latest.set(said.name, { statement: said, version })
  }
  return latest
}

function byName(a: Readonly<{ name: string }>, b: Readonly<{ name: string }>): number {
  return compareCodePoints(a.name, b.name)
}
