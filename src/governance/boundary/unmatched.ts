import type { Boundary } from '../port.ts'
import type { Subject } from './subject.ts'
import { compileBoundaries } from './compile.ts'
import { everyMatch } from './placement.ts'
import { canonicalSelector, selectorText } from './selector.ts'

/**
 * The selectors of a boundary that match nothing of all there is: a slip of the pen, most often, and
 * for a preview to tell. That a more specific one wins over it makes none of them unmatched.
 */
export function unmatchedSelectors(
  boundary: Boundary,
  subjects: Iterable<Subject>,
): readonly string[] {
  const compiled = compileBoundaries([boundary])
  const waiting = new Set(
    boundary.selectors.map((selector) => selectorText(canonicalSelector(selector))),
  )
  for (const subject of subjects) {
    if (waiting.size === 0) break
    for (const { text } of everyMatch(subject, compiled)) waiting.delete(text)
  }
  return [...waiting]
}
