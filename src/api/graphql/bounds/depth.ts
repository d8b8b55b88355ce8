import type { Bound } from './bound.ts'
import { measured } from './measure.ts'

/** How many fields lie inside each other, the answered one included, through fragments too. */
export const depthBound: Bound = {
  unit: 'fields inside each other',
  max: ({ queryDepthMax }) => queryDepthMax,
  of: ({ document }) =>
    measured(document, {
      field: (_node, below) => 1 + below,
      together: (one, other) => Math.max(one, other),
    }),
}
