import type { Draft, EntryKey, Json, Trust } from '../model/index.ts'
import type { Failing } from './dead-letter.ts'
import type { Context, Warning } from './format.ts'
import type { Tally } from './lineward/tally.ts'
import type { Mapping } from './openlineage/mapping.ts'
import type { Scope } from './scope.ts'
import type { Scrub } from './scrub/index.ts'

/**
 * What came in, and how: `text` is what was no JSON, or, with `failing`, was not even tried. Where there
 * is an `exact`, it gives the value with its numbers as they were written, and `value` has them rounded.
 */
export type Received = Readonly<
  { value: Json; exact?: (() => Json) | undefined } | { text: string; failing?: Failing }
> &
  Readonly<{
    sender: string
    trust: Trust
    /** What the bytes do not say: an object key, a log group, a cluster. */
    context: Context
    /**
     * `refuse`: one OpenLineage event, that its sender gets back when it cannot be identified.
     * `dead-letter`: any format in any wrapping, and nothing is lost. An event that names what it is
     * about and cannot be used is kept in either mode.
     */
    mode: 'refuse' | 'dead-letter'
    scope?: Scope | undefined
    mapping?: Mapping | undefined
  }>

export type OutcomeStatus =
  | 'accepted'
  | 'duplicate'
  | 'refused'
  | 'dead-lettered'
  /** Kept for a translator to come. */
  | 'unknown'
  /** Counted and not kept. */
  | 'irrelevant'

/** `key` is the entry that now holds it; a refused event has none. */
export type Outcome = Readonly<{
  status: OutcomeStatus
  code?: string
  reason?: string
  path?: string
  warnings: readonly Warning[]
  key?: EntryKey
}>

/** What becomes of one event: the entry to append or the tally to keep, and what its sender is told. */
export type Judged = Readonly<{
  draft: Draft | undefined
  tally?: Tally
  outcome: Outcome
}>

/**
 * What judging takes beside the event: the keyed digest of a text, the rules of scrubbing, and the
 * same for a name by itself.
 */
export type JudgeTools = Readonly<{
  digestOf: (text: string) => string
  scrub: Scrub
  cleanName: (name: string) => string
}>
