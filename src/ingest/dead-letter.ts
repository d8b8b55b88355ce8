import type { DatasetName, Entry, Fact, Json, Micros } from '../model/index.ts'
import { canonicalName, isJsonObject, micros, parseJson, parseTime } from '../model/index.ts'
import { member, textIn } from './members.ts'
import { spellingsIn } from './openlineage/spellings.ts'

/** Why an input could not be used. `path` is a JSON pointer into it. */
export type Failing = Readonly<{ code: string; reason: string; path: string }>

/** The failing as it stands in the context of a `dead-letter` entry, beside what the sender said. */
export function contextOf({ code, reason, path }: Failing): Readonly<Record<string, string>> {
  return { [keys.code]: code, [keys.reason]: reason, [keys.path]: path }
}

/** What a sender said beside the input, without what was written beside it here. */
export function sentContext(context: Entry['context']): Entry['context'] {
  return Object.fromEntries(Object.entries(context).filter(([key]) => !key.startsWith('lineward.')))
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

const beginning = micros(0)

/** Each dataset that is named in `inputs`, `outputs` or `dataset`, also inside of their facets. */
function datasetsNamedIn(value: Json): readonly DatasetName[] {
  if (!isJsonObject(value)) return []
  const names = new Map<string, DatasetName>()
  for (const key of ['inputs', 'outputs', 'dataset']) {
    for (const { namespace, name } of spellingsIn(member(value, key))) {
      if (names.size === namesMax) return [...names.values()]
      const canonical = canonicalName(namespace, name)
      names.set(JSON.stringify([canonical.namespace, canonical.name]), canonical)
    }
  }
  return [...names.values()]
}

const namesMax = 10_000
