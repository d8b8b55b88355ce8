import type { JobId, RunId } from './flow.ts'
import { digestId } from './id.ts'
import { withoutUser } from './naming/uri.ts'
import { parseTime } from './time.ts'

/** A job's name in its canonical spelling. */
export type JobName = Readonly<{ namespace: string; name: string }>

/**
 * The one name of a job that was reported under a new one in every run: Glue's run ids, dates, times,
 * UUIDs and query ids are folded, behind each of its dots. Only what is certainly one of them; other
 * numbers and words stay. The namespace is as it was sent, without a user. Never throws.
 *
 * @see openlineage.md section 6, unstable names
 */
export function canonicalJobName(namespace: string, name: string): JobName {
  // Half a surrogate pair is no text that a store could give back as it was.
  const [space, reported] = [namespace.toWellFormed(), name.toWellFormed()]
  return { namespace: withoutUser(space), name: foldedName(reported) }
}

/** The id of a job, equal on every store. */
export function jobIdOf({ namespace, name }: JobName): JobId {
  return digestId('job', namespace, name) as JobId
}

/** The id of a run, made from the run id that its events carry. */
export function runIdOf(runId: string): RunId {
  return digestId('run', runId) as RunId
}

// Glue names a Spark application after the job and its run; Spark writes `-` as `_` at times.
const glueRun = /^nativespark[_-](.+?)[_-]jr_[0-9a-f]{64}(?:_attempt_\d{1,3})?(?=\.|$)/s

// Trino's own name of a query, when it was not told another (`job.name-format`).
const trinoQuery = /^\d{8}_\d{6}_\d{5}_[a-z0-9]{5}$/
const trinoGroup = 'query'

/** What stands behind `-`, `_`, `.` or a space at the end of a name, and differs from run to run. */
const runMarks: readonly RegExp[] = [
  /[-_. ]jr_[0-9a-f]{64}(?:_attempt_\d{1,3})?$/,
  /[-_. ][0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}$/i,
  /[-_. ]\d{8}_\d{6}_\d{5}_[a-z0-9]{5}$/,
  // Seconds since 1970, from 2014 to 2033, and with 3, 6 or 9 digits more.
  /[-_. ]1[4-9]\d{8}(?:\d{3}){0,3}$/,
  // An application of YARN: when its cluster started, and its number.
  /[-_. ]1[4-9]\d{11}_\d{4,7}$/,
]

// The groups: year, month, day, hour, minute, second.
const timeMark =
  /[-_. ](\d{4})[-_]?(\d\d)[-_]?(\d\d)(?:[T_ -]?(\d\d)[:_-]?(\d\d)(?:[:_-]?(\d\d)(?:[.,]\d{1,9})?)?)?(?:Z|[+-]\d\d:?\d\d)?$/

/** No mark is longer, and so a name of any length costs the same. */
const markLengthMax = 100

function foldedName(reported: string): string {
  if (trinoQuery.test(reported)) return trinoGroup
  let name = reported
  for (;;) {
    const whole = withoutRunMarks(name.replace(glueRun, '$1'))
    const folded = whole.split('.').map(withoutRunMarks).join('.')
    if (folded === name) return name
    name = folded
  }
}

/**
 * The name without dates, times, UUIDs and other marks of one run at its end, and what divided them
 * from it; never nothing.
 */
export function withoutRunMarks(name: string): string {
  let left = name
  for (;;) {
    const length = markLength(left.slice(-markLengthMax))
    const shorter = withoutDividers(left.slice(0, left.length - length))
    if (length === 0 || shorter === '') return left
    left = shorter
  }
}

function markLength(tail: string): number {
  for (const mark of runMarks) {
    const match = mark.exec(tail)
    if (match !== null) return match[0].length
  }
  const time = timeMark.exec(tail)
  return time !== null && isTime(time.slice(1)) ? time[0].length : 0
}

function isTime([year, month, day, hour = '00', minute = '00', second = '00']: string[]): boolean {
  return parseTime(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) !== undefined
}

function withoutDividers(text: string): string {
  let end = text.length
  while (end > 0 && '-_. '.includes(text.charAt(end - 1))) end -= 1
  return text.slice(0, end)
}
