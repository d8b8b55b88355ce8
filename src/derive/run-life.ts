import type { Micros, RunState } from '../model/index.ts'

/** When a run moved data, both ends in it; no end while it still does. */
export type Session = Readonly<{ start: Micros; end: Micros | undefined }>

/** What was said of a run's course, as far as it is known. */
export type Course = Readonly<{
  /** The earliest event of the run. */
  first: Micros
  marks: readonly Readonly<{ event: string; at: Micros }>[]
  running: boolean
  continuous: boolean
}>

export type Life = Readonly<{
  state: RunState
  startedAt: Micros
  endedAt: Micros | undefined
  sessions: readonly Session[]
}>

const worstFirst = [
  ['FAIL', 'FAILED'],
  ['ABORT', 'ABORTED'],
  ['COMPLETE', 'COMPLETED'],
] as const

/** A run's state, its times, and when it moved data. @see openlineage.md section 2 */
export function lifeOf(course: Course): Life {
  const starts = course.marks.filter(({ event }) => event === 'START').map(({ at }) => at)
  const ends = course.marks.filter(({ event }) => event !== 'START')
  if (course.continuous) return continuousLife(course, starts, ends)
  const startedAt = least(starts) ?? course.first
  const endedAt = greatest(ends.map(({ at }) => at))
  // A START that was sent again after the end does not make it move data before it began.
  const start = endedAt !== undefined && endedAt < startedAt ? endedAt : startedAt
  const sessions = [{ start, end: endedAt }]
  return { state: stateOf(course, starts, ends), startedAt, endedAt, sessions }
}

/**
 * The sessions by the course that was known at `at`. They are the final ones where these, cut at that
 * moment, say the same: a run of which only START was seen moved data since then.
 */
export function sessionsAt(
  course: Course,
  final: readonly Session[],
  at: Micros,
): readonly Session[] {
  const { sessions } = lifeOf(course)
  const cut = final
    .filter(({ start }) => start <= at)
    .map(({ start, end }) => ({ start, end: end !== undefined && end <= at ? end : undefined }))
  return textOf(cut) === textOf(sessions) ? final : sessions
}

export function textOf(sessions: readonly Session[]): string {
  return sessions.map(({ start, end }) => `${start}-${end ?? ''}`).join()
}

/** A START after a terminal event starts a continuous run again, and it moves until the next one. */
function continuousLife(course: Course, starts: readonly Micros[], ends: Course['marks']): Life {
  const sessions: Session[] = []
  const stops = ends.map(({ at }) => at).toSorted((a, b) => a - b)
  const startedAt = least(starts) ?? course.first
  let open: Micros | undefined = startedAt
  for (const stop of stops) {
    if (open === undefined || stop < open) continue
    sessions.push({ start: open, end: stop })
    open = least(starts.filter((start) => start > stop))
  }
  if (open !== undefined) sessions.push({ start: open, end: undefined })
  const lastStart = greatest(starts) ?? course.first
  const current = ends.filter(({ at }) => at >= lastStart)
  const running = course.running || ends.length > 0
  return {
    state: stateOf({ ...course, running }, starts, current),
    startedAt,
    endedAt: greatest(current.map(({ at }) => at)),
    sessions,
  }
}

function stateOf(course: Course, starts: readonly Micros[], ends: Course['marks']): RunState {
  const worst = worstFirst.find(([event]) => ends.some((end) => end.event === event))
  if (worst !== undefined) return worst[1]
  if (course.running) return 'RUNNING'
  return starts.length > 0 ? 'STARTED' : 'UNKNOWN'
}

export function least(times: readonly Micros[]): Micros | undefined {
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
