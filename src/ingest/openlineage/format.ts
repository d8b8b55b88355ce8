import type { Json } from '../../model/index.ts'
import type { Format, Reading, Warning } from '../format.ts'
import { isJsonObject } from '../../model/index.ts'
import { member, objectIn, textIn } from '../members.ts'
import { isRefusal, readEvent } from './event.ts'
import { sourceOf } from './source.ts'
import { translateOpenLineage } from './translate.ts'

/** One OpenLineage event: of a run, a job or a dataset. */
export const openlineage: Format = {
  name: 'openlineage',
  is: isOpenLineage,
  read: ({ value }) => readingOf(value),
  sourceOf: ({ value }) => sourceOf(value),
  nameOf: (value) => textIn(value, 'eventType') ?? 'event',
  // Which of the two an event is about depends on what else is in it: both count.
  namespacesOf: (value) =>
    ['job', 'dataset']
      .map((key) => textIn(objectIn(value, key), 'namespace'))
      .filter((namespace) => namespace !== undefined),
  isKnown: () => true,
  translate: translateOpenLineage,
}

/** By the presence of run, job or dataset, never by `schemaURL`: many real events have none. */
function isOpenLineage(value: Json): boolean {
  if (!isJsonObject(value)) return false
  return ['run', 'job', 'dataset'].some((key) => (member(value, key) ?? null) !== null)
}

function readingOf(value: Json): Reading {
  const event = readEvent(value)
  if (isRefusal(event)) return { failing: event }
  const warnings = event.faults.map(({ path, message }): Warning => ({
    code: 'FACET_MALFORMED',
    path,
    message,
  }))
  return { at: event.at, warnings }
}
