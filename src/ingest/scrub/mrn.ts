import type { Span } from './marker.ts'
import type { NameHint } from './name-hint.ts'
import { disjoint } from './neighbours.ts'

/** Digits, with a few letters before them and hyphens between. */
const number = '(?:[A-Z]{1,4}-?)?\\d(?:-?\\d){3,13}'
const said = new RegExp(
  '(?<=(?<!scrubbed:)(?<![a-z])(?:mrn|medical[\\s_-]record(?:[\\s_-](?:number|no|num|id))?)s?' +
    '[^\\w[\\]\\n]{1,6}(?:(?:is|was|number|no)\\s)?)' +
    `${number}(?![A-Za-z0-9])`,
  'gi',
)
const alone = new RegExp(`(?<![A-Za-z0-9])${number}(?![A-Za-z0-9])`, 'gi')

/** What a text with one in it holds, where no form is configured. */
export const mrnHint = 'mrn|medical[\\s_-]record'

/** A configured form as it is searched for: as a whole word. */
export function mrnForm({ source, flags }: RegExp): RegExp {
  const kept = flags.includes('i') ? 'gi' : 'g'
  return new RegExp(`(?<![A-Za-z0-9])(?:${source})(?![A-Za-z0-9])`, kept)
}

/**
 * Medical record numbers: what has a configured form and a digit in it, wherever it stands; and
 * digits that a word before them or the name beside them calls so, whatever their form.
 */
export function findMrns(text: string, hint: NameHint, forms: readonly RegExp[]): readonly Span[] {
  const patterns = [...forms, said, ...(hint.mrn ? [alone] : [])]
  return disjoint(
    patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)]
        .filter(([match]) => /\d/.test(match))
        .map(({ index, 0: match }) => ({
          start: index,
          end: index + match.length,
          detector: 'mrn' as const,
        })),
    ),
  )
}
