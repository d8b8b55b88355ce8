import type { Bound } from './bound.ts'
import { measured } from './measure.ts'

/** How often a field is asked for under another name; a fragment's count wherever it is spread. */
export const aliasesBound: Bound = {
  unit: 'aliases',
  max: ({ queryAliasesMax }) => queryAliasesMax,
  of: ({ document }) =>
    measured(document, {
      field: (node, below) => (node.alias === undefined ? 0 : 1) + below,
      together: (one, other) => one + other,
    }),
}
