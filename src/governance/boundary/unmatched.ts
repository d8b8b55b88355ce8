import type { Boundary } from '../port.ts'
import type { Subject } from './subject.ts'
import { compileBoundaries } from './compile.ts'
import { placementOf } from './placement.ts'
import { selectorText } from './selector.ts'

/**
 * The selectors of a boundary that match nothing of all there is: a slip of the pen, most often, and
 * for a preview to tell. Each is tried alone, so that a more specific one beside it hides nothing.
 */
export function unmatchedSelectors(
  boundary: Boundary,
  subjects: Iterable<Subject>,
): readonly string[] {
  const waiting = new Map(
    boundary.selectors.map((selector) => [
      selectorText(selector),
      compileBoundaries([{ ...boundary, selectors: [selector] }]),
    ]),
  )
  for (const subject of subjects) {
    if (waiting.size === 0) break
    for (const [text, compiled] of waiting) {
      if (placementOf(subject, compiled)?.boundary !== undefined) waiting.delete(text)
    }
  }
  return [...waiting.keys()]
}
