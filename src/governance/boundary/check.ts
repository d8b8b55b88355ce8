import type { DatasetStatus, Selector, Zone } from '../../model/index.ts'
import type { Boundary, Policy } from '../port.ts'
import { LinewardError } from '../../errors.ts'
import { datasetStatuses, zones } from '../../model/index.ts'
import { canonicalSelector, selectorText } from './selector.ts'
import { crosserProblem, selectorProblem } from './selector-problem.ts'

const nameCharactersMax = 200
const selectorsMax = 1000

type BoundaryGiven = Readonly<{ name: string; zone: Zone; selectors: readonly Selector[] }>
type PolicyGiven = Readonly<{
  name: string
  zone: Zone
  statuses: readonly DatasetStatus[]
  mayCross: readonly Selector[]
}>

/**
 * Refuses a boundary that cannot be defined beside those that stand already. Its own earlier
 * definition does not count.
 *
 * @throws LinewardError ARGUMENT_INVALID for a name, zone or selector that cannot be used,
 * SELECTOR_TIED when another boundary has a selector of the same text.
 */
export function checkBoundary(
  { name, zone, selectors }: BoundaryGiven,
  standing: readonly Boundary[],
): void {
  checkName('boundary', name)
  checkZone(zone)
  if (selectors.length === 0) {
    throw invalid(`The boundary ${name} has no selector; give one, or remove the boundary`)
  }
  checkSelectors(`boundary ${name}`, selectors, selectorProblem)
  const taken = selectorsBut(name, standing)
  for (const selector of selectors) {
    const text = selectorText(canonicalSelector(selector))
    const other = taken.get(text)
    if (other === undefined) continue
    throw new LinewardError(
      'SELECTOR_TIED',
      `The boundaries ${name} and ${other} have the same selector (${text}); take it out of one of them, or make one of the two more specific`,
      { details: { boundary: name, other, selector: text } },
    )
  }
}

/** Whose selector each text is, without those of one boundary. */
function selectorsBut(name: string, standing: readonly Boundary[]): ReadonlyMap<string, string> {
  return new Map(
    standing
      .filter((other) => other.name !== name)
      .flatMap((other) =>
        other.selectors.map(
          (selector) => [selectorText(canonicalSelector(selector)), other.name] as const,
        ),
      ),
  )
}

/**
 * Refuses a policy that cannot be defined beside those that stand already; the default ones make
 * room. A zone has one policy: of two, nobody could say which of them meant it.
 *
 * @throws LinewardError ARGUMENT_INVALID for a name, zone, status or selector that cannot be used,
 * POLICY_CONTRADICTED when the zone has a policy of another name.
 */
export function checkPolicy(
  { name, zone, statuses, mayCross }: PolicyGiven,
  standing: readonly Policy[],
): void {
  checkName('policy', name)
  checkZone(zone)
  const unknown = statuses.find((status) => !datasetStatuses.includes(status))
  if (unknown !== undefined) {
    throw invalid(
      `The policy ${name} allows ${unknown}, which is no status; there are ${datasetStatuses.join(', ')}`,
    )
  }
  checkSelectors(`policy ${name}`, mayCross, crosserProblem)
  const other = standing.find(
    (policy) => policy.zone === zone && policy.name !== name && policy.version > 0,
  )
  if (other === undefined) return
  throw new LinewardError(
    'POLICY_CONTRADICTED',
    `The zone ${zone} has the policy ${other.name} already, and one zone has one policy; define ${other.name} anew instead of ${name}`,
    { details: { zone, policy: name, other: other.name } },
  )
}

/**
 * Refuses a change by somebody who knows another state than there is. `stands` is what is defined
 * now; one that is not is expected as version 0, also when it was there before.
 *
 * @throws LinewardError CONFLICT
 */
export function checkVersion(
  what: string,
  stands: Readonly<{ version: number }> | undefined,
  expectVersion: number | undefined,
): void {
  const version = stands?.version ?? 0
  if (expectVersion === undefined || expectVersion === version) return
  const found = version === 0 ? 'is not defined' : `has version ${version}`
  throw new LinewardError(
    'CONFLICT',
    `The ${what} ${found}, not version ${expectVersion}; look at it again before you change it`,
    { details: { version, expectVersion } },
  )
}

function checkName(kind: string, name: string): void {
  if (name !== '' && name === name.trim() && name.length <= nameCharactersMax) {
    if (!/[\p{C}\u2028\u2029]/u.test(name)) return
  }
  throw invalid(
    `A ${kind} needs a name of 1 to ${nameCharactersMax} characters that can be seen, without a space around it`,
  )
}

function checkZone(zone: Zone): void {
  if (!zones.includes(zone)) throw invalid(`A zone is one of ${zones.join(', ')}`)
}

function checkSelectors(
  what: string,
  selectors: readonly Selector[],
  problemOf: (selector: Selector) => string | undefined,
): void {
  if (selectors.length > selectorsMax) {
    throw invalid(
      `The ${what} has over ${selectorsMax} selectors; let one pattern stand for several`,
    )
  }
  for (const [index, selector] of selectors.entries()) {
    const problem = problemOf(selector)
    if (problem === undefined) continue
    throw invalid(`The selector ${index + 1} of the ${what} ${problem}`)
  }
}

function invalid(message: string): LinewardError {
  return new LinewardError('ARGUMENT_INVALID', message)
}
