import type { Entry, EntryKey, Fact } from '../../model/index.ts'
import type { Derivation, Saying, Subject } from '../cells.ts'
import type { ReduceBatch, Translated } from '../port.ts'
import type { AccessTable } from './access-table.ts'
import type { Adjacency } from './adjacency.ts'
import type { CellTable } from './cell-table.ts'
import type { ChangeLog } from './change-log.ts'
import type { CountTable } from './count-table.ts'
import type { Database } from './database.ts'
import type { DeadLetterTable } from './dead-letter-table.ts'
import type { EntryTable, Receipt } from './entry-table.ts'
import type { ExposureTable } from './exposure-table.ts'
import type { Interning } from './interning.ts'
import type { Marks } from './marks.ts'
import type { PostingTable } from './posting-table.ts'
import { properties, sayingsOf, subjectsOf } from '../cells.ts'
import { touch } from './posting-table.ts'

/** Facts of entries that were reduced before: asked for after a retraction or a conflict. */
export type FactSource = (keys: readonly EntryKey[]) => Promise<readonly Translated[]>

/** One saying of an entry in effect, which was first received then. */
export type Said = Readonly<{ entry: EntryKey; receivedFirst: number; saying: Saying }>

export type ReductionParts = Readonly<{
  db: Database
  interning: Interning
  entries: EntryTable
  postings: PostingTable
  cells: CellTable
  deadLetters: DeadLetterTable
  counts: CountTable
  exposures: ExposureTable
  accesses: AccessTable
  marks: Marks
  adjacency: Adjacency
  changes: ChangeLog
  /** A fact dated further ahead of its entry's first receipt ranks last. Microseconds. */
  clockSkewMax: number
}>

/**
 * The first transaction: which entries are in effect, what they say as cells, which subjects they
 * are evidence for, and the marks of what has to be worked out again.
 */
export class Reduction {
  readonly #parts: ReductionParts

  constructor(parts: ReductionParts) {
    this.#parts = parts
  }

  reduce({ chain, next, entries }: ReduceBatch): void {
    for (const translated of entries) this.#receive(translated)
    this.#parts.db.run(
      `INSERT INTO watermark (chain, next) VALUES (?, ?)
       ON CONFLICT DO UPDATE SET next = max(next, excluded.next)`,
      chain,
      next,
    )
  }

  /** Applies entries that came into effect when their facts were not at hand. */
  bring(translated: readonly Translated[]): void {
    for (const { entry, facts } of translated) {
      const found = this.#parts.entries.inEffect(entry.key)
      if (found !== undefined) this.#apply(found.id, { entry, facts }, found.receivedFirst)
    }
  }

  /** Makes the cells of one subject anew from what the entries that still speak of it say. */
  rebuild(subject: number, key: string, said: readonly Said[]): void {
    const { cells, marks, postings } = this.#parts
    const wasDecided = cells.of(subject, 'decision').length > 0
    cells.clear(subject)
    for (const { entry, receivedFirst, saying } of said) {
      cells.merge(subject, saying, entry, this.#isAhead(saying.at, receivedFirst))
    }
    postings.refresh(subject)
    for (const derivation of derivationsOf(key)) marks.add(derivation, subject)
    // Without its split a name is joined to, or located by, others that have not changed themselves.
    if (wasDecided) for (const other of this.#neighboursOf(subject)) marks.add('identity', other)
  }

  /** Names that symlinks and locations connect with this one. */
  #neighboursOf(subject: number): readonly number[] {
    const { cells, interning } = this.#parts
    return cells
      .between(subject, 'alias', 'located')
      .map(({ member }) => interning.subjectRow(member.slice(member.indexOf(':') + 1)))
      .filter((row) => row !== undefined)
  }

  #receive({ entry, facts }: Translated): void {
    const { entries } = this.#parts
    for (const key of entry.retracts) this.#settle(entries.retract(key, entry.receivedAt))
    if (entry.kind === 'retraction') return
    const receipt = entries.receive(entry)
    if (this.#settle(receipt.id, { entry, facts }, receipt.first)) return
    this.#receiveEarlier({ entry, facts }, receipt)
  }

  /** Receipts of several chains come in any order: what was first is known only after all of them. */
  #receiveEarlier({ entry, facts }: Translated, { id, first, before }: Receipt): void {
    const { deadLetters, entries, marks } = this.#parts
    if (before === undefined || first >= before) return
    deadLetters.setReceived(entry.key, first)
    // What was not ahead of its time when it seemed to be received late can be so now.
    if (facts.some(({ at }) => this.#isAhead(at, before) !== this.#isAhead(at, first))) {
      for (const subject of entries.subjectsOf(id)) marks.add('recompute', subject)
    }
  }

  /** Brings entries of one event in or out of effect. True when the one at hand came in. */
  #settle(id: number, translated?: Translated, receivedFirst = 0): boolean {
    let cameIn = false
    for (const change of this.#parts.entries.settle(id)) {
      if (!change.inEffect) this.#takeOut(change.id)
      else if (translated !== undefined && change.id === id) {
        cameIn = true
        this.#apply(id, translated, receivedFirst)
      } else this.#parts.marks.add('bring', change.id)
    }
    return cameIn
  }

  #takeOut(entry: number): void {
    const { accesses, counts, deadLetters, entries, exposures, marks, postings } = this.#parts
    counts.remove(entry)
    exposures.remove(entry)
    const subjects = entries.subjectsOf(entry)
    accesses.remove(entry, subjects)
    for (const subject of subjects) {
      postings.remove(subject, entry)
      marks.add('recompute', subject)
    }
    deadLetters.remove(entries.keyOf(entry))
  }

  #apply(id: number, { entry, facts }: Translated, receivedFirst: number): void {
    const { accesses, cells, changes, counts, deadLetters, entries } = this.#parts
    const { exposures, interning, marks, postings } = this.#parts
    const touched = new Map<number, { how: number; subject: Subject }>()
    const spokenOf = new Set<number>()
    const woken = new Wakings()
    for (const fact of facts) {
      const how = touchOf(entry, fact)
      for (const subject of subjectsOf(fact)) {
        const row = interning.subject(subject)
        if ((touched.get(row)?.how ?? -1) < how) touched.set(row, { how, subject })
      }
      for (const saying of sayingsOf(fact)) {
        const row = interning.subject(saying.subject)
        spokenOf.add(row)
        const changed = cells.merge(row, saying, entry.key, this.#isAhead(saying.at, receivedFirst))
        const { wakes } = properties[saying.property]
        if (changed && wakes !== undefined) woken.add(wakes, row)
      }
    }
    const source = entry.kind === 'event' ? interning.source(entry.source) : undefined
    for (const [row, { how, subject }] of touched) {
      const silent = !spokenOf.has(row)
      const isSeen = subject.kind === 'dataset' && how !== touch.decided
      if (isSeen && postings.isEarliest(row, entry.eventTime)) changes.add([subject.key])
      const posting = { subject: row, entry: id, at: entry.eventTime, touch: how, silent, source }
      const becameKnown = postings.add(posting)
      if (becameKnown) for (const one of firstWoken[subject.kind]) woken.add(one, row)
      if (how === touch.touched && this.#hasLife(subject)) woken.add('catalog', row)
    }
    entries.setSubjects(id, touched.keys())
    deadLetters.keep(entry, receivedFirst, facts)
    counts.keep(id, entry, facts)
    exposures.keep(id, facts)
    accesses.keep(id, entry, facts)
    for (const [derivation, row] of woken.all()) marks.add(derivation, row)
  }

  /**
   * Something is known of when the dataset existed, by any of its names: then a touch can mean that
   * it exists again. What was said of that and is not in memory yet is marked already.
   */
  #hasLife({ kind, key }: Subject): boolean {
    if (kind !== 'dataset') return false
    return (this.#parts.adjacency.name(key)?.dataset.existence.length ?? 0) > 0
  }

  #isAhead(at: number, receivedFirst: number): boolean {
    return at > receivedFirst + this.#parts.clockSkewMax
  }
}

/** What one entry has to be derived again for, each once. */
class Wakings {
  readonly #rows = new Map<Derivation, Set<number>>()

  add(derivation: Derivation, row: number): void {
    const rows = this.#rows.get(derivation) ?? new Set()
    rows.add(row)
    this.#rows.set(derivation, rows)
  }

  *all(): Iterable<readonly [Derivation, number]> {
    for (const [derivation, rows] of this.#rows) for (const row of rows) yield [derivation, row]
  }
}

/** What a subject that nobody has spoken of before is derived for, whatever is said of it. */
const firstWoken: Readonly<Record<Subject['kind'], readonly Derivation[]>> = {
  dataset: ['identity', 'catalog'],
  job: ['catalog'],
  run: ['run'],
  principal: [],
  session: [],
  governance: [],
  definition: [],
  transaction: [],
  schema: [],
  group: [],
}

/** What a subject can wake when its cells were made anew. */
function derivationsOf(key: string): readonly Derivation[] {
  return wokenByPrefix.find(([prefix]) => key.startsWith(prefix))?.[1] ?? wokenByName
}

const wokenByPrefix: readonly (readonly [string, readonly Derivation[]])[] = [
  ['run_', ['run']],
  ['job_', ['declaration', 'catalog']],
  ['definition_', ['users']],
  ['transaction_', ['users']],
  ['schema_', ['users']],
  ['group_', []],
  ['principal_', []],
  ['session_', []],
  ['governance_', []],
]
const wokenByName: readonly Derivation[] = ['identity', 'declaration', 'catalog']

function touchOf(entry: Entry, fact: Fact): number {
  if (entry.kind !== 'event') return touch.decided
  const isTouch = (fact.kind === 'mention' || fact.kind === 'access') && fact.touched
  return isTouch ? touch.touched : touch.mentioned
}
