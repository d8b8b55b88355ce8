import type { ApiContext } from '../context.ts'

/** `Ledger` in schema.graphql: one chain, that of this process; none before the first entry. */
export const ledgerResolvers = {
  Ledger: {
    async chains(_ledger: unknown, _args: unknown, { parts }: ApiContext) {
      const { chain, entries, position, hash } = parts.ledger.head()
      if (position === undefined) return []
      const checkpoint = await parts.ledger.lastCheckpoint()
      return [{ id: chain, entries, head: position, hash, checkpoint }]
    },
  },
}
