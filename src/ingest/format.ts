import type { CompactFormatName, Entry, Fact, FormatName, Json, Micros } from '../model/index.ts'
import type { Failing } from './dead-letter.ts'

/** What is known of an event that its bytes do not say: who carried it, from where, of what. */
export type Context = Readonly<Record<string, string>>

/** An event by itself, out of everything that it came wrapped in. */
export type Told = Readonly<{ value: Json; context: Context }>

/** A part of an event that had to be left out or guessed. `path` is a JSON pointer. */
export type Warning = Readonly<{
  code: 'FACET_MALFORMED' | 'CONTEXT_MISSING'
  path: string
  message: string
}>

/** What intake has to know of an event, or why it cannot be used. */
export type Reading = Readonly<{ at: Micros; warnings: readonly Warning[] } | { failing: Failing }>

/** The id that an event has of itself. `corrects`: it stands for another event, with that one's id. */
export type EventId = Readonly<{ key: string; corrects: boolean }>

/**
 * A format of events: how one is told, checked, attributed and translated. What says `scrubbed` is
 * asked of the scrubbed event, so that nothing of a secret gets into what is made from it; of an event
 * that is not kept, what it gives is scrubbed instead.
 */
export type Format = Readonly<{
  name: FormatName | CompactFormatName
  /** By the shape of the value alone. */
  is: (value: Json) => boolean
  read: (told: Told) => Reading
  /** Scrubbed. Undefined: an event is known by its content. */
  idOf?: (value: Json) => EventId | undefined
  /** Where an event happened whose bytes alone do not tell it from one elsewhere. */
  placeOf?: (context: Context) => string | undefined
  /** Scrubbed: (format, account and region or producer, resource type) in one string. */
  sourceOf: (told: Told) => string
  /** Scrubbed: the principal who did it. */
  authorOf?: (told: Told) => string | undefined
  /** Scrubbed: what its source calls an event of this kind. */
  nameOf: (value: Json) => string
  /** The AWS account that it is about; absent or undefined: it tells none. */
  accountOf?: (told: Told) => string | undefined
  /** The namespaces of jobs and datasets that it speaks for; absent: it has no such thing. */
  namespacesOf?: (value: Json) => readonly string[]
  /** Known to say nothing of where data went: counted and not kept. */
  isIrrelevant?: (value: Json) => boolean
  /** Scrubbed: what is kept of an event that comes by the million, in a format of its own. */
  compactOf?: (value: Json) => Compact | undefined
  /** Whether a translator reads it; what none does is kept for a later one. */
  isKnown: (value: Json) => boolean
  translate: (value: Json, entry: Entry) => readonly Fact[]
}>

/** An event as less than it was: what its translator needs, and no more. */
export type Compact = Readonly<{ format: CompactFormatName; value: Json }>

/** In a source's place for what an event does not say. */
export const unsaid = '-'
