import type { ApiContext } from '../context.ts'
import type { Completeness } from '../completeness.ts'

/** `Completeness` in schema.graphql. Only who asks whether all is judged waits for it. */
export const completenessResolvers = {
  Completeness: {
    complete: async ({ complete }: Completeness, _args: unknown, { judged }: ApiContext) =>
      complete && (await judged()),
    behind: async ({ behind }: Completeness, _args: unknown, { judged }: ApiContext) =>
      behind || !(await judged()),
  },
}
