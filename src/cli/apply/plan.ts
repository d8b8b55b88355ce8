import type { Boundary, Policy } from '../../governance/index.ts'
import type { Selector } from '../../model/index.ts'
import type { Wanted, WantedBoundary, WantedPolicy } from './boundary-file.ts'
import { LinewardError } from '../../errors.ts'
import {
  canonicalSelector,
  checkBoundary,
  checkPolicy,
  selectorText,
} from '../../governance/index.ts'

/** What there is at the server. */
export type Standing = Readonly<{
  boundaries: readonly Boundary[]
  policies: readonly Policy[]
}>

/** One change to be made; `before` is absent where nothing is there yet. */
export type Change = Readonly<
  | { kind: 'boundary'; does: 'create'; name: string; after: WantedBoundary }
  | { kind: 'boundary'; does: 'update'; name: string; before: Boundary; after: WantedBoundary }
  | { kind: 'boundary'; does: 'remove'; name: string; before: Boundary }
  | { kind: 'policy'; does: 'create'; name: string; after: WantedPolicy }
  | { kind: 'policy'; does: 'update'; name: string; before: Policy; after: WantedPolicy }
>

type Named = Readonly<{ kind: 'boundary' | 'policy'; name: string }>

export type Plan = Readonly<{
  /** In an order in which none is refused. */
  changes: readonly Change[]
  /** What is as the file wants it. */
  unchanged: readonly Named[]
  /** What the file does not have and what stays. */
  kept: readonly Named[]
}>

/**
 * What has to change so that what the file speaks of stands as it says. What it does not have stays,
 * or with `prune` goes: boundaries, where the file speaks of boundaries at all. A policy that a file
 * does not have always stays, for policies cannot be removed. Applied, it has no changes left.
 *
 * @throws LinewardError SELECTOR_TIED, POLICY_CONTRADICTED where what stays is in the way.
 */
export function planOf(
  { boundaries, policies }: Wanted,
  standing: Standing,
  { prune }: Readonly<{ prune: boolean }>,
): Plan {
  const unchanged: Named[] = []
  const changes: Change[] = []
  for (const after of boundaries ?? []) {
    const before = standing.boundaries.find(({ name }) => name === after.name)
    const { name } = after
    if (before === undefined) changes.push({ kind: 'boundary', does: 'create', name, after })
    else if (sameBoundary(before, after)) unchanged.push({ kind: 'boundary', name })
    else changes.push({ kind: 'boundary', does: 'update', name, before, after })
  }
  const kept: Named[] = []
  for (const before of standing.boundaries) {
    const { name } = before
    if (boundaries === undefined || boundaries.some((one) => one.name === name)) continue
    if (prune) changes.push({ kind: 'boundary', does: 'remove', name, before })
    else kept.push({ kind: 'boundary', name })
  }
  const defined = standing.policies.filter(({ version }) => version > 0)
  for (const after of policies ?? []) {
    const before = defined.find(({ name }) => name === after.name)
    const { name } = after
    if (before === undefined) changes.push({ kind: 'policy', does: 'create', name, after })
    else if (samePolicy(before, after)) unchanged.push({ kind: 'policy', name })
    else changes.push({ kind: 'policy', does: 'update', name, before, after })
  }
  for (const { name } of policies === undefined ? [] : defined) {
    if (!policies?.some((one) => one.name === name)) kept.push({ kind: 'policy', name })
  }
  return { changes: inOrder(changes, { ...standing, policies: defined }), unchanged, kept }
}

/**
 * One after the other, each when nothing is in its way any more; so a selector leaves one boundary
 * before it comes into another. What goes away goes last where it can.
 */
function inOrder(changes: readonly Change[], standing: Standing): readonly Change[] {
  const ordered: Change[] = []
  const waiting = [...changes].toSorted((a, b) => rank(a) - rank(b))
  let now = standing
  while (waiting.length > 0) {
    const at = waiting.findIndex((change) => hindrance(change, now) === undefined)
    const [change] = waiting.splice(Math.max(at, 0), 1)
    if (change === undefined) break
    if (at === -1) throw stuck(hindrance(change, now), waiting)
    ordered.push(change)
    now = made(change, now)
  }
  return ordered
}

function rank({ does }: Change): number {
  return does === 'remove' ? 1 : 0
}

function hindrance(change: Change, { boundaries, policies }: Standing): LinewardError | undefined {
  if (change.does === 'remove') return undefined
  try {
    if (change.kind === 'boundary') checkBoundary(change.after, boundaries)
    else checkPolicy(change.after, policies)
    return undefined
  } catch (error) {
    if (error instanceof LinewardError) return error
    throw error
  }
}

function made(change: Change, { boundaries, policies }: Standing): Standing {
  const version = 1
  const others = boundaries.filter(({ name }) => name !== change.name)
  if (change.kind === 'policy') {
    const rest = policies.filter(({ name }) => name !== change.name)
    return { boundaries, policies: [...rest, { ...change.after, version }] }
  }
  return {
    boundaries: change.does === 'remove' ? others : [...others, { ...change.after, version }],
    policies,
  }
}

function stuck(error: LinewardError | undefined, waiting: readonly Change[]): LinewardError {
  const { code = 'ARGUMENT_INVALID', message = '', details = {} } = error ?? {}
  const other = details['other']
  const more = waiting.some(({ name }) => name === other)
    ? `the file gives ${String(other)} another one, and in no order both can change: apply one of the changes first`
    : `${String(other)} stands at the server and the file does not have it${code === 'SELECTOR_TIED' ? ' (--prune removes it)' : ''}`
  return new LinewardError(code, `${message}; ${more}`, { details, cause: error })
}

function sameBoundary(before: Boundary, after: WantedBoundary): boolean {
  return before.zone === after.zone && sameTexts(before.selectors, after.selectors)
}

function samePolicy(before: Policy, after: WantedPolicy): boolean {
  return (
    before.zone === after.zone &&
    sameSets(before.statuses, after.statuses) &&
    sameTexts(before.mayCross, after.mayCross)
  )
}

function sameTexts(a: readonly Selector[], b: readonly Selector[]): boolean {
  const text = (selector: Selector): string => selectorText(canonicalSelector(selector))
  return sameSets(a.map(text), b.map(text))
}

function sameSets(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).symmetricDifference(new Set(b)).size === 0
}
