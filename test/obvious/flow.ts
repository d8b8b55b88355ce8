import type { Basis, DatasetId, FlowId, JobId, Micros, RunId } from '../../src/model/index.ts'
import type { MovedFlow, OwnMap } from './moved.ts'
import type { Run, Session } from './run.ts'
import type { Said } from './said.ts'
import { declaredRenamesOf, versionsOf } from './declaration.ts'
import { membershipOf } from './run.ts'
import { greatest, least } from './said.ts'

/** A run, or a version of a declaration, that makes a flow what it is. */
export type Member = Readonly<{
  mover: RunId | JobId | DatasetId
  basis: Basis
  maps: readonly OwnMap[]
  active: readonly Session[]
  firstSeen: Micros
  lastSeen: Micros
}>

export type Flow = Omit<MovedFlow, 'maps'> & Readonly<{ members: readonly Member[] }>

/**
 * "A run is a member of its flows; a flow's times, activity and counts are kept from its members,
 * and a flow without members does not exist." (design.md section 5) These are the flows that the
 * statements make, all of which were said by the moment that is asked about.
 */
export function flowsFrom(said: readonly Said[], runs: Iterable<Run>): ReadonlyMap<FlowId, Flow> {
  const observed = [...runs].flatMap((run) =>
    run.flows.map((flow) => ({ flow, member: memberOf(run, flow) })),
  )
  const declared = versionsOf(said).flatMap(({ flows, ...version }) =>
    flows.map((flow) => ({
      flow,
      member: {
        mover: version.declarer,
        basis: 'DECLARED' as const,
        maps: flow.maps,
        active: [{ start: version.from, end: version.until }],
        firstSeen: version.from,
        lastSeen: version.lastStated,
      },
    })),
  )
  const renamed = declaredRenamesOf(said).map(({ declarer, flow, at }) => ({
    flow,
    member: {
      mover: declarer,
      basis: 'OBSERVED' as const,
      maps: [],
      active: [{ start: at, end: at }],
      firstSeen: at,
      lastSeen: at,
    },
  }))
  const byFlow = Map.groupBy([...observed, ...declared, ...renamed], ({ flow }) => flow.id)
  return new Map(
    [...byFlow].map(([id, of]) => {
      const [{ flow }] = of as [(typeof of)[number]]
      return [id, { ...flow, members: of.map(({ member }) => member) }]
    }),
  )
}

function memberOf(run: Run, flow: MovedFlow): Member {
  const versions = run.versions.filter((version) => version.flow.id === flow.id)
  const current = versions.filter(
    (version) => version.until === undefined && membershipOf(version.flow) === membershipOf(flow),
  )
  return {
    mover: run.id,
    basis: 'OBSERVED',
    maps: flow.maps,
    active: run.sessions,
    firstSeen: least(versions.map(({ from }) => from)) as Micros,
    lastSeen: greatest(current.map(({ lastSeen }) => lastSeen)) as Micros,
  }
}

/** "A table and a location while it pointed there": did data move at some time of the meeting? */
export function isActiveDuring(
  { members }: Flow,
  during: Readonly<{ from: Micros | undefined; until: Micros | undefined }>,
): boolean {
  return members.some(({ active }) =>
    active.some(
      ({ start, end }) =>
        start < (during.until ?? Infinity) && (end ?? Infinity) >= (during.from ?? -Infinity),
    ),
  )
}
