import type { Json } from '../../model/index.ts'
import type { Context } from '../format.ts'
import { parseJson } from '../../model/index.ts'
import { redshiftRecord } from '../redshift/log-line.ts'
import { openWrapping } from './wrappings.ts'

/** An event as far as it is unwrapped; `text` is what nobody could read as a value. */
export type Item = Readonly<{ value: Json } | { text: string }> & Readonly<{ context: Context }>

/** SQS in SNS in SQS in an array is four; nobody who delivers wraps deeper. */
const depthMax = 12

/**
 * The events that lie in what a sender gave, out of envelopes, lists and texts, in their order, each
 * with what its wrappings said beside it. What is no wrapping is an event itself, and a text that
 * cannot be read comes out as it is: nothing is left out.
 *
 * @see aws-events.md section 2.4
 */
export function unwrap(item: Item, depth = 0): readonly Item[] {
  const inner = depth < depthMax ? opened(item) : undefined
  return inner === undefined ? [item] : inner.flatMap((one) => unwrap(one, depth + 1))
}

function opened(item: Item): readonly Item[] | undefined {
  if ('value' in item) return openWrapping(item)
  const value = valueOf(item.text)
  return value === undefined ? undefined : [{ value, context: item.context }]
}

/** JSON within a text, or a record of a log. */
function valueOf(text: string): Json | undefined {
  if (!/^\s*[[{"]/.test(text)) return redshiftRecord(text.trimEnd())
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
