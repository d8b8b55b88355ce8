import type { GovernedDataset } from '../../graph/index.ts'
import type { AppliedLabel } from '../port.ts'
import type { Source } from './source.ts'
import type { Stated } from './stated.ts'

export function sourceOf(dataset: GovernedDataset, stated: Stated): Source {
  return {
    stated,
    labels: stated.labels
      .filter(({ holds }) => holds)
      .map(({ label, column, at }): AppliedLabel => ({
        label,
        column,
        origin: 'ASSERTED',
        confidence: 1,
        coarse: false,
        decision: 'CONFIRMED',
        from: dataset.firstSeen ?? at,
        until: undefined,
        attributes: {},
      })),
    grain: 'UNKNOWN',
    isHealthContext: false,
  }
}
