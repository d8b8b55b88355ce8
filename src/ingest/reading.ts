import type { Reading } from './format.ts'
import { parseTime } from '../model/index.ts'

/** An event that says when it happened, at `path`; without that it cannot be placed in time. */
export function timeReading(text: string | undefined, path: string): Reading {
  const at = text === undefined ? undefined : parseTime(text)
  if (at !== undefined) return { at, warnings: [] }
  const reason = 'The event does not say when it happened, as an ISO 8601 time'
  return { failing: { code: 'EVENT_MALFORMED', reason, path } }
}
