import type { IntakeResult } from '../parts.ts'

export type EventTotals = Readonly<
  Record<'accepted' | 'duplicates' | 'irrelevant' | 'unknown' | 'deadLettered', number>
>

/** What happened at the door since the start, for `/metrics`. */
export class Counters {
  #events = { accepted: 0, duplicates: 0, irrelevant: 0, unknown: 0, deadLettered: 0 }
  readonly #problems = new Map<string, number>()

  took({ accepted, duplicates, irrelevant, unknown, deadLettered }: IntakeResult): void {
    this.#events.accepted += accepted
    this.#events.duplicates += duplicates
    this.#events.irrelevant += irrelevant
    this.#events.unknown += unknown
    this.#events.deadLettered += deadLettered
  }

  /** A request, or one event of a batch, was turned away with this code. */
  refused(code: string): void {
    this.#problems.set(code, (this.#problems.get(code) ?? 0) + 1)
  }

  get events(): EventTotals {
    return this.#events
  }

  get problems(): ReadonlyMap<string, number> {
    return this.#problems
  }
}
