import type { Entry, Exposure, Json } from '../model/index.ts'
import type { Scrub } from './scrub/index.ts'
import { LinewardError } from '../errors.ts'
import { canonicalJson, isJsonObject, isOwnerAddress, parseJson } from '../model/index.ts'
import { isList } from './members.ts'

/** What an entry would be by rules that it was not written under. */
export type ScrubbedEntry = Readonly<
  Pick<Entry, 'payload' | 'context' | 'exposures'> & {
    /** What was found now, in payload and context; `exposures` has them beside those of before. */
    finds: readonly Exposure[]
    /** Something would change that stands in the header: the context, or where something was found. */
    changesHeader: boolean
  }
>

/** Scrubs entries of the ledger: pure, so that an entry can be asked for again. */
export type EntryScrub = Readonly<{
  version: number
  rules: Scrub
  scrub: (entry: Entry) => ScrubbedEntry
}>

/**
 * Scrubbing by these rules for entries that stand in the ledger already: events and dead letters as
 * intake scrubs them, of what people said their free words. An erased payload stays as it is. Names
 * in the header (source, sender, author) are not looked at.
 */
export function entryScrub(rules: Scrub): EntryScrub {
  return {
    version: rules.version,
    rules,
    scrub(entry) {
      const { payload, finds: found } = payloadBy(rules, entry)
      const beside = rules.context(entry.context)
      const before = entry.exposures.map((exposure) => {
        return { ...exposure, path: rules.text(exposure.path).text }
      })
      const finds = [...found, ...beside.finds]
      const changesHeader =
        canonicalJson(beside.context) !== canonicalJson(entry.context) ||
        before.some(({ path }, at) => path !== entry.exposures[at]?.path)
      const exposures = merged([...before, ...finds])
      return { payload, context: beside.context, exposures, finds, changesHeader }
    },
  }
}

type Payload = Readonly<{ payload: string; finds: readonly Exposure[] }>

function payloadBy(rules: Scrub, entry: Entry): Payload {
  const { kind, format, payload } = entry
  if (entry.erased === true) return { payload, finds: [] }
  const value = format === 'text' ? undefined : jsonIn(payload)
  if (value === undefined) {
    const { text, finds } = rules.text(payload)
    return { payload: text, finds }
  }
  const clean =
    kind === 'decision' || kind === 'retraction'
      ? wordsBy(rules, value)
      : rules.event(value, format)
  return {
    payload: clean.value === value ? payload : canonicalJson(clean.value),
    finds: clean.finds,
  }
}

/** What a person said in words of their own; names stay, they are what it is about. */
function wordsBy(rules: Scrub, said: Json): Readonly<{ value: Json; finds: readonly Exposure[] }> {
  if (!isJsonObject(said)) return { value: said, finds: [] }
  const found: Exposure[] = []
  const clean = (value: Json, path: string): Json => {
    if (isList(value)) {
      return value.map((item) =>
        typeof item === 'string' && isOwnerAddress(item) ? item : clean(item, path),
      )
    }
    if (typeof value !== 'string') return value
    const { text, finds } = rules.text(value)
    found.push(...finds.map((find) => ({ ...find, path })))
    return text
  }
  const entries = Object.entries(said).map(
    ([key, value]) => [key, freeWords.has(key) ? clean(value, `/${key}`) : value] as const,
  )
  const value = Object.fromEntries(entries)
  return { value: canonicalJson(value) === canonicalJson(said) ? said : value, finds: found }
}

const freeWords: ReadonlySet<string> = new Set(['description', 'reason', 'owners'])

/** One for each detector and place, with all that was ever found there. */
function merged(exposures: readonly Exposure[]): readonly Exposure[] {
  const all = new Map<string, Exposure>()
  for (const exposure of exposures) {
    const key = JSON.stringify([exposure.detector, exposure.path])
    const before = all.get(key)?.count ?? 0
    all.set(key, { ...exposure, count: before + exposure.count })
  }
  return [...all.values()]
}

/** What does not read as JSON any more is a text like others. */
function jsonIn(payload: string): Json | undefined {
  try {
    return parseJson(payload)
  } catch (error) {
    if (error instanceof LinewardError && error.code === 'JSON_MALFORMED') return undefined
    throw error
  }
}
