import type { DatasetStatus, JobName, Selector, Zone } from '../../model/index.ts'
import type { Policy } from '../port.ts'
import { datasetStatuses, whereaboutsOf, zones } from '../../model/index.ts'
import { matches, readPattern } from './pattern.ts'
import { whereaboutsOfPrincipal } from './subject.ts'

/** Which statuses may be in which zone where nobody defined it (phi.md section 6.1). */
const defaultStatuses: Readonly<Record<Zone, readonly DatasetStatus[]>> = {
  PROTECTED: datasetStatuses,
  GENERAL: ['UNKNOWN', 'NOT_PERSONAL', 'PERSONAL', 'DEIDENTIFIED'],
  EXTERNAL: ['NOT_PERSONAL', 'DEIDENTIFIED'],
}

/** The policy of a zone for which none is defined: nobody may cross. */
function defaultPolicy(zone: Zone): Policy {
  const name = `default-${zone.toLowerCase()}`
  return { name, zone, statuses: defaultStatuses[zone], mayCross: [], version: 0 }
}

/** The policies of a zone, or the default one. */
function policiesOfZone(zone: Zone, policies: readonly Policy[]): readonly Policy[] {
  const own = policies.filter((policy) => policy.zone === zone)
  return own.length > 0 ? own : [defaultPolicy(zone)]
}

/** The given policies, with the default of each zone that has none. */
export function withDefaultPolicies(policies: readonly Policy[]): readonly Policy[] {
  return zones.flatMap((zone) => policiesOfZone(zone, policies))
}

/**
 * Whether what has that status may lie in the zone. The status is the one that is enforced, so that
 * an unknown one below PHI comes here as PHI. Of several policies for one zone all must allow it.
 */
export function isAllowed({
  status,
  zone,
  policies,
}: Readonly<{ status: DatasetStatus; zone: Zone; policies: readonly Policy[] }>): boolean {
  return policiesOfZone(zone, policies).every(({ statuses }) => statuses.includes(status))
}

/** Who moves something: the job, and the principal who ran it, as far as they are known. */
export type Mover = Readonly<{ job: JobName | undefined; principal: string | undefined }>

/**
 * Whether the policy lets this job or principal carry anything into its zone. All that a selector
 * gives must match: `namespace` is the job's; `account` and `region` are the job's, or the
 * principal's where the selector asks for no job. What a selector asks of a dataset never matches.
 */
export function mayCross(mover: Mover, { mayCross: selectors }: Policy): boolean {
  return selectors.some((selector) => lets(selector, mover))
}

function lets(selector: Selector, { job, principal }: Mover): boolean {
  const { name, tag, vpc, namespace, account, region } = selector
  if (name !== undefined || tag !== undefined || vpc !== undefined) return false
  const asksJob = selector.job !== undefined || namespace !== undefined
  if (!asksJob && selector.principal === undefined) return false
  const home = asksJob
    ? whereaboutsOf(job?.namespace ?? '')
    : whereaboutsOfPrincipal(principal ?? '')
  return (
    fits(selector.job, job?.name, '/') &&
    fits(namespace, job?.namespace, '/') &&
    fits(selector.principal, principal, '/') &&
    fits(account, home.account, undefined) &&
    fits(region, home.region, undefined)
  )
}

function fits(
  asked: string | undefined,
  text: string | undefined,
  separator: string | undefined,
): boolean {
  if (asked === undefined) return true
  return text !== undefined && matches(readPattern(asked), text, separator)
}
