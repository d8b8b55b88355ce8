import type { Entry, Fact, Json, Micros } from '../model/index.ts'
import type { Failing } from './dead-letter.ts'
import { isJsonObject } from '../model/index.ts'
import { isRefusal, readEvent } from './openlineage/event.ts'
import { member } from './members.ts'
import { sourceOf } from './openlineage/source.ts'
import { translateOpenLineage } from './openlineage/translate.ts'

/** A part of an event that had to be left out. `path` is a JSON pointer. */
export type Warning = Readonly<{ code: 'FACET_MALFORMED'; path: string; message: string }>

/** What intake has to know of an event, or why it cannot be used. */
export type Reading = Readonly<{ at: Micros; warnings: readonly Warning[] } | { failing: Failing }>

/** A format of events: how it is told, checked, attributed and translated. */
export type Format = Readonly<{
  name: 'openlineage'
  /** By the shape of the value alone. */
  is: (value: Json) => boolean
  read: (value: Json) => Reading
  /** Of the scrubbed event. */
  sourceOf: (value: Json) => string
  translate: (value: Json, entry: Entry) => readonly Fact[]
}>

/** Every format, in the order in which they are tried. Whoever reads another adds a row. */
const formats: readonly Format[] = [
  {
    name: 'openlineage',
    is: isOpenLineage,
    read: readOpenLineage,
    sourceOf,
    translate: translateOpenLineage,
  },
]

const byName: ReadonlyMap<string, Format> = new Map(formats.map((row) => [row.name, row]))

/** The format of a value by its shape; undefined when no row of the table knows it. */
export function recognise(value: Json): Format | undefined {
  return formats.find(({ is }) => is(value))
}

/** The format that an entry says its payload has. */
export function formatNamed(name: string): Format | undefined {
  return byName.get(name)
}

/** By the presence of run, job or dataset, never by `schemaURL`: many real events have none. */
function isOpenLineage(value: Json): boolean {
  if (!isJsonObject(value)) return false
  return ['run', 'job', 'dataset'].some((key) => (member(value, key) ?? null) !== null)
}

function readOpenLineage(value: Json): Reading {
  const event = readEvent(value)
  if (isRefusal(event)) return { failing: event }
  const warnings = event.faults.map(({ path, message }): Warning => ({
    code: 'FACET_MALFORMED',
    path,
    message,
  }))
  return { at: event.at, warnings }
}
