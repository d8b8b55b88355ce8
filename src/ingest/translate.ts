import type { Entry, EntryKind, Fact, Json } from '../model/index.ts'
import { LinewardError } from '../errors.ts'
import { parseJson } from '../model/index.ts'
import { deadLetterFacts } from './dead-letter.ts'
import { decisionFacts } from './lineward/decision.ts'
import { translateOpenLineage } from './openlineage/translate.ts'

type Translator = (value: Json, entry: Entry) => readonly Fact[]

/** Who reads the payload of an event, by its format. */
const eventTranslators: ReadonlyMap<string, Translator> = new Map<string, Translator>([
  ['openlineage', translateOpenLineage],
])

const byKind: Readonly<Record<EntryKind, (entry: Entry) => readonly Fact[]>> = {
  event: (entry) => {
    const translator = eventTranslators.get(entry.format)
    if (translator === undefined) return [unread(entry, 'No translator knows this format')]
    return translator(parseJson(entry.payload), entry)
  },
  decision: (entry) => decisionFacts(parseJson(entry.payload), entry),
  'dead-letter': deadLetterFacts,
  // They are about entries and not about the world: the store reads them as they stand.
  retraction: () => [],
  replay: () => [],
}

/**
 * What one entry says, as facts. Pure: no clock, no memory of other entries, the same facts each
 * time. Never throws: a payload that cannot be read any more is one `problem` fact.
 */
export function translate(entry: Entry): readonly Fact[] {
  try {
    return byKind[entry.kind](entry)
  } catch (failure) {
    if (!(failure instanceof LinewardError)) throw failure
    return [unread(entry, 'The payload of this entry cannot be read')]
  }
}

function unread({ eventTime }: Entry, reason: string): Fact {
  return { kind: 'problem', at: eventTime, code: 'EVENT_MALFORMED', path: '', reason, names: [] }
}
