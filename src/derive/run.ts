import type { Cell, Member, RunOutcome, StoredExplicit, StoredMap } from '../graph/index.ts'
import type {
  DatasetId,
  FlowKind,
  JobId,
  JobName,
  Micros,
  RunId,
  RunState,
} from '../model/index.ts'
import type { Group } from './groups.ts'
import { compareCodePoints } from '../model/index.ts'
import { flowIdOf } from './flow-id.ts'
import { groupsOf } from './groups.ts'

/**
 * Works out one run from its cells: its state (the worst terminal wins), its times, the job it
 * belongs to, and its membership in flows, as it was known at each moment of event time. A pure
 * function of reduced state.
 *
 * @see openlineage.md sections 2, 3 and 9
 */
export function deriveRun(cells: readonly Cell[]): RunOutcome {
  const run = readRun(cells)
  const life = lifeOf(run)
  return {
    job: jobAt(run.jobs, undefined) ?? run.namedJob,
    state: life.state,
    startedAt: run.jobs.length === 0 ? undefined : life.sessions[0]?.start,
    endedAt: life.endedAt,
    parent: run.parent,
    members: membersOf(run, life),
    replaced:
      life.state === 'COMPLETED'
        ? run.replaced.map((dataset) => ({ dataset, at: life.endedAt ?? run.last }))
        : [],
  }
}

type Moving<Value> = Readonly<{ part: string; first: Micros; value: Value }>
type NamedJob = Readonly<{ id: JobId; name: JobName; first: Micros; last: Micros; entry: string }>

type Run = {
  first: Micros
  last: Micros
  running: boolean
  continuous: boolean
  marks: { event: string; at: Micros }[]
  jobs: NamedJob[]
  io: Moving<{ side: string; dataset: DatasetId }>[]
  maps: Moving<{ output: DatasetId; map: StoredMap }>[]
  explicit: Moving<StoredExplicit>[]
  renames: Moving<{ from: DatasetId; to: DatasetId }>[]
  replaced: DatasetId[]
  parent: RunId | undefined
  /** What its children call its job: counts until the run itself was seen. */
  namedJob: JobId | undefined
}

function readRun(cells: readonly Cell[]): Run {
  const firsts = cells
    .filter(({ property }) => property !== 'runNamedJob')
    .map(({ first }) => first)
  const run: Run = {
    first: least(firsts) ?? (0 as Micros),
    last: firsts[0] ?? (0 as Micros),
    running: false,
    continuous: false,
    marks: [],
    jobs: [],
    io: [],
    maps: [],
    explicit: [],
    renames: [],
    replaced: [],
    parent: undefined,
    namedJob: undefined,
  }
  for (const cell of cells) {
    if (cell.property !== 'runNamedJob' && cell.last > run.last) run.last = cell.last
    readCell(run, cell)
  }
  return run
}

function readCell(run: Run, cell: Cell): void {
  const { member, first, value } = cell
  const parts = member.split(':')
  switch (cell.property) {
    case 'runJob': {
      const name = value as unknown as JobName
      run.jobs.push({ id: member as JobId, name, first, last: cell.last, entry: cell.entry })
      return
    }
    case 'runMark':
      run.marks.push({ event: parts[0] ?? '', at: first })
      return
    case 'runEvent':
      if (member === 'RUNNING') run.running = true
      return
    case 'runContinuous':
      run.continuous = true
      return
    case 'runParent':
      run.parent = value as unknown as RunId
      return
    case 'runNamedJob':
      if (run.namedJob === undefined || member < run.namedJob) run.namedJob = member as JobId
      return
    case 'runIo':
      run.io.push({
        part: parts[0] ?? '',
        first,
        value: { side: parts[1] ?? '', dataset: parts[2] as DatasetId },
      })
      return
    case 'runMap':
      run.maps.push({
        part: parts[0] ?? '',
        first,
        value: { output: parts[1] as DatasetId, map: value as unknown as StoredMap },
      })
      return
    case 'runExplicit':
      run.explicit.push({ part: parts[0] ?? '', first, value: value as unknown as StoredExplicit })
      return
    case 'runRename':
      run.renames.push({
        part: '',
        first,
        value: { from: parts[0] as DatasetId, to: parts[1] as DatasetId },
      })
      return
    case 'runReplaced':
      if (parts[0] !== 'DROP') run.replaced.push(parts[1] as DatasetId)
      return
    default:
      return
  }
}

type Session = Readonly<{ start: Micros; end: Micros | undefined }>
type Life = Readonly<{
  state: RunState
  endedAt: Micros | undefined
  sessions: readonly Session[]
}>

const worstFirst = [
  ['FAIL', 'FAILED'],
  ['ABORT', 'ABORTED'],
  ['COMPLETE', 'COMPLETED'],
] as const

function lifeOf(run: Run): Life {
  const starts = run.marks.filter(({ event }) => event === 'START').map(({ at }) => at)
  const ends = run.marks.filter(({ event }) => event !== 'START')
  if (run.continuous) return continuousLife(run, starts, ends)
  const start = least(starts) ?? run.first
  const endedAt = greatest(ends.map(({ at }) => at))
  return { state: stateOf(run, starts, ends), endedAt, sessions: [{ start, end: endedAt }] }
}

/** A START after a terminal event starts a continuous run again, and it moves until the next one. */
function continuousLife(run: Run, starts: readonly Micros[], ends: Run['marks']): Life {
  const sessions: Session[] = []
  const stops = ends.map(({ at }) => at).toSorted((a, b) => a - b)
  let open: Micros | undefined = least(starts) ?? run.first
  if (run.first < open) open = starts.length === 0 ? run.first : open
  for (const stop of stops) {
    if (open === undefined || stop < open) continue
    sessions.push({ start: open, end: stop })
    open = least(starts.filter((start) => start > stop))
  }
  if (open !== undefined) sessions.push({ start: open, end: undefined })
  const lastStart = greatest(starts) ?? run.first
  const current = ends.filter(({ at }) => at >= lastStart)
  return {
    state: stateOf({ ...run, running: run.running || ends.length > 0 }, starts, current),
    endedAt: greatest(current.map(({ at }) => at)),
    sessions,
  }
}

function stateOf(run: Run, starts: readonly Micros[], ends: Run['marks']): RunState {
  const worst = worstFirst.find(([event]) => ends.some((end) => end.event === event))
  if (worst !== undefined) return worst[1]
  if (run.running) return 'RUNNING'
  return starts.length > 0 ? 'STARTED' : 'UNKNOWN'
}

/**
 * The job that a run belongs to, by what was said up to `at`: the longest name that extends all the
 * others by a dot, else that of the latest event.
 */
function jobAt(jobs: readonly NamedJob[], at: Micros | undefined): JobId | undefined {
  const known = at === undefined ? jobs : jobs.filter(({ first }) => first <= at)
  const longest = known.find((job) =>
    known.every((other) => other === job || extendsJob(job, other)),
  )
  if (longest !== undefined) return longest.id
  const lastAt = ({ last }: NamedJob): Micros => (at !== undefined && last > at ? at : last)
  return known.toSorted(
    (a, b) =>
      lastAt(b) - lastAt(a) || compareCodePoints(b.entry, a.entry) || (a.id < b.id ? 1 : -1),
  )[0]?.id
}

function extendsJob(longer: NamedJob, shorter: NamedJob): boolean {
  return (
    longer.name.namespace === shorter.name.namespace &&
    longer.name.name.startsWith(`${shorter.name.name}.`)
  )
}

/** The run's flows version by version: each moment at which its sets or its job changed starts one. */
function membersOf(run: Run, life: Life): readonly Member[] {
  const moving = [...run.io, ...run.maps, ...run.explicit, ...run.renames]
  if (moving.length === 0) return []
  const firstMoved = least(moving.map(({ first }) => first)) as Micros
  const changes = [...new Set([...moving, ...run.jobs].map(({ first }) => first))]
    .filter((at) => at >= firstMoved)
    .toSorted((a, b) => a - b)
  const open = new Map<string, { member: Member; from: Micros }>()
  const members: Member[] = []
  for (const at of changes) {
    const now = shownAt(run, at)
    for (const [key, { member, from }] of open) {
      if (now.has(key)) continue
      open.delete(key)
      members.push({ ...member, shownFrom: from, shownUntil: at })
    }
    for (const [key, member] of now) if (!open.has(key)) open.set(key, { member, from: at })
  }
  for (const { member, from } of open.values()) members.push({ ...member, shownFrom: from })
  return members.flatMap((member) =>
    life.sessions.map(({ start, end }) => ({
      ...member,
      start,
      end,
      lastSeen:
        member.shownUntil !== undefined && member.shownUntil < run.last
          ? member.shownUntil
          : run.last,
    })),
  )
}

function shownAt(run: Run, at: Micros): ReadonlyMap<string, Member> {
  const job = jobAt(run.jobs, at)
  const known = <Value>(items: readonly Moving<Value>[]): readonly Moving<Value>[] =>
    items.filter(({ first }) => first <= at)
  const [io, maps, explicit] = [known(run.io), known(run.maps), known(run.explicit)]
  const parts = new Set([...io, ...maps, ...explicit].map(({ part }) => part))
  const groups = [...parts].flatMap((part) => {
    const of = <Value>(items: readonly Moving<Value>[]): readonly Value[] =>
      items.filter((item) => item.part === part).map(({ value }) => value)
    const side = (name: string): ReadonlySet<DatasetId> =>
      new Set(
        of(io)
          .filter((item) => item.side === name)
          .map(({ dataset }) => dataset),
      )
    return groupsOf({
      inputs: side('reads'),
      outputs: side('writes'),
      maps: of(maps),
      explicit: of(explicit),
    })
  })
  const renames = known(run.renames).map(({ value }) => ({
    inputs: [value.from],
    outputs: [value.to],
    maps: [],
  }))
  return new Map([
    ...groups.map((group) => shown(run, job, 'TRANSFORM', group)),
    ...renames.map((group) => shown(run, job, 'RENAME', group)),
  ])
}

function shown(
  run: Run,
  job: JobId | undefined,
  kind: FlowKind,
  group: Group,
): readonly [string, Member] {
  const flow = flowIdOf(job, kind, group)
  const maps = group.maps.map(({ output, key }) => `${output}:${key}`)
  const member: Member = {
    flow,
    job,
    kind,
    ...group,
    basis: 'OBSERVED',
    shownFrom: run.first,
    shownUntil: undefined,
    start: run.first,
    end: undefined,
    lastSeen: run.last,
  }
  return [[flow, ...maps].join(), member]
}

function least(times: readonly Micros[]): Micros | undefined {
  return times.reduce<Micros | undefined>(
    (found, at) => (found === undefined || at < found ? at : found),
    undefined,
  )
}

function greatest(times: readonly Micros[]): Micros | undefined {
  return times.reduce<Micros | undefined>(
    (found, at) => (found === undefined || at > found ? at : found),
    undefined,
  )
}
