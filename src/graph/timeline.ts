import type { Interval, Micros } from '../model/index.ts'

/** What held from each moment until the next, in order of time; the first from the beginning. */
export type Timeline<Value> = readonly Readonly<{ from: number; value: Value }>[]

export function always<Value>(value: Value): Timeline<Value> {
  return [{ from: -Infinity, value }]
}

/** What several make together at each moment; what is the same as before, by `keyOf`, goes on. */
export function combined<Value, Result>(
  timelines: readonly Timeline<Value>[],
  combine: (values: readonly Value[]) => Result,
  keyOf: (result: Result) => unknown,
): Timeline<Result> {
  const moments = new Set(timelines.flatMap((timeline) => timeline.map(({ from }) => from)))
  const found: { from: number; value: Result }[] = []
  for (const from of [...moments.add(-Infinity)].toSorted((a, b) => a - b)) {
    const value = combine(timelines.map((timeline) => valueAt(timeline, from)))
    const last = found.at(-1)
    if (last === undefined || keyOf(last.value) !== keyOf(value)) found.push({ from, value })
  }
  return found
}

/** The same while `during` lasts, and nothing outside of it. */
export function within<Value>(
  timeline: Timeline<Value>,
  { from = -Infinity as Micros, until = Infinity as Micros }: Interval,
): Timeline<Value | undefined> {
  const inside = timeline.filter((one) => one.from > from && one.from < until)
  return [
    ...(from === -Infinity ? [] : always(undefined)),
    { from, value: valueAt(timeline, from) },
    ...inside,
    ...(until === Infinity ? [] : [{ from: until, value: undefined }]),
  ]
}

/** When each of its values held. */
export function intervalsOf<Value>(
  timeline: Timeline<Value>,
): readonly Readonly<{ value: Value; during: Interval }>[] {
  return timeline.map(({ from, value }, index) => ({
    value,
    during: { from: finite(from), until: timeline[index + 1]?.from as Micros | undefined },
  }))
}

function finite(from: number): Micros | undefined {
  return from === -Infinity ? undefined : (from as Micros)
}

function valueAt<Value>(timeline: Timeline<Value>, at: number): Value {
  return timeline.findLast(({ from }) => from <= at)?.value as Value
}
