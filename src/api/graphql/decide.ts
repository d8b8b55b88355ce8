import type { DecisionPayload, Draft, Exposure } from '../../model/index.ts'
import type { ApiContext } from './context.ts'
import { LinewardError } from '../../errors.ts'

/**
 * Writes the entry of a decision, with the caller as its author, and waits until the graph shows it.
 * `finds` is what was taken out of the payload already.
 *
 * @throws LinewardError NOT_DURABLE when nothing was accepted; GRAPH_BEHIND when it was accepted
 *   and the graph did not get to it within `queryWaitMs`.
 */
export async function decide(
  payload: DecisionPayload,
  finds: readonly Exposure[],
  context: ApiContext,
): Promise<void> {
  const { decisions } = context.parts
  const draft = decisions.decisionDraft(payload, authorIn(context))
  await append({ ...draft, exposures: [...draft.exposures, ...finds] }, context)
}

/** Writes one entry and waits for it as `decide` does. */
export async function append(draft: Draft, context: ApiContext): Promise<void> {
  await context.parts.ledger.append([draft])
  await settled(context)
}

/** Waits until all that is accepted is in the graph. Throws GRAPH_BEHIND as `decide` does. */
export async function settled({ parts, config, forget }: ApiContext): Promise<void> {
  const reached = await parts.projector.reached(parts.ledger.head().entries, config.queryWaitMs)
  forget()
  if (reached) return
  throw new LinewardError(
    'GRAPH_BEHIND',
    'It was accepted and will show; the graph did not get to it in time to show it here',
  )
}

/** Who decides, at a moment of their own: no two decisions of this process are of one time. */
export function authorIn({ caller, acceptedAt }: ApiContext): {
  readonly author: string
  readonly at: ReturnType<ApiContext['acceptedAt']>
} {
  return { author: caller.name, at: acceptedAt() }
}
