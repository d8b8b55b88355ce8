import type { EntryKey, Micros, RunId, SessionOrigin } from '../../src/model/index.ts'
import type { AccessesAsk, AccessOf, AccessRecord, LogicalState } from '../../src/graph/index.ts'
import type { Said } from './said.ts'
import type { World } from './world.ts'
import { compareCodePoints } from '../../src/model/index.ts'
import { datasetIdOf, principalIdOf, runIdOf, sessionIdOf } from './id.ts'
import { greatest, least, ofKind } from './said.ts'

const hour = 3_600_000_000

/**
 * "Object-level reads and writes per principal, folder, action and hour." "Counts are sizes of id sets,
 * so duplicates and replicas cannot inflate them." (design.md section 2)
 */
export function accessRecords(world: World, ask: AccessesAsk): readonly AccessRecord[] {
  const { since, until } = ask
  const asked = new Set(ask.datasets.map((id) => world.datasetOf(id)))
  const said = told(world).filter(
    ({ fact }) =>
      asked.has(datasetOf(world, fact)) &&
      fact.at >= since &&
      (until === undefined || fact.at < until),
  )
  const groups = Map.groupBy(said, ({ fact }) =>
    JSON.stringify([
      hourOf(fact.at),
      datasetOf(world, fact),
      fact.principal,
      fact.action,
      fact.via,
    ]),
  )
  return [...groups.values()].flatMap((of) => {
    const [one] = of
    const times = of.map(({ fact }) => fact.at)
    const [first, last] = [least(times), greatest(times)]
    if (one === undefined || first === undefined || last === undefined) return []
    const { fact } = one
    const count = new Set(of.map((other) => other.fact.id)).size
    const { principal, action, via } = fact
    const dataset = datasetOf(world, fact)
    return [
      { dataset, principal, action, hour: hourOf(fact.at), via, count, first, last, since, until },
    ]
  })
}

/** Newest first. */
export function accessEvidence(world: World, of: AccessOf): readonly EntryKey[] {
  const said = saidOf(world, of).toSorted(
    (a, b) => b.fact.at - a.fact.at || compareCodePoints(b.entry.key, a.entry.key),
  )
  return [...new Set(said.map(({ entry }) => entry.key))]
}

export function accessSessions(world: World, of: AccessOf): readonly string[] {
  const sessions = saidOf(world, of).flatMap(({ fact }) => fact.session ?? [])
  return [...new Set(sessions)].toSorted(compareCodePoints)
}

export function principalOrigins(world: World, id: string): readonly SessionOrigin[] {
  return distinct(ofKind(world.all, 'session').filter(({ fact }) => fact.of === id))
}

export function sessionOrigins(world: World, id: string): readonly SessionOrigin[] {
  return distinct(ofKind(world.all, 'session').filter(({ fact }) => fact.session === id))
}

export function runStarter(world: World, id: RunId): string | undefined {
  const said = ofKind(world.all, 'starter').filter(({ fact }) => runIdOf(fact.run) === id)
  const [first] = said.toSorted(
    (a, b) => a.fact.at - b.fact.at || compareCodePoints(a.fact.principal, b.fact.principal),
  )
  return first?.fact.principal
}

export function accessRows(world: World): LogicalState['accesses'] {
  const groups = Map.groupBy(ofKind(world.all, 'access'), ({ fact }) =>
    JSON.stringify([fact.dataset, fact.principal, fact.action, hourOf(fact.at), fact.via]),
  )
  return [...groups.values()].flatMap((of) => {
    const [one] = of
    if (one === undefined) return []
    const { dataset, principal, action, at, via } = one.fact
    const keys = [...new Set(of.map(({ entry }) => entry.key))].toSorted()
    return [[datasetIdOf(dataset), principal, action, hourOf(at) / hour, via ?? null, keys]]
  })
}

export function originRows(world: World): LogicalState['origins'] {
  const rows = new Map<string, Set<string>>()
  const add = (id: string, member: string): void => {
    rows.set(id, (rows.get(id) ?? new Set()).add(member))
  }
  for (const { fact } of ofKind(world.all, 'session')) {
    const member = JSON.stringify([fact.by.principal, fact.by.session ?? null])
    add(principalIdOf(fact.of), member)
    if (fact.session !== undefined) add(sessionIdOf(fact.session), member)
  }
  for (const { fact } of ofKind(world.all, 'starter')) add(runIdOf(fact.run), fact.principal)
  return [...rows].map(([id, members]) => [id, [...members].toSorted()])
}

/**
 * "Records of one action for two accounts are two evidences of one action, not duplicates": and one
 * of them tells only the account of who it was.
 */
function told(world: World): readonly Said<'access'>[] {
  const said = ofKind(world.all, 'access')
  return said.filter(
    ({ fact, entry }) =>
      !fact.principal.startsWith('account:') ||
      fact.id === entry.eventKey ||
      !said.some(
        (other) =>
          other.fact.id === fact.id &&
          other.fact.action === fact.action &&
          datasetIdOf(other.fact.dataset) === datasetIdOf(fact.dataset) &&
          !other.fact.principal.startsWith('account:'),
      ),
  )
}

function saidOf(world: World, of: AccessOf): readonly Said<'access'>[] {
  return told(world).filter(
    ({ fact }) =>
      datasetOf(world, fact) === world.datasetOf(of.dataset) &&
      fact.principal === of.principal &&
      fact.action === of.action &&
      fact.via === of.via &&
      hourOf(fact.at) === of.hour &&
      fact.at >= of.since &&
      (of.until === undefined || fact.at < of.until),
  )
}

function datasetOf(world: World, fact: Said<'access'>['fact']) {
  return world.datasetOf(datasetIdOf(fact.dataset))
}

function hourOf(at: Micros): Micros {
  return (Math.floor(at / hour) * hour) as Micros
}

function distinct(said: readonly Said<'session'>[]): readonly SessionOrigin[] {
  return [...new Map(said.map(({ fact }) => [JSON.stringify(fact.by), fact.by])).values()]
}
