import type { AppliedLabel } from '../../../governance/index.ts'
import type { ApiContext } from '../context.ts'
import { isLimited } from '../visible.ts'

/** Of the label itself. All others tell where it comes from, and may name what is hidden. */
const ofNothingElse: ReadonlySet<string> = new Set([
  'method',
  'keyed',
  'reversible',
  'smallestCell',
])

/** `AppliedLabel` in schema.graphql. */
export const labelResolvers = {
  AppliedLabel: {
    attributes({ attributes }: AppliedLabel, _args: unknown, { caller }: ApiContext) {
      const shown = Object.entries(attributes).filter(
        ([key]) => !isLimited(caller) || ofNothingElse.has(key),
      )
      return Object.fromEntries(shown)
    },
  },
}
