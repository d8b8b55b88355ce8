import type { Cell, Member, RunOutcome, StoredExplicit, StoredMap } from '../graph/index.ts'
import type { DatasetId, FlowKind, JobId, JobName, Micros, RunId } from '../model/index.ts'
import type { Group } from './groups.ts'
import type { Life, Session } from './run-life.ts'
import type { SharedCells, Used, Within } from './shared.ts'
import { compareCodePoints, jobGroupIdOf } from '../model/index.ts'
import { flowIdOf } from './flow-id.ts'
import { groupsOf } from './groups.ts'
import { least, lifeOf, sessionsAt, textOf } from './run-life.ts'
import { courseWithin, definitionAt, isUndone, momentsOf, usedOf, withinOf } from './shared.ts'

/**
 * Works out one run from its cells: its state (the worst terminal wins), its times, the job it
 * belongs to, and its membership in flows, as it was known at each moment of event time. A pure
 * function of reduced state; `shared` has that of saved jobs that it executes, and of transactions.
 *
 * @see openlineage.md sections 2, 3 and 9
 */
export function deriveRun(cells: readonly Cell[], shared: SharedCells = () => []): RunOutcome {
  const run = readRun(cells, shared)
  const life = lifeOf(courseWithin(run, run.within, Infinity))
  return {
    job: jobAt(run, run.last) ?? run.namedJob,
    state: life.state,
    startedAt: run.jobs.length === 0 ? undefined : life.startedAt,
    endedAt: life.endedAt,
    parent: run.parent,
    members: membersOf(run, life),
    replaced:
      life.state === 'COMPLETED'
        ? run.replaced.map((dataset) => ({ dataset, at: life.endedAt ?? run.last }))
        : [],
    relied: reliedOn(run),
    unresolved: unresolvedIn(run),
    undone: isUndone(run.within, Infinity),
  }
}

/** The entries of others without which its flows would not be what they are. */
function reliedOn({ used, within }: Run): readonly string[] {
  const definitions = used.map((one) => definitionAt(one, Infinity)?.entry)
  const entries = [...definitions, ...within.flatMap((one) => one.entries)]
  return [...new Set(entries.filter((entry) => entry !== undefined))].toSorted()
}

function unresolvedIn(run: Run): RunOutcome['unresolved'] {
  const job = jobAt(run, run.last)
  const name = run.jobs.find(({ id }) => id === job)?.name
  if (name === undefined) return []
  const group = jobGroupIdOf(name)
  return run.problems.map(({ entry, at, member }) => ({ group, entry, at, member }))
}

type Moving<Value> = Readonly<{ part: string; first: Micros; value: Value }>
type NamedJob = Readonly<{ id: JobId; name: JobName; first: Micros; last: Micros; entry: string }>

type Run = {
  first: Micros
  last: Micros
  running: boolean
  continuous: boolean
  marks: { event: string; at: Micros; job: JobId | undefined; entry: string }[]
  jobs: NamedJob[]
  io: Moving<{ side: string; dataset: DatasetId }>[]
  maps: Moving<{ output: DatasetId; map: StoredMap }>[]
  explicit: Moving<StoredExplicit>[]
  renames: Moving<{ from: DatasetId; to: DatasetId }>[]
  replaced: DatasetId[]
  used: Used[]
  within: Within[]
  problems: Cell[]
  parent: RunId | undefined
  /** What its children call its job: counts until the run itself was seen. */
  namedJob: JobId | undefined
}

function readRun(cells: readonly Cell[], shared: SharedCells): Run {
  const firsts = cells.filter(isOfCourse).map(({ first }) => first)
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
    used: [],
    within: [],
    problems: [],
    parent: undefined,
    namedJob: undefined,
  }
  for (const cell of cells) {
    if (isOfCourse(cell) && cell.last > run.last) run.last = cell.last
    readCell(run, cell, shared)
  }
  return run
}

/** What others say of it tells nothing of when it ran, nor does what is not told. */
function isOfCourse({ property }: Cell): boolean {
  return !aside.has(property)
}

const aside: ReadonlySet<Cell['property']> = new Set(['runNamedJob', 'runLife', 'runProblem'])

function readCell(run: Run, cell: Cell, shared: SharedCells): void {
  const { member, first, value } = cell
  const parts = member.split(':')
  switch (cell.property) {
    case 'runJob': {
      const name = value as unknown as JobName
      run.jobs.push({ id: member as JobId, name, first, last: cell.last, entry: cell.entry })
      return
    }
    case 'runMark':
      run.marks.push({
        event: parts[0] ?? '',
        at: first,
        job: value as JobId | undefined,
        entry: cell.entry,
      })
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
    case 'runUses':
      run.used.push(usedOf(parts[0] ?? '', first, shared(parts[1] ?? '')))
      return
    case 'runWithin':
      run.within.push(withinOf(first, shared(member)))
      return
    case 'runProblem':
      run.problems.push(cell)
      return
    default:
      return
  }
}

/**
 * The job that a run belongs to, by what was said up to `at`: the longest name that extends all the
 * others, else that of the latest event. Of events that neither start nor end a run only
 * the first and the last of each job are known.
 */
function jobAt(run: Run, at: Micros): JobId | undefined {
  const known = run.jobs.filter(({ first }) => first <= at)
  const longest = known.find((job) =>
    known.every((other) => other === job || extendsJob(job, other)),
  )
  if (longest !== undefined) return longest.id
  const sayings = [
    ...known.map(({ id, first, last, entry }) =>
      last <= at ? { id, at: last, entry } : { id, at: first, entry: '' },
    ),
    ...run.marks.flatMap((mark) =>
      mark.job !== undefined && mark.at <= at ? [{ ...mark, id: mark.job }] : [],
    ),
  ]
  return sayings.toSorted(
    (a, b) => b.at - a.at || compareCodePoints(b.entry, a.entry) || (a.id < b.id ? 1 : -1),
  )[0]?.id
}

/** By a dot as OpenLineage does, or by a slash as things of AWS lie within others. */
function extendsJob({ name: longer }: NamedJob, { name: shorter }: NamedJob): boolean {
  const divider = shorter.namespace.startsWith('arn:') ? '/' : '.'
  return (
    longer.namespace === shorter.namespace && longer.name.startsWith(`${shorter.name}${divider}`)
  )
}

/**
 * The run's flows version by version: each moment at which its sets, its job or what was known of
 * its course changed starts one.
 */
function membersOf(run: Run, life: Life): readonly Member[] {
  const moving = [...run.io, ...run.maps, ...run.explicit, ...run.renames]
  const firstMoved = least([...moving, ...run.used].map(({ first }) => first))
  if (firstMoved === undefined) return []
  const firsts = [...moving.map(({ first }) => first), ...momentsOf(run.used, run.within)]
  const events = [
    ...run.jobs.flatMap(({ first, last }) => [first, last]),
    ...run.marks.map(({ at }) => at),
  ]
  const changes = [...new Set([...firsts, ...events])]
    .filter((at) => at >= firstMoved)
    .toSorted((a, b) => a - b)
  const regrouping = new Set([...firsts, ...(run.jobs.length > 1 ? events : [])])
  let groups: ReadonlyMap<string, Member> = new Map()
  const open = new Map<string, Version>()
  const members: Member[] = []
  for (const at of changes) {
    if (regrouping.has(at)) groups = shownAt(run, at)
    const course = courseWithin(run, run.within, at)
    const sessions = sessionsAt(course, life.sessions, at)
    const now = new Map([...groups].map(([key, member]) => [`${key} ${textOf(sessions)}`, member]))
    for (const [key, version] of open) {
      if (now.has(key)) continue
      open.delete(key)
      members.push(...membersOfVersion(version, at, run.last))
    }
    for (const [key, member] of now) {
      if (!open.has(key)) open.set(key, { member, from: at, sessions })
    }
  }
  for (const version of open.values())
    members.push(...membersOfVersion(version, undefined, run.last))
  return members
}

type Version = Readonly<{ member: Member; from: Micros; sessions: readonly Session[] }>

function membersOfVersion(
  { member, from, sessions }: Version,
  until: Micros | undefined,
  last: Micros,
): readonly Member[] {
  return sessions.map(({ start, end }) => ({
    ...member,
    shownFrom: from,
    shownUntil: until,
    start,
    end,
    lastSeen: until ?? (from > last ? from : last),
  }))
}

function shownAt(run: Run, at: Micros): ReadonlyMap<string, Member> {
  if (isUndone(run.within, at)) return new Map()
  const job = jobAt(run, at)
  const known = <Value>(items: readonly Moving<Value>[]): readonly Moving<Value>[] =>
    items.filter(({ first }) => first <= at)
  const [io, maps, explicit] = [known(run.io), known(run.maps), known(run.explicit)]
  const used = known(run.used.map((one) => ({ ...one, value: definitionAt(one, at)?.moved })))
  const parts = new Set([...io, ...maps, ...explicit, ...used].map(({ part }) => part))
  const groups = [...parts].flatMap((part) => {
    const of = <Value>(items: readonly Moving<Value>[]): readonly Value[] =>
      items.filter((item) => item.part === part).map(({ value }) => value)
    const saved = of(used).filter((moved) => moved !== undefined)
    const side = (name: string): readonly DatasetId[] =>
      of(io)
        .filter((item) => item.side === name)
        .map(({ dataset }) => dataset)
    return groupsOf({
      inputs: new Set([...side('reads'), ...saved.flatMap(({ inputs }) => inputs)]),
      outputs: new Set([...side('writes'), ...saved.flatMap(({ outputs }) => outputs)]),
      maps: [...of(maps), ...saved.flatMap((moved) => moved.maps)],
      explicit: [...of(explicit), ...saved.flatMap((moved) => moved.explicit)],
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
