import type { GovernedDataset, StatementRecord } from '../../graph/index.ts'
import type { DatasetStatus, JobName, Zone } from '../../model/index.ts'
import type { Mover } from '../boundary/policy.ts'
import type { Placed } from '../boundary/placement.ts'
import { compileBoundaries } from '../boundary/compile.ts'
import { placementOf } from '../boundary/placement.ts'
import { isAllowed, mayCross } from '../boundary/policy.ts'
import { boundariesOf, policiesOf } from '../boundary/stated.ts'

/** Where things are, and what may be where: boundaries and policies, ready to be asked. */
export type Places = Readonly<{
  /** Somebody has defined a boundary. */
  areDefined: boolean
  placementOf: (dataset: GovernedDataset) => Placed
  /** Undefined for a job that no boundary places. */
  zoneOfJob: (job: JobName) => Zone | undefined
  allows: (zone: Zone, status: DatasetStatus) => boolean
  /** A policy of the zone lets them carry into it what may not be there otherwise. */
  mayCross: (zone: Zone, mover: Mover) => boolean
  /** A policy of the zone lets some principals, whatever the job. */
  asksPrincipals: (zone: Zone) => boolean
}>

/** The boundaries and policies that people stated. Placements are kept: each is asked for often. */
export function placesOf(statements: readonly StatementRecord[]): Places {
  const boundaries = boundariesOf(statements)
  const policies = policiesOf(statements)
  const compiled = compileBoundaries(boundaries)
  const placed = new WeakMap<GovernedDataset, Placed>()
  const zonesOfJobs = new Map<JobName, Zone | undefined>()
  const allowed = new Map<string, boolean>()
  return {
    areDefined: boundaries.length > 0,
    placementOf(dataset) {
      const known = placed.get(dataset)
      if (known !== undefined) return known
      const { names, tags } = dataset
      const found = placementOf({ kind: 'dataset', names, tags }, compiled)
      placed.set(dataset, found)
      return found
    },
    zoneOfJob(name) {
      if (!zonesOfJobs.has(name)) {
        zonesOfJobs.set(name, placementOf({ kind: 'job', name }, compiled)?.zone)
      }
      return zonesOfJobs.get(name)
    },
    allows(zone, status) {
      const key = `${zone} ${status}`
      const is = allowed.get(key) ?? isAllowed({ status, zone, policies })
      allowed.set(key, is)
      return is
    },
    mayCross: (zone, mover) =>
      policies.some((policy) => policy.zone === zone && mayCross(mover, policy)),
    asksPrincipals: (zone) =>
      policies.some(
        (policy) =>
          policy.zone === zone && policy.mayCross.some(({ principal }) => principal !== undefined),
      ),
  }
}
