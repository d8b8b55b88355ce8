import type {
  DecisionPayload,
  Draft,
  Entry,
  EntryKey,
  Exposure,
  Json,
  Micros,
} from '../../model/index.ts'
import type { Governance } from '../../governance/index.ts'
import type { Meters } from '../meters.ts'
import type { ApiParts } from '../parts.ts'

/** Who decides, and when it was accepted. */
export type Authored = Readonly<{ author: string; at: Micros }>

/** How a person's decision becomes an entry. Handed in, because the API knows no format. */
export interface Decisions {
  /** Free words of the payload are scrubbed, its names and owners are not. */
  decisionDraft(payload: DecisionPayload, by: Authored): Draft
  /** `keys` lose their effect, `range` is what was asked for; the reason is scrubbed. */
  retractionDraft(
    keys: readonly EntryKey[],
    by: Authored & Readonly<{ reason: string; range: Json }>,
  ): Draft
  /** Free text without the secrets and identifiers that somebody may have written into it. */
  scrubText(text: string): Readonly<{ text: string; finds: readonly Exposure[] }>
  /**
   * Reads a dead letter again as if it had just come in. Resolves when the outcome is on disk:
   * `accepted` or `duplicate` when it is an event now.
   */
  replay(entry: Entry, author: string): Promise<Readonly<{ status: string }>>
}

/** What GraphQL needs besides what every door needs. */
export type GraphqlParts = ApiParts &
  Readonly<{ decisions: Decisions; governance: Governance; meters: Meters }>
