import type { Body } from './body.ts'
import type { SplitHint } from './event-splitter.ts'
import { LinewardError } from '../../errors.ts'
import { EventSplitter } from './event-splitter.ts'

export type GroupLimits = Readonly<{ eventBytesMax: number; batchEventsMax: number }>

/** Events that go to the ledger together. `first` is the index of the first one in the body. */
export type EventGroup = Readonly<{ first: number; texts: readonly string[] }>

const groupEventsMax = 1000
const groupCharactersMax = 8 * 1024 * 1024
const pieceBytes = 1024 * 1024

/**
 * The events of a body in groups of bounded size. All of the body is looked at before the first
 * group is given, so that a body over a limit is refused whole.
 *
 * @throws LinewardError BODY_TOO_LARGE for too many events or one that is too large,
 * BODY_UNREADABLE for what is not UTF-8.
 */
export async function eventGroups(
  { body, hint }: Readonly<{ body: Body; hint: SplitHint }>,
  limits: GroupLimits,
): Promise<Iterable<EventGroup> | AsyncIterable<EventGroup>> {
  const kept: string[] = []
  let count = 0
  for await (const texts of split({ body, hint }, limits)) {
    count += texts.length
    if (count > limits.batchEventsMax) {
      throw new LinewardError('BODY_TOO_LARGE', `A body may hold ${limits.batchEventsMax} events`)
    }
    if (body.whole !== undefined) for (const text of texts) kept.push(text)
  }
  return body.whole === undefined ? regrouped(split({ body, hint }, limits)) : groupsOf(kept)
}

async function* split(
  { body, hint }: Readonly<{ body: Body; hint: SplitHint }>,
  { eventBytesMax }: GroupLimits,
): AsyncGenerator<readonly string[]> {
  const splitter = new EventSplitter(eventBytesMax, hint)
  for await (const chunk of body.chunks()) {
    // In pieces: a body of too many events is known for one long before its end.
    for (let from = 0; from < chunk.length; from += pieceBytes) {
      yield splitter.push(chunk.subarray(from, from + pieceBytes))
    }
  }
  yield splitter.end()
}

async function* regrouped(parts: AsyncIterable<readonly string[]>): AsyncGenerator<EventGroup> {
  let first = 0
  for await (const texts of parts) {
    for (const group of groupsOf(texts)) yield { ...group, first: first + group.first }
    first += texts.length
  }
}

function* groupsOf(texts: readonly string[]): Generator<EventGroup> {
  let first = 0
  let characters = 0
  for (const [index, text] of texts.entries()) {
    const isFull = index - first >= groupEventsMax || characters + text.length > groupCharactersMax
    if (index > first && isFull) {
      yield { first, texts: texts.slice(first, index) }
      first = index
      characters = 0
    }
    characters += text.length
  }
  if (first < texts.length) yield { first, texts: texts.slice(first) }
}
