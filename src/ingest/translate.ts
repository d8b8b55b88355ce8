import type { Entry, EntryKind, Fact } from '../model/index.ts'
import { LinewardError } from '../errors.ts'
import { parseJson } from '../model/index.ts'
import { deadLetterFacts } from './dead-letter.ts'
import { decisionFacts } from './lineward/decision.ts'
import { tallyFacts } from './lineward/tally.ts'
import { formatNamed } from './recognise.ts'

/**
 * Goes up whenever a translator or the canonicaliser says something else about an entry that stands
 * in a ledger already: a graph that an older version made is then made anew from its ledger.
 */
export const translationVersion = 4

/** Who reads each kind of entry; an event is read by its format. */
const byKind: Readonly<Record<EntryKind, (entry: Entry) => readonly Fact[]>> = {
  event: (entry) => {
    const format = formatNamed(entry.format)
    if (format === undefined) return [unread(entry, 'No translator knows this format')]
    return format.translate(parseJson(entry.payload), entry)
  },
  decision: (entry) => decisionFacts(parseJson(entry.payload), entry),
  'dead-letter': deadLetterFacts,
  tally: (entry) => tallyFacts(parseJson(entry.payload), entry),
  // They are about entries and not about the world: the store reads them as they stand.
  retraction: () => [],
  replay: () => [],
}

/**
 * What one entry says, as facts. Pure: no clock, no memory of other entries, the same facts each
 * time. Never throws: a payload that cannot be read any more is one `problem` fact, an erased one says
 * nothing.
 */
export function translate(entry: Entry): readonly Fact[] {
  if (entry.erased === true) return []
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
