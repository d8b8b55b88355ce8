import type { Exposure, Statement } from '../../model/index.ts'
import type { ApiContext } from './context.ts'
import { LinewardError } from '../../errors.ts'
import { decide } from './decide.ts'

/**
 * Writes down what the caller states, and waits until governance has judged it. `finds` is what was
 * taken out of it already. A token that stands for no person speaks for itself.
 *
 * @throws LinewardError those of `decide`; GRAPH_BEHIND also when it was accepted and is in the graph,
 *   and was not judged within `queryWaitMs`.
 */
export async function state(
  statement: Statement,
  context: ApiContext,
  finds: readonly Exposure[] = [],
): Promise<void> {
  const { person, name } = context.caller
  await decide({ decision: 'state', statement, person: person ?? name }, finds, context)
  if (await context.judged()) return
  throw new LinewardError(
    'GRAPH_BEHIND',
    'It was accepted and will show; it was not judged in time to show what it changes here',
  )
}

/**
 * Before something is compared with what there is: that has to be all that was accepted so far.
 *
 * @throws LinewardError GRAPH_BEHIND, and then nothing was accepted.
 */
export async function upToDate({ parts, config, forget, judged }: ApiContext): Promise<void> {
  const reached = await parts.projector.reached(parts.ledger.head().entries, config.queryWaitMs)
  forget()
  if (reached && (await judged())) return
  throw new LinewardError(
    'GRAPH_BEHIND',
    'Nothing was changed: what was accepted before is not judged yet; try again',
  )
}
