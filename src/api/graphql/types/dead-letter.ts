import type { DeadLetterRecord } from '../../../graph/index.ts'
import type { Entry } from '../../../model/index.ts'
import type { ApiContext } from '../context.ts'
import { mayReadEvents } from '../visible.ts'
import { eventOf } from './evidence.ts'

/** A dead letter with the entry that keeps what was handed in. */
export type DeadLetterView = Readonly<{ record: DeadLetterRecord; entry: Entry }>

/** `DeadLetter` in schema.graphql. */
export const deadLetterResolvers = {
  DeadLetter: {
    id: ({ record }: DeadLetterView) => record.id,
    code: ({ record }: DeadLetterView) => record.code,
    // A path names parts of the event, which is for those who may read it.
    reason: ({ record }: DeadLetterView, _args: unknown, { caller }: ApiContext) =>
      record.path === '' || !mayReadEvents(caller)
        ? record.reason
        : `${record.reason} (at ${record.path})`,
    receivedAt: ({ entry }: DeadLetterView) => entry.receivedAt,
    sender: ({ entry }: DeadLetterView) => entry.sender,
    event: ({ entry }: DeadLetterView, _args: unknown, { caller }: ApiContext) =>
      mayReadEvents(caller) ? eventOf(entry) : undefined,
  },
}
