import { LinewardError } from '../../errors.ts'
import { coversAny, nearestCategories, parseCategory } from '../../model/index.ts'
import { quoted } from './args.ts'

/** How many categories an error message offers in place of one that there is not. */
const nearestShown = 3

/**
 * A category or what covers some, to be asked about.
 *
 * @throws LinewardError LABEL_UNKNOWN with the nearest categories.
 */
export function labelAsked(text: string): string {
  return coversAny(text) ? text : refuse(text)
}

/**
 * A category, to be stated: not only a group of them.
 *
 * @throws LinewardError LABEL_UNKNOWN with the nearest categories.
 */
export function categoryIn(text: string): string {
  return parseCategory(text)?.label ?? refuse(text)
}

function refuse(text: string): never {
  const near = nearestCategories(text, nearestShown).join(', ')
  throw new LinewardError(
    'LABEL_UNKNOWN',
    `There is no category ${quoted(text)}; near are ${near} (docs/governance.md lists all)`,
  )
}
