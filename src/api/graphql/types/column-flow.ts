import type { PageArgs } from '../args.ts'
import type { ColumnFlowView } from '../column-flows.ts'
import type { ApiContext } from '../context.ts'
import { atMost } from '../args.ts'
import { mapActive, mapEvidence } from '../column-flows.ts'
import { connection } from '../connection.ts'

/** `ColumnFlow` in schema.graphql. */
export const columnFlowResolvers = {
  ColumnFlow: {
    type: ({ transformation }: ColumnFlowView) => transformation.type,
    subtype: ({ transformation }: ColumnFlowView) => transformation.subtype,
    masking: ({ transformation }: ColumnFlowView) => transformation.masking,
    description: ({ transformation }: ColumnFlowView) => transformation.description,
    active(
      view: ColumnFlowView,
      { first }: Readonly<{ first: number }>,
      { graph, config }: ApiContext,
    ) {
      return mapActive(view, atMost(config.pageSizeMax, 'first', { value: first }), graph)
    },
    evidence(view: ColumnFlowView, args: PageArgs, context: ApiContext) {
      return connection(args, context, {
        fetch: (page) => mapEvidence(view, page, context.graph),
        view: (keys) => context.load.entries(keys),
      })
    },
  },
}
