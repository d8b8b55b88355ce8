import type { Entry } from '../src/model/index.ts'
import type { BenchOptions, Figure } from './figure.ts'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { translate } from '../src/ingest/index.ts'
import { recognise } from '../src/ingest/recognise.ts'
import { parseJson } from '../src/model/index.ts'
import { entryOf } from '../test/ingest/entry-of.ts'
import { shown } from './figure.ts'

const golden = join(import.meta.dirname, '../test/golden')

/** The golden events of each system into facts, over and over, beside `JSON.parse` of the same texts. */
export async function translation({ quick }: BenchOptions): Promise<readonly Figure[]> {
  const families = Map.groupBy(
    globSync('*/*/*.event.json', { cwd: golden }).toSorted(),
    (path) => path.split(/[\\/]/)[0] ?? '',
  )
  return [...families].map(([family, paths]) => {
    const entries = paths.flatMap((path) => entryIn(readFileSync(join(golden, path), 'utf8')))
    const events = (quick ? 2_000 : 20_000) + entries.length
    const ours = eventsPerSecond(entries, events, (entry) => translate(entry))
    const theirs = eventsPerSecond(entries, events, ({ payload }) => JSON.parse(payload) as unknown)
    return {
      line: `translation, ${family}, ${entries.length} golden events`,
      measured: `${shown(ours)} events/s`,
      against: `JSON.parse of the same texts: ${shown(theirs)} events/s`,
      ratio: ours / theirs,
      note: 'Of processor time, each event in its turn.',
    }
  })
}

function entryIn(text: string): readonly Entry[] {
  const value = parseJson(text)
  const format = recognise(value)
  const read = format?.read({ value, context: {} })
  if (format === undefined || read === undefined || 'failing' in read) return []
  return [entryOf(value, { format: format.name, eventTime: read.at })]
}

function eventsPerSecond(
  entries: readonly Entry[],
  events: number,
  work: (entry: Entry) => unknown,
): number {
  const round = (count: number): void => {
    for (let at = 0; at < count; at += 1) {
      const entry = entries[at % entries.length]
      if (entry !== undefined) work(entry)
    }
  }
  // Once to be compiled, once to be measured.
  round(events / 4)
  const since = process.cpuUsage()
  round(events)
  const { user, system } = process.cpuUsage(since)
  return events / ((user + system) / 1e6)
}
