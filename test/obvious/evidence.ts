import type { DatasetId, EntryKey, FlowId, JobName, Meeting } from '../../src/model/index.ts'
import type { DeadLetterRecord, EvidenceOf, SourceCount } from '../../src/graph/index.ts'
import type { Said } from './said.ts'
import type { World } from './world.ts'
import { compareCodePoints, jobGroupIdOf } from '../../src/model/index.ts'
import { accessEvidence } from './access.ts'
import { statementsOf } from './declaration.ts'
import { datasetIdOf, jobIdOf, runIdOf } from './id.ts'
import { membersOf, membersWith } from './flow-record.ts'
import { meetingKey } from './meeting.ts'
import { runOf } from './run.ts'
import { greatest, ofKind } from './said.ts'
import { reliedOn, sharedBy } from './shared.ts'
import { namedBy, subjectIdsOf } from './subject.ts'

/** "Evidence: the entries that an edge, label or setting came from." Newest first. */
export function evidenceOf(world: World, of: EvidenceOf): readonly EntryKey[] {
  if ('meeting' in of) return evidenceOfMeeting(world, of.meeting)
  if ('access' in of) return accessEvidence(world, of.access)
  if ('flows' in of) return newestFirst(saidOfFlows(world, of.flows, of.map))
  if ('dataset' in of) return newestFirst(saidOf(world.said, world.nameIdsOf(of.dataset)))
  return newestFirst(saidOf(world.said, new Set(['job' in of ? of.job : of.run])))
}

function saidOf(said: readonly Said[], subjects: ReadonlySet<string>): readonly Said[] {
  return said.filter((one) => subjectIdsOf(one).some((id) => subjects.has(id)))
}

/** What is said of its runs; of a declaration what stated the version, since all was stated anew. */
function saidOfFlows(
  world: World,
  flows: readonly FlowId[],
  map: string | undefined,
): readonly Said[] {
  const all = membersOf(world, flows)
  const members = map === undefined ? all : membersWith(world, all, map)
  return members.flatMap(({ mover, basis, firstSeen, lastSeen }) => {
    if (basis !== 'DECLARED') {
      const relied = new Set(reliedOnBy(world, mover))
      return [
        ...saidOf(world.said, new Set([mover])),
        ...world.said.filter(({ entry }) => relied.has(entry.key)),
      ]
    }
    const statements = statementsOf(world.said).filter((one) => one.declarer === mover)
    const wholes = statements.filter(({ of }) => of.fact.kind === 'declaration')
    const since = greatest(wholes.map(({ of }) => of.fact.at).filter((at) => at <= firstSeen)) ?? 0
    return statements
      .map(({ of }) => of)
      .filter(({ fact: { at } }) => at >= since && at <= lastSeen)
  })
}

/** The saved jobs and ends of transactions that made a run, in the end, what it is. */
function reliedOnBy(world: World, run: string): readonly EntryKey[] {
  const own = world.all.filter((one) => runIdOf(runOf(one) ?? '') === run)
  return reliedOn(own, sharedBy(own, world.all))
}

/** What said where the content lay; of names that hold each other, what first named each. */
function evidenceOfMeeting(world: World, meeting: Meeting): readonly EntryKey[] {
  const met = world
    .meetings(meeting.from)
    .find((one) => meetingKey(one.meeting) === meetingKey(meeting))
  if (met !== undefined && met.entries.length > 0) {
    return newestFirst(world.all.filter(({ entry }) => met.entries.includes(entry.key)))
  }
  const first = [meeting.from, meeting.to].flatMap((id) => {
    const [leader] = world.namesOf(id)
    if (leader === undefined) return []
    const said = saidOf(world.all, new Set([datasetIdOf(leader)]))
    const [oldest] = newestFirst(said).slice(-1)
    return said.filter(({ entry }) => entry.key === oldest)
  })
  return newestFirst(first)
}

function newestFirst(said: readonly Said[]): readonly EntryKey[] {
  const entries = new Map(said.map(({ entry }) => [entry.key, entry]))
  return [...entries.values()]
    .toSorted((a, b) => b.eventTime - a.eventTime || compareCodePoints(b.key, a.key))
    .map(({ key }) => key)
}

/**
 * "Dead letters, redacted commands and unparsed statements that touch the answer": that name one of
 * these datasets, or are of a job, or of one in its group, that reads or writes one of them.
 */
export function unresolved(world: World, datasets: readonly DatasetId[]): number {
  const names = new Set(datasets.flatMap((id) => [...world.nameIdsOf(id)]))
  const jobs = [...world.flows.values()]
    .filter(({ inputs, outputs }) => [...inputs, ...outputs].some((name) => names.has(name)))
    .flatMap(({ job }) => job ?? [])
  const known = world.all.flatMap((one) => namedBy(one).jobs)
  const moving = known.filter((name) => jobs.includes(jobIdOf(name)))
  const groups = new Set(moving.map(jobGroupIdOf))
  const problems = ofKind(world.said, 'problem').filter(
    ({ fact: { names: named, of } }) =>
      named.some((name) => names.has(datasetIdOf(name))) ||
      jobsOf(world, of).some((job) => groups.has(jobGroupIdOf(job))),
  )
  return new Set(problems.map(({ fact, entry }) => `${entry.key} ${fact.path}`)).size
}

/** Of a run the one that it has in the end, by its own events. */
function jobsOf(world: World, of: Said<'problem'>['fact']['of']): readonly JobName[] {
  if (of === undefined) return []
  if ('job' in of) return [of.job]
  const job = world.runsInTheEnd.get(runIdOf(of.run))?.job
  const own = ofKind(world.all, 'run').filter(({ fact }) => fact.run === of.run)
  return own.map(({ fact }) => fact.job).filter((name) => jobIdOf(name) === job)
}

/** The sources of the events that spoke of these datasets and of the jobs of these flows. */
export function sourcesOf(
  world: World,
  flows: readonly FlowId[],
  datasets: readonly DatasetId[],
): readonly string[] {
  const subjects = new Set<string>(datasets.flatMap((id) => [...world.nameIdsOf(id)]))
  for (const id of flows) {
    const job = world.flows.get(id)?.job
    if (job !== undefined) subjects.add(job)
  }
  const events = saidOf(world.said, subjects).filter(({ entry }) => entry.kind === 'event')
  return [...new Set(events.map(({ entry }) => entry.source))].toSorted(compareCodePoints)
}

export type DeadLetter = DeadLetterRecord & Readonly<{ receivedAt: number }>

/** Inputs that could not be identified, and the parts that had to be left out of events. */
export function deadLettersOf(world: World): readonly DeadLetter[] {
  return world.entries.flatMap(({ entry, facts, receivedFirst }) =>
    facts
      .filter((fact) => fact.kind === 'problem')
      .map(({ code, reason, path }, number) => ({
        id: entry.kind === 'dead-letter' ? entry.key : `${entry.key}:${number}`,
        code,
        reason,
        path,
        entry: entry.key,
        receivedAt: receivedFirst,
      })),
  )
}

/** How many events in effect each source has sent. */
export function sourceCounts(world: World): readonly SourceCount[] {
  const events = world.entries.map(({ entry }) => entry).filter(({ kind }) => kind === 'event')
  const bySource = Map.groupBy(events, ({ source }) => source)
  return [...bySource]
    .toSorted(([a], [b]) => compareCodePoints(a, b))
    .map(([source, of]) => ({
      source,
      events: of.length,
      lastEvent: greatest(of.map(({ eventTime }) => eventTime)),
    }))
}
