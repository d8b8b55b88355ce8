import type { Entry, Fact, Json } from '../../model/index.ts'
import type { CloudTrailEvent } from './event.ts'
import { exposureFacts, unknownFacts } from '../unknown.ts'
import { eventOf } from './event.ts'
import { isRefused, recordName } from './record.ts'

/** What a call that succeeded says. */
export type Translator = (event: CloudTrailEvent) => readonly Fact[]

/** Who reads which call, by the name that `recordName` gives: `kinesis:CreateStream`. */
const translators: ReadonlyMap<string, Translator> = new Map<string, Translator>([])

/** Whether some translator reads this call. */
export function isTranslated(value: Json): boolean {
  return translators.has(recordName(value))
}

/** The facts of a record. A call that was refused changed nothing, whatever it asked for. */
export function translateRecord(value: Json, entry: Entry): readonly Fact[] {
  const translator = translators.get(recordName(value))
  if (translator === undefined) return unknownFacts(recordName(value), entry)
  return [...(isRefused(value) ? [] : translator(eventOf(value, entry))), ...exposureFacts(entry)]
}
