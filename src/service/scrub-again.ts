import type { ScrubResult, Progress } from '../api/index.ts'
import type { EntryScrub, ScrubbedEntry } from '../ingest/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Draft, Entry, EntryKind, Micros, Position } from '../model/index.ts'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { retractionDraft } from '../ingest/index.ts'

export type ScrubAgainParts = Readonly<{
  ledger: Pick<Ledger, 'append' | 'erase' | 'head' | 'keysIn' | 'read'>
  by: EntryScrub
  clock: () => Micros
  /** Counts, and writes nothing. */
  dryRun: boolean
  /** Called before the first write, and before nothing else. */
  beforeChange: () => Promise<void>
  onProgress: (progress: Progress) => void
}>

/** An entry in which today's rules find something, and what they make of it. */
type Find = Readonly<{ entry: Entry; clean: ScrubbedEntry; changesPayload: boolean }>

const pageEntries = 100
/** Payload that waits for the disk at once. */
const pageBytes = 4 << 20
const headersNamedMax = 100
const author = 'lineward'
const firstVersion = 1

/** What may hold what people or programs wrote. A retraction's copy would retract once more. */
const scrubbable: ReadonlySet<EntryKind> = new Set([
  'event',
  'dead-letter',
  'decision',
  'retraction',
])

/**
 * Scrubs the entries of the ledger that an older version of the rules let in, by those of today. An
 * entry that changes and is in effect is written once more behind a retraction of it, as the same
 * entry, and so counts again; then the old payload is erased. One that is not in effect, and the reason
 * of a retraction, is only erased. Headers cannot be erased: where one holds a find, its position is in
 * the result. What is done already is not done again, so a run that broke off is repaired by the next.
 *
 * Entries that come in meanwhile are not looked at: they are scrubbed by today's rules.
 *
 * @throws LinewardError of the ledger; what was done until then holds.
 */
export async function scrubAgain(parts: ScrubAgainParts): Promise<ScrubResult> {
  const { ledger, by, dryRun, beforeChange, onProgress } = parts
  const counts = { changed: 0, erased: 0, headers: 0 }
  const headersAt: Position[] = []
  const detectors = new Map<string, number>()
  const total = ledger.head().entries
  let hasChanged = false

  for (let next = 0; next < total;) {
    const entries = await ledger.read(next, Math.min(pageEntries, total - next))
    const finds = await findsIn(entries, by)
    const inEffect = await inEffectOf(finds, ledger)
    const renewed = finds.filter(({ entry }) => inEffect.has(entry) && entry.erased !== true)
    const erased = finds.filter(({ changesPayload }) => changesPayload)
    const changed = new Set([...renewed, ...erased])
    for (const { clean } of changed) tally(clean, detectors)
    const held = finds.filter(({ clean }) => clean.changesHeader)
    headersAt.push(
      ...held.map(({ entry }) => entry.position).slice(0, headersNamedMax - headersAt.length),
    )
    counts.changed += changed.size
    counts.headers += held.length
    if (changed.size > 0 && !dryRun) {
      if (!hasChanged) await beforeChange()
      hasChanged = true
      await renew(renewed, parts)
      counts.erased += await ledger.erase(erased.map(({ entry }) => entry.position))
    }
    next += entries.length
    onProgress({ done: next, total })
  }
  // Of an earlier run too, that broke off between erasing and this.
  if (!dryRun) await ledger.erase([])
  const found = Object.fromEntries([...detectors].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return { entries: total, ...counts, headersAt, detectors: found, version: by.version }
}

async function findsIn(entries: readonly Entry[], by: EntryScrub): Promise<readonly Find[]> {
  const finds: Find[] = []
  for (const entry of entries) {
    const { kind, payload, scrubVersion = firstVersion } = entry
    if (!scrubbable.has(kind) || scrubVersion >= by.version) continue
    // Requests are answered between any two: an event can take long.
    await nextTurn()
    const clean = by.scrub(entry)
    const changesPayload = clean.payload !== payload
    if (changesPayload || clean.changesHeader) finds.push({ entry, clean, changesPayload })
  }
  return finds
}

/** Those that are the latest copy of their entry, and not retracted. */
async function inEffectOf(
  finds: readonly Find[],
  ledger: ScrubAgainParts['ledger'],
): Promise<ReadonlySet<Entry>> {
  if (finds.length === 0) return new Set()
  const keys = await ledger.keysIn({ positions: finds.map(({ entry }) => entry.position) })
  const latest = new Map(finds.map(({ entry }) => [entry.key, entry]))
  return new Set(keys.flatMap((key) => latest.get(key) ?? []))
}

/** Somebody may retract one of them meanwhile: then there is no copy of it, and it stays retracted. */
async function renew(
  finds: readonly Find[],
  { ledger, by, clock }: ScrubAgainParts,
): Promise<void> {
  const reason = `Scrubbed again by version ${by.version}`
  let waiting: Promise<unknown>[] = []
  let bytes = 0
  for (const { entry, clean } of finds) {
    const range = { positions: [entry.position] }
    const retraction = retractionDraft([entry.key], {
      author,
      at: clock(),
      reason,
      range,
      scrub: by.rules,
    })
    const drafts = [retraction, copyOf(entry, clean)].map((draft) => {
      return { ...draft, scrubVersion: by.version }
    })
    waiting.push(ledger.append(drafts, { onlyWhile: [entry.key] }))
    bytes += clean.payload.length
    if (bytes < pageBytes) continue
    await Promise.all(waiting)
    waiting = []
    bytes = 0
  }
  await Promise.all(waiting)
}

function copyOf(entry: Entry, { payload, context, exposures }: ScrubbedEntry): Draft {
  const { key: _key, position: _position, receivedAt: _receivedAt, hash: _hash, ...draft } = entry
  return { ...draft, payload, context, exposures }
}

function tally({ finds }: ScrubbedEntry, detectors: Map<string, number>): void {
  for (const detector of new Set(finds.map((find) => find.detector))) {
    detectors.set(detector, (detectors.get(detector) ?? 0) + 1)
  }
}
