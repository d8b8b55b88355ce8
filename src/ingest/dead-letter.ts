import type { DatasetName, Entry, Fact, Json, Micros } from '../model/index.ts'
import { canonicalName, isJsonObject, parseJson, parseTime } from '../model/index.ts'
import { textIn } from './openlineage/facet.ts'
import { isList, member } from './openlineage/shape.ts'

/** Why an input could not be used. `path` is a JSON pointer into it. */
export type Failing = Readonly<{ code: string; reason: string; path: string }>

/** The failing as it stands in the context of a `dead-letter` entry, beside what the sender said. */
export function contextOf({ code, reason, path }: Failing): Readonly<Record<string, string>> {
  return { [keys.code]: code, [keys.reason]: reason, [keys.path]: path }
}

const keys = { code: 'lineward.code', reason: 'lineward.reason', path: 'lineward.path' } as const

/**
 * One `problem` fact with the datasets whose names can still be read. It is dated by the input's
 * own time; without one it lies at the beginning of time, and so stands in the way of every answer
 * about its datasets, whatever moment is asked for.
 */
export function deadLetterFacts(entry: Entry): readonly Fact[] {
  const { context, eventTime: at, exposures } = entry
  return [
    {
      kind: 'problem',
      at,
      code: context[keys.code] ?? 'EVENT_UNIDENTIFIABLE',
      path: context[keys.path] ?? '',
      reason: context[keys.reason] ?? 'The input could not be identified',
      names: entry.format === 'text' ? [] : datasetsNamedIn(parseJson(entry.payload)),
    },
    ...exposures.map((exposure): Fact => ({ kind: 'exposure', at, of: undefined, ...exposure })),
  ]
}

/** When an unusable event says it happened, else the beginning of time. */
export function timeOfDeadLetter(value: Json | undefined): Micros {
  const time = textIn(value, 'eventTime')
  return (time === undefined ? undefined : parseTime(time)) ?? beginning
}

const beginning = 0 as Micros

/** Each dataset that stands in `inputs`, `outputs` or `dataset` with both parts of its name. */
function datasetsNamedIn(value: Json): readonly DatasetName[] {
  if (!isJsonObject(value)) return []
  const parts = ['inputs', 'outputs'].flatMap((side) => {
    const list = member(value, side)
    return isList(list) ? list : []
  })
  const names = new Map<string, DatasetName>()
  for (const part of [...parts, member(value, 'dataset')]) {
    const namespace = textIn(part, 'namespace')
    const name = textIn(part, 'name')
    if (namespace === undefined || name === undefined) continue
    const canonical = canonicalName(namespace, name)
    names.set(JSON.stringify([canonical.namespace, canonical.name]), canonical)
  }
  return [...names.values()]
}
