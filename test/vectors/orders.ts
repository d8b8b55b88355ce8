import type { Draft, Entry, Json, Micros } from '../../src/model/index.ts'
import type { Translated } from '../../src/graph/index.ts'
import type { Vector } from './vector.ts'
import { createHash } from 'node:crypto'
import { translate } from '../../src/ingest/index.ts'
import { cleanNames } from '../../src/ingest/clean-name.ts'
import { judge } from '../../src/ingest/judge.ts'
import { entryKeyOf, parseJson, parseTime } from '../../src/model/index.ts'
import { scrub } from '../scrub.ts'

const received = parseTime('2026-05-01T00:00:00Z') as Micros

/** The entries of these drafts, each received a microsecond after the one before. */
export function receivedAs(drafts: readonly Draft[]): readonly Translated[] {
  return drafts.map((draft, index) => {
    const entry = {
      ...draft,
      key: entryKeyOf(draft),
      position: `chain:${index}`,
      receivedAt: received + index,
      hash: '',
    } as Entry
    return { entry, facts: translate(entry) }
  })
}

/** The entries that the intake would make of an event, at the door that its vector names. */
export function eventDrafts(
  event: object,
  { context = {}, door }: Pick<Vector, 'context' | 'door'>,
): readonly Draft[] {
  const how = { sender: 'vectors', trust: 'SELF_REPORTED', context } as const
  const mode = door === undefined ? 'refuse' : 'dead-letter'
  const given = 'text' in event ? { text: String(event.text) } : { value: jsonOf(event) }
  const tools = { digestOf, scrub, cleanName: cleanNames(scrub) }
  return judge({ ...given, ...how, mode }, tools).flatMap(({ draft }) => draft ?? [])
}

/** Events as written, backwards, and shuffled four times with some doubled; decisions stay as told. */
export function ordersOf(
  events: readonly Draft[],
  decisions: readonly Draft[],
  decideFirst: (order: number) => boolean,
): readonly (readonly (readonly Translated[])[])[] {
  const shuffled = [1, 2, 3, 4].map((seed) => {
    const random = randomFrom(seed)
    const doubled = [...events, ...events.filter(() => random() < 0.5)]
    return doubled
      .map((draft) => [random(), draft] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, draft]) => draft)
  })
  return [events, events.toReversed(), ...shuffled].map((told, index) => {
    const all = decideFirst(index) ? [...decisions, ...told] : [...told, ...decisions]
    return cut(receivedAs(all), randomFrom(index))
  })
}

/** In batches of one to four. */
function cut(
  entries: readonly Translated[],
  random: () => number,
): readonly (readonly Translated[])[] {
  const batches: (readonly Translated[])[] = []
  for (let from = 0; from < entries.length;) {
    const size = 1 + Math.floor(random() * 4)
    batches.push(entries.slice(from, from + size))
    from += size
  }
  return batches
}

/** Numbers from 0 to 1, the same for a seed each time. */
function randomFrom(seed: number): () => number {
  let count = 0
  return () => {
    const digest = createHash('sha256')
      .update(`${seed}:${(count += 1)}`)
      .digest()
    return digest.readUInt32BE(0) / 2 ** 32
  }
}

function jsonOf(event: object): Json {
  return parseJson(JSON.stringify(event))
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
