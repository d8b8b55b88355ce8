import type { Draft, Json } from '../model/index.ts'
import type { Failing } from './dead-letter.ts'
import type { JudgeTools, Received } from './received.ts'
import type { Item } from './unwrap/unwrap.ts'
import { canonicalJson } from '../model/index.ts'
import { contextOf, timeOfDeadLetter } from './dead-letter.ts'
import { recognise } from './recognise.ts'

/** The entry of what could not be used: all of it, scrubbed, with why. */
export function deadLetterDraft(
  item: Item,
  { sender, trust }: Pick<Received, 'sender' | 'trust'>,
  failing: Failing,
  tools: JudgeTools,
): Draft {
  const kept = 'text' in item ? ofText(item.text, tools) : ofValue(item, tools)
  const beside = tools.scrub.context(item.context)
  return {
    kind: 'dead-letter',
    eventKey: `dead-letter:${kept.digest}`,
    sender,
    trust,
    context: { ...beside.context, ...contextOf(failing) },
    retracts: [],
    scrubVersion: tools.scrub.version,
    ...kept,
    exposures: [...kept.exposures, ...beside.finds],
  }
}

type Kept = Pick<Draft, 'digest' | 'format' | 'eventTime' | 'payload' | 'source' | 'exposures'>

function ofText(text: string, { digestOf, scrub }: JudgeTools): Kept {
  const { text: payload, finds: exposures } = scrub.text(text)
  return {
    digest: digestOf(text),
    format: 'text',
    eventTime: timeOfDeadLetter(undefined),
    payload,
    source: 'text:unknown',
    exposures,
  }
}

/** What no format knows is scrubbed as the one that looks everywhere. */
function ofValue(
  { value: given, context }: Extract<Item, { value: Json }>,
  { digestOf, scrub }: JudgeTools,
): Kept {
  const format = recognise(given)
  const { value, finds: exposures } = scrub.event(given, format?.name ?? 'json')
  return {
    digest: digestOf(canonicalJson(given)),
    format: format?.name ?? 'json',
    eventTime: timeOfDeadLetter(given),
    payload: canonicalJson(value),
    source: format?.sourceOf({ value, context }) ?? 'json:unknown',
    exposures,
  }
}
