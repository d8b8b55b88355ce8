import type { Json, Micros } from '../model/index.ts'
import type { Failing } from './dead-letter.ts'
import type { Format, Warning } from './format.ts'
import type { Item } from './unwrap/unwrap.ts'
import { recognise } from './recognise.ts'

/** An event that can be used, in the format that it has. */
export type Readable = Readonly<{
  format: Format
  value: Json
  at: Micros
  warnings: readonly Warning[]
  /** It is counted and not kept, and was not read. */
  isIrrelevant?: true
}>

export type Read = Readable | Readonly<{ failing: Failing; format: Format | undefined }>

/** An item as the format reads it that knows its shape, or why it cannot be used. */
export function readItem(item: Item): Read {
  if ('text' in item) return { failing: notJson, format: undefined }
  const format = recognise(item.value)
  if (format === undefined) return { failing: unknownShape, format }
  if (format.isIrrelevant?.(item.value) === true) return unread(format, item.value)
  const read = format.read(item)
  return 'failing' in read ? { ...read, format } : { format, value: item.value, ...read }
}

/** A value as it is when it is an event of which nothing is kept. */
export function irrelevantIn(value: Json): Readable | undefined {
  const format = recognise(value)
  return format?.isIrrelevant?.(value) === true ? unread(format, value) : undefined
}

/** What is not kept need not be read. */
function unread(format: Format, value: Json): Readable {
  return { format, value, at: 0 as Micros, warnings: [], isIrrelevant: true }
}

const notJson: Failing = { code: 'JSON_MALFORMED', reason: 'This is not JSON', path: '' }
const unknownShape: Failing = {
  code: 'EVENT_UNIDENTIFIABLE',
  reason:
    'The event has none of run, job and dataset, and is of no other format that is known here',
  path: '',
}
/** Why an event of another format is turned away where only OpenLineage comes in. */
export const otherFormat: Failing = {
  code: 'EVENT_UNIDENTIFIABLE',
  reason: 'The event is not OpenLineage: post it to /api/v1/events',
  path: '',
}
