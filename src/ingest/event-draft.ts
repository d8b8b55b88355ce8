import type { Draft, Json } from '../model/index.ts'
import type { Context } from './format.ts'
import type { Readable } from './readable.ts'
import type { Judged, JudgeTools, Received } from './received.ts'
import { canonicalJson } from '../model/index.ts'
import { contextOfMapping, mappingNeeded } from './openlineage/mapping.ts'

/** What an entry has of an event and of its delivery, whatever the format. */
export type Carried = Pick<
  Draft,
  'digest' | 'payload' | 'sender' | 'trust' | 'context' | 'exposures' | 'scrubVersion'
>

/** An event as it is kept: scrubbed, with the digest of what it was before. */
export function carriedBy(
  { format, value }: Readable,
  given: Context,
  { sender, trust, mapping }: Pick<Received, 'sender' | 'trust' | 'mapping'>,
  { digestOf, scrub }: JudgeTools,
): Carried & Readonly<{ value: Json }> {
  const needed =
    mapping === undefined || format.namespacesOf === undefined
      ? undefined
      : mappingNeeded(value, mapping)
  const beside = scrub.context(given)
  const text = canonicalJson(value)
  const clean = scrub.event(value, format.name)
  return {
    value: clean.value,
    // The scrubber hands back what it did not change: most events are written out once.
    payload: clean.value === value ? text : canonicalJson(clean.value),
    digest: digestOf(needed === undefined ? text : `${text}\n${canonicalJson(needed)}`),
    sender,
    trust,
    context:
      needed === undefined ? beside.context : { ...beside.context, ...contextOfMapping(needed) },
    exposures: [...clean.finds, ...beside.finds],
    scrubVersion: scrub.version,
  }
}

/** The entry of an event, and what its sender is told. */
export function accepted(
  { format, value, at, warnings }: Readable,
  { value: scrubbed = value, ...carried }: Carried & Readonly<{ value?: Json }>,
): Judged {
  const told = { value: scrubbed, context: carried.context }
  const id = format.idOf?.(scrubbed)
  const author = format.authorOf?.(told)
  const compact = format.compactOf?.(scrubbed)
  const draft: Draft = {
    kind: 'event',
    eventKey: id?.key ?? `${format.name}:${carried.digest}`,
    eventTime: at,
    source: format.sourceOf(told),
    retracts: [],
    ...(author === undefined ? {} : { author }),
    ...(id?.corrects === true ? { corrects: true } : {}),
    ...carried,
    format: compact?.format ?? format.name,
    ...(compact === undefined ? {} : { payload: canonicalJson(compact.value) }),
  }
  return { draft, outcome: { status: format.isKnown(value) ? 'accepted' : 'unknown', warnings } }
}

/** The tally of an event that is not kept. */
export function irrelevant(
  { format, value }: Readable,
  given: Context,
  { scrub }: JudgeTools,
): Judged {
  const told = {
    value: scrub.event(value, format.name).value,
    context: scrub.context(given).context,
  }
  const tally = { source: format.sourceOf(told), name: format.nameOf(told.value), count: 1 }
  return { draft: undefined, tally, outcome: { status: 'irrelevant', warnings: [] } }
}
