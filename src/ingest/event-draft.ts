import type { Draft, Json } from '../model/index.ts'
import type { Context, Format } from './format.ts'
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
  const told = toldOf(format, text, beside.context)
  const clean = scrub.event(value, format.name)
  return {
    value: clean.value,
    // The scrubber hands back what it did not change: most events are written out once.
    payload: clean.value === value ? text : canonicalJson(clean.value),
    digest: digestOf(needed === undefined ? told : `${told}\n${canonicalJson(needed)}`),
    sender,
    trust,
    context:
      needed === undefined ? beside.context : { ...beside.context, ...contextOfMapping(needed) },
    exposures: [...clean.finds, ...beside.finds],
    scrubVersion: scrub.version,
  }
}

/** What an event is known by where it has no id: its content and, if that is not enough, its place. */
export function toldOf(format: Format, text: string, context: Context): string {
  const place = format.placeOf?.(context)
  return place === undefined ? text : `${text}\n${place}`
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
  // What is kept as less than it was has a translator.
  const isKnown = compact !== undefined || format.isKnown(value)
  return { draft, outcome: { status: isKnown ? 'accepted' : 'unknown', warnings } }
}

/** The tally of an event that is not kept: of it all, only two names have to be clean. */
export function irrelevant(
  { format, value }: Readable,
  given: Context,
  { cleanName }: Pick<JudgeTools, 'cleanName'>,
): Judged {
  const tally = {
    source: cleanName(format.sourceOf({ value, context: given })),
    name: cleanName(format.nameOf(value)),
    count: 1,
  }
  return { draft: undefined, tally, outcome: { status: 'irrelevant', warnings: [] } }
}
