import type { Config } from '../../../config.ts'
import type { Bound, Parsed } from './bound.ts'
import { LinewardError } from '../../../errors.ts'
import { aliasesBound } from './aliases.ts'
import { costBound } from './cost.ts'
import { depthBound } from './depth.ts'

/**
 * Looked at in this order before a query is validated or runs. `parseWithin` bounds its length.
 *
 * @internal
 */
export const bounds: readonly Bound[] = [depthBound, aliasesBound, costBound]

/** @throws LinewardError LIMIT_EXCEEDED that says which bound the question is over. */
export function holdWithinBounds(parsed: Parsed, config: Config): void {
  for (const { unit, max, of } of bounds) {
    // Asked this way round, so that what is no number is over the bound.
    if (!(of(parsed) <= max(config))) {
      throw new LinewardError('LIMIT_EXCEEDED', `This query has more than ${max(config)} ${unit}`)
    }
  }
}
