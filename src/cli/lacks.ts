import { listIn, textIn } from './lineage-answer.ts'
import { printable } from './terminal.ts'

/** What an answer may lack, in words. */
export function lacks(completeness: Readonly<Record<string, unknown>>): readonly string[] {
  const truncated = completeness['truncatedBy']
  const unknown = completeness['unknownCoverage']
  const figures = [
    ['hidden', 'datasets that you may not see'],
    ['unresolved', 'dead letters and unread statements in its way'],
  ] as const
  const spots = listIn(completeness, 'blindSpots').map(
    (spot) => `${printable(textIn(spot, 'source'))} could not see: ${textIn(spot, 'reason')}`,
  )
  return [
    ...(Array.isArray(truncated) && truncated.length > 0
      ? [`cut off by ${truncated.join(', ')}`]
      : []),
    ...figures.flatMap(([key, words]) =>
      completeness[key] === 0 ? [] : [`${String(completeness[key])} ${words}`],
    ),
    ...(completeness['behind'] === true ? ['not everything accepted is in the graph yet'] : []),
    ...(Array.isArray(unknown) && unknown.length > 0
      ? [
          `nobody knows what these sources could see: ${unknown.map(String).map(printable).join(', ')}`,
        ]
      : []),
    ...spots,
  ]
}
