import type { KnownName } from '../../../graph/index.ts'
import type { ApiContext } from '../context.ts'
import { atMost } from '../args.ts'

/** `DatasetName` in schema.graphql: one spelling, as the sender wrote it. */
export const datasetNameResolvers = {
  DatasetName: {
    namespace: ({ spelling }: KnownName) => spelling.namespace,
    name: ({ spelling }: KnownName) => spelling.name,
    evidence(
      { evidence }: KnownName,
      { first }: Readonly<{ first: number }>,
      { load, config }: ApiContext,
    ) {
      const most = atMost(config.pageSizeMax, 'first', { value: first })
      return load.entries(evidence.slice(0, most))
    },
  },
}
