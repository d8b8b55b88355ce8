import type { AsOf } from '../../../graph/index.ts'
import type { Meeting } from '../../../model/index.ts'
import type { ApiContext } from '../context.ts'
import type { MeetingView } from '../view.ts'
import { atMost } from '../args.ts'
import { entriesOf } from './evidence.ts'

/** `Meeting` in schema.graphql. */
export const meetingResolvers = {
  Meeting: {
    kind: ({ meeting }: MeetingView) => meeting.kind,
    rule: ({ meeting }: MeetingView) => meeting.rule,
    during: ({ meeting }: MeetingView) => meeting.during,
    evidence(
      { meeting, asOf }: MeetingView,
      { first }: Readonly<{ first: number }>,
      context: ApiContext,
    ) {
      const most = atMost(context.config.pageSizeMax, 'first', { value: first })
      return entriesOf({ meeting }, asOf, most, context)
    },
  },
}

/** The meetings of two datasets that the caller may both see; undefined in place of others. */
export function meetingsSeen(
  meetings: readonly Meeting[],
  asOf: AsOf,
  { load }: ApiContext,
): Promise<readonly (MeetingView | undefined)[]> {
  return Promise.all(
    meetings.map(async (meeting): Promise<MeetingView | undefined> => {
      const [from, to] = await Promise.all([
        load.dataset(meeting.from, asOf),
        load.dataset(meeting.to, asOf),
      ])
      return from && to && { __typename: 'Meeting', meeting, from, to, asOf }
    }),
  )
}
