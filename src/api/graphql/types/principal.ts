import type { ApiContext } from '../context.ts'
import type { PrincipalView } from '../view.ts'
import { actedFor, actsFor } from '../../../graph/index.ts'
import { principalWords } from '../../../model/index.ts'
import { principalById } from '../node-id.ts'

/** `Query.principal` and `Principal` in schema.graphql. */
export const principalResolvers = {
  Query: {
    principal: (_root: unknown, { id }: Readonly<{ id: string }>, context: ApiContext) =>
      principalById(id, context),
  },
  Principal: {
    kind: ({ id }: PrincipalView) => principalWords(id).kind,
    name: ({ id }: PrincipalView) => principalWords(id).name,
    async actsFor({ id, access }: PrincipalView, _args: unknown, { graph }: ApiContext) {
      const found = access === undefined ? await actsFor(id, graph) : await actedFor(access, graph)
      return found.map((one): PrincipalView => ({ __typename: 'Principal', id: one }))
    },
  },
}
