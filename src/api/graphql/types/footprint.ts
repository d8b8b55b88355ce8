import type { AsOf } from '../../../graph/index.ts'
import type { DatasetGovernance } from '../../../governance/index.ts'
import type { DatasetStatus, Zone } from '../../../model/index.ts'
import type { Maybe, PageArgs } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetView } from '../view.ts'
import { connection } from '../connection.ts'
import { isJudged } from '../governed.ts'

type FootprintArgs = PageArgs &
  Readonly<{
    atLeast: DatasetStatus
    zones?: Maybe<readonly Zone[]>
    asOf?: Maybe<NonNullable<AsOf>>
  }>
type FootprintView = Readonly<{ dataset: DatasetView; governed: DatasetGovernance }>

/** `Query.footprint` and `Footprint` in schema.graphql: datasets that are hidden are left out. */
export const footprintResolvers = {
  Query: {
    async footprint(_root: unknown, args: FootprintArgs, context: ApiContext) {
      const { atLeast } = args
      const asOf = args.asOf ?? undefined
      const ask = { atLeast, zones: args.zones ?? undefined, asOf }
      const isAll = await isJudged(context)
      const page = await connection(args, context, {
        fetch: (wanted) => context.parts.governance.footprint(ask, wanted),
        view: (found) =>
          Promise.all(
            found.map(async (governed): Promise<FootprintView | undefined> => {
              const dataset = await context.load.dataset(governed.id, asOf)
              return dataset && { dataset, governed }
            }),
          ),
      })
      return { ...page, behind: !isAll }
    },
  },
  Footprint: {
    status: ({ governed }: FootprintView) => governed.status,
    enforced: ({ governed }: FootprintView) => governed.enforced,
    zone: ({ governed }: FootprintView) => governed.placement.zone,
    because({ governed: { because, rule } }: FootprintView) {
      const words = because.map(({ label, column }) =>
        column === undefined ? label : `${label} on ${column}`,
      )
      return words.length === 0 ? [rule] : [...new Set(words)]
    },
  },
}
