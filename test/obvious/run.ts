import type { DatasetId, JobId, JobName, Micros, RunId, RunState } from '../../src/model/index.ts'
import type { MovedFlow } from './moved.ts'
import type { Said } from './said.ts'
import { datasetIdOf, jobIdOf, runIdOf } from './id.ts'
import { flowsOfSets, renameFlow } from './moved.ts'
import { best, byRank, byTime, greatest, least, ofKind, upTo } from './said.ts'
import { endsOf, eventsWithin, executedBy, sharedBy } from './shared.ts'

/** When data was moved, both ends in it; no end while it still does. */
export type Session = Readonly<{ start: Micros; end: Micros | undefined }>

/** A run as these statements make it. */
export type Run = Readonly<{
  id: RunId
  runId: string
  job: JobId | undefined
  state: RunState
  startedAt: Micros | undefined
  endedAt: Micros | undefined
  parent: RunId | undefined
  sessions: readonly Session[]
  flows: readonly MovedFlow[]
  /** From when until when, by what was said then, it moved these flows in these sessions. */
  versions: readonly RunVersion[]
  /** How many saved jobs it executed, and what its transactions mean for it. */
  shared: Readonly<{ executed: number; open: boolean; undone: boolean }>
  /** Datasets whose whole content it replaced, and when. */
  replaced: readonly Readonly<{ dataset: DatasetId; at: Micros }>[]
}>

export type RunVersion = Readonly<{
  flow: MovedFlow
  sessions: readonly Session[]
  from: Micros
  until: Micros | undefined
  lastSeen: Micros
}>

const terminals = ['FAIL', 'ABORT', 'COMPLETE'] as const
const states = { FAIL: 'FAILED', ABORT: 'ABORTED', COMPLETE: 'COMPLETED' } as const

/** Every run that has statements of its own, or that another run names as its parent. */
export function runsOf(said: readonly Said[]): ReadonlyMap<RunId, Run> {
  const runIds = new Set([
    ...said.flatMap((one) => runOf(one) ?? []),
    ...ofKind(said, 'parent').map(({ fact }) => fact.parent),
  ])
  return new Map([...runIds].map((runId) => [runIdOf(runId), runFrom(runId, said)]))
}

/** Whose statement it is, if it is one about a run. */
export function runOf({ fact }: Said): string | undefined {
  switch (fact.kind) {
    case 'run':
    case 'parent':
    case 'io':
    case 'columnMap':
    case 'explicit':
    case 'copies':
    case 'uses':
    case 'within':
      return fact.run
    case 'rename':
      return 'run' in fact.by ? fact.by.run : undefined
    case 'lifecycle':
      return fact.run
    default:
      return undefined
  }
}

function runFrom(runId: string, all: readonly Said[]): Run {
  const own = all.filter((one) => runOf(one) === runId)
  const shared = sharedBy(own, all)
  const known = knownOf(own, shared)
  const { state, startedAt, endedAt, sessions } = known.life
  const parent = best(ofKind(own, 'parent'), byRank())?.fact.parent
  const lastEvent = greatest(own.map(({ fact }) => fact.at))
  return {
    id: runIdOf(runId),
    runId,
    job: jobOf(own) ?? jobNamedByChildren(runId, all),
    state,
    startedAt,
    endedAt,
    parent: parent === undefined ? undefined : runIdOf(parent),
    sessions,
    flows: known.flows,
    versions: versionsOfRun(own, shared),
    shared: { executed: executedBy(own, shared).length, ...endsOf(own, shared) },
    replaced: state === 'COMPLETED' ? replacedBy(own, endedAt ?? lastEvent) : [],
  }
}

type Known = Readonly<{ life: Life; flows: readonly MovedFlow[] }>

/** What these statements make of a run: its own, and those of saved jobs and transactions. */
function knownOf(own: readonly Said[], shared: readonly Said[]): Known {
  const ends = endsOf(own, shared)
  const firstEvent = least(own.map(({ fact }) => fact.at))
  const life = lifeOf(eventsWithin(ofKind(own, 'run'), ends), firstEvent)
  const flows = ends.undone ? [] : flowsOf(jobOf(own), own, shared)
  return { life, flows }
}

/**
 * "A run whose START came before T and whose COMPLETE after is there with what START said": so a
 * membership is shown from the moment at which what was said made it until the one at which it made
 * another.
 */
function versionsOfRun(own: readonly Said[], shared: readonly Said[]): readonly RunVersion[] {
  const told = [...own, ...shared].map(({ fact }) => fact.at)
  const moments = [...new Set(told)]
    .filter((at) => at >= (least(own.map(({ fact }) => fact.at)) ?? 0))
    .toSorted((a, b) => a - b)
  const final = knownOf(own, shared).life.sessions
  const lastEvent = greatest(own.map(({ fact }) => fact.at))
  const shownAt = moments.map((at) => {
    const { life, flows } = knownOf(upTo(own, at), upTo(shared, at))
    // What is known by then of when it moved data, unless the whole story only goes on from there.
    const isPart = JSON.stringify(cutAt(final, at)) === JSON.stringify(life.sessions)
    const sessions = isPart ? final : life.sessions
    const keyOf = (flow: MovedFlow): string => `${membershipOf(flow)} ${JSON.stringify(sessions)}`
    return { at, sessions, flows: new Map(flows.map((flow) => [keyOf(flow), flow])) }
  })
  return shownAt.flatMap(({ at, sessions, flows }, index) => {
    const before = shownAt[index - 1]?.flows
    const begun = [...flows].filter(([key]) => before?.has(key) !== true)
    return begun.map(([key, flow]): RunVersion => {
      const until = shownAt.slice(index).find((later) => !later.flows.has(key))?.at
      const lastSeen = until ?? (greatest([at, lastEvent ?? at]) as Micros)
      return { flow, sessions, from: at, until, lastSeen }
    })
  })
}

/** What had begun by then, and what had ended. */
function cutAt(sessions: readonly Session[], at: Micros): readonly Session[] {
  return sessions
    .filter(({ start }) => start <= at)
    .map(({ start, end }) => ({ start, end: end !== undefined && end <= at ? end : undefined }))
}

/**
 * "The run belongs to the job of its longest name that extends the others, else of its latest
 * event; jobs are never joined." (openlineage.md section 9)
 */
function jobOf(own: readonly Said[]): JobId | undefined {
  const events = ofKind(own, 'run')
  const names = events.map(({ fact }) => fact.job)
  const longest = names.find((name) =>
    names.every((other) => jobIdOf(other) === jobIdOf(name) || extendsName(name, other)),
  )
  const job = longest ?? best(events, byTime)?.fact.job
  return job === undefined ? undefined : jobIdOf(job)
}

/** Parts of OpenLineage's names are divided by dots, those of AWS's by slashes (naming.md). */
function extendsName(longer: JobName, shorter: JobName): boolean {
  const divider = longer.namespace.startsWith('arn:') ? '/' : '.'
  return longer.namespace === shorter.namespace && longer.name.startsWith(shorter.name + divider)
}

/**
 * "Create placeholders for unknown parents; a placeholder never overwrites an observed job."
 * (openlineage.md section 6) Of several names that children use, the least id counts.
 */
function jobNamedByChildren(runId: string, all: readonly Said[]): JobId | undefined {
  const named = ofKind(all, 'parent').flatMap(({ fact }) =>
    fact.parent === runId && fact.parentJob !== undefined ? [jobIdOf(fact.parentJob)] : [],
  )
  return named.toSorted()[0]
}

type Life = Pick<Run, 'state' | 'startedAt' | 'endedAt' | 'sessions'>

/**
 * "started = earliest START (else earliest event); ended = latest terminal event." "Any terminal
 * beats any non-terminal …; among terminals the worst wins: FAIL over ABORT over COMPLETE." "OTHER
 * and a missing eventType never change state." (openlineage.md section 2)
 */
function lifeOf(events: readonly Said<'run'>[], firstEvent: Micros | undefined): Life {
  if (events.length === 0 || firstEvent === undefined) {
    return { state: 'UNKNOWN', startedAt: undefined, endedAt: undefined, sessions: [] }
  }
  if (events.some(({ fact }) => fact.continuous)) return continuousLife(events, firstEvent)
  const start = least(timesOf(events, 'START')) ?? firstEvent
  const end = greatest(terminals.flatMap((terminal) => timesOf(events, terminal)))
  // A START that was sent again after the end does not make it move data before it began.
  const from = end !== undefined && end < start ? end : start
  return {
    state: stateOf(events),
    startedAt: start,
    endedAt: end,
    sessions: [{ start: from, end }],
  }
}

/**
 * "STREAMING/SERVICE: RUNNING is the normal state, no terminal is due, START after a terminal is a
 * restart." (openlineage.md section 2)
 */
function continuousLife(events: readonly Said<'run'>[], firstEvent: Micros): Life {
  const starts = timesOf(events, 'START')
  const stops = terminals.flatMap((terminal) => timesOf(events, terminal))
  const sessions: Session[] = []
  let start: Micros | undefined = least(starts) ?? firstEvent
  while (start !== undefined) {
    const begun: Micros = start
    const end = least(stops.filter((at) => at >= begun))
    sessions.push({ start, end })
    start = end === undefined ? undefined : least(starts.filter((at) => at > end))
  }
  const lastStart = greatest(starts) ?? firstEvent
  const current = events.filter(({ fact }) => fact.at >= lastStart || !isTerminal(fact.event))
  const isRestarted = stops.length > 0 && !current.some(({ fact }) => isTerminal(fact.event))
  return {
    state: isRestarted ? 'RUNNING' : stateOf(current),
    startedAt: sessions[0]?.start,
    sessions,
    endedAt: greatest(stops.filter((at) => at >= lastStart)),
  }
}

function stateOf(events: readonly Said<'run'>[]): RunState {
  const has = (type: string): boolean => events.some(({ fact }) => fact.event === type)
  const worst = terminals.find(has)
  if (worst !== undefined) return states[worst]
  if (has('RUNNING')) return 'RUNNING'
  return has('START') ? 'STARTED' : 'UNKNOWN'
}

function isTerminal(event: string): boolean {
  return terminals.some((terminal) => terminal === event)
}

function timesOf(events: readonly Said<'run'>[], type: string): readonly Micros[] {
  return events.filter(({ fact }) => fact.event === type).map(({ fact }) => fact.at)
}

/**
 * "A run's sets are the union over its events in effect"; "the statements of a multi-statement SQL
 * run are separate; a snapshot run has one per distinct event": these are its parts. "A rename is a
 * flow (kind RENAME …, of the job and run that did it)." (design.md sections 4 and 5)
 */
function flowsOf(
  job: JobId | undefined,
  own: readonly Said[],
  shared: readonly Said[],
): readonly MovedFlow[] {
  const [io, maps, explicit, copies] = [
    ofKind(own, 'io').map(({ fact }) => fact),
    ofKind(own, 'columnMap').map(({ fact }) => fact),
    ofKind(own, 'explicit').map(({ fact }) => fact),
    ofKind(own, 'copies').map(({ fact }) => fact),
  ]
  const executed = executedBy(own, shared)
  const parts = new Set(
    [...io, ...maps, ...explicit, ...copies, ...executed].map(({ part }) => part),
  )
  const moved = [...parts].flatMap((part) => {
    const side = (name: string) =>
      io.filter((fact) => fact.part === part && fact.side === name).map(({ dataset }) => dataset)
    const saved = executed.filter((one) => one.part === part).map((one) => one.moved)
    return flowsOfSets(job, {
      inputs: [...side('reads'), ...saved.flatMap(({ inputs }) => inputs)],
      outputs: [...side('writes'), ...saved.flatMap(({ outputs }) => outputs)],
      maps: [...maps.filter((fact) => fact.part === part), ...saved.flatMap((one) => one.maps)],
      explicit: [
        ...explicit.filter((fact) => fact.part === part).map(({ entry }) => entry),
        ...saved.flatMap((one) => one.explicit),
      ],
      copies: [
        ...copies.filter((fact) => fact.part === part).map(({ copy }) => copy),
        ...saved.flatMap((one) => one.copies ?? []),
      ],
    })
  })
  const renamed = ofKind(own, 'rename').map(({ fact }) => renameFlow(job, fact.from, fact.to))
  // Two parts that moved the same by the same maps are one membership.
  return [...new Map([...moved, ...renamed].map((flow) => [membershipOf(flow), flow])).values()]
}

/** What tells two memberships of one mover apart: the flow and the maps. */
export function membershipOf({ id, maps }: MovedFlow): string {
  return [id, ...maps.map(({ output, key }) => `${output}:${key}`)].join()
}

/**
 * "One ends when a run that completed replaced the whole content …; the boundary is the end of that
 * run's writing." (design.md section 4)
 */
function replacedBy(own: readonly Said[], at: Micros | undefined): Run['replaced'] {
  if (at === undefined) return []
  const whole = ofKind(own, 'lifecycle').filter(
    ({ fact }) => fact.whole && (fact.change === 'OVERWRITE' || fact.change === 'TRUNCATE'),
  )
  const datasets = new Set(whole.map(({ fact }) => datasetIdOf(fact.dataset)))
  return [...datasets].map((dataset) => ({ dataset, at }))
}
