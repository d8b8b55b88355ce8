import type { Selector } from '../../model/index.ts'
import type { Boundary } from '../port.ts'
import type { Pattern } from './pattern.ts'
import type { SelectorIndex } from './selector-index.ts'
import type { SelectorKey } from './selector.ts'
import { compareCodePoints } from '../../model/index.ts'
import { readPattern } from './pattern.ts'
import { canonicalSelector, selectorKeys, selectorPart, selectorText } from './selector.ts'

/** A selector made ready to be matched, with the boundary that it places in. */
export type CompiledSelector = Readonly<{
  boundary: Boundary
  text: string
  parts: Readonly<Partial<Record<SelectorKey, Pattern>>>
  tag: TagPattern | undefined
  specificity: Specificity
}>

export type TagPattern = Readonly<{
  /** The whole tag, for one whose value is asked for, or that has none. */
  whole: Pattern
  /** `key:` and any value. */
  any: Pattern | undefined
  /** The key alone, where the value asked for is what a tag without a value has. */
  bare: Pattern | undefined
}>

/** What decides between selectors that match the same; compared in this order. */
export type Specificity = Readonly<{
  /** One bit for each property that it asks for, those that tell more above the others. */
  properties: number
  literals: number
  /** It has no wildcard. */
  exact: boolean
}>

/** The selectors of all boundaries, the most specific first. */
export type CompiledBoundaries = Readonly<{
  selectors: readonly CompiledSelector[]
  /** What was found to be possible for a namespace. It only spares work: a function of the text. */
  byNamespace: Map<string, NamespaceView>
}>

/** What a namespace tells alone, so that its many names are not asked again. */
export type NamespaceView = Readonly<{
  /** Selectors that can still match a dataset in it. */
  selectors: SelectorIndex
  account: string | undefined
  region: string | undefined
}>

/**
 * Boundaries made ready to place by: once for as many subjects as there are. The order in which they
 * are given does not matter. A selector that asks for nothing matches nothing. Never throws.
 */
export function compileBoundaries(boundaries: readonly Boundary[]): CompiledBoundaries {
  const selectors = boundaries
    .flatMap((boundary) =>
      boundary.selectors.map((selector) => compileSelector(selector, boundary)),
    )
    .filter(({ specificity }) => specificity.properties > 0)
    .toSorted(
      (a, b) =>
        compareSpecificity(b.specificity, a.specificity) ||
        compareCodePoints(a.boundary.name, b.boundary.name) ||
        compareCodePoints(a.text, b.text),
    )
  return { selectors, byNamespace: new Map() }
}

function compileSelector(given: Selector, boundary: Boundary): CompiledSelector {
  const selector = canonicalSelector(given)
  const parts: Partial<Record<SelectorKey, Pattern>> = {}
  const specificity = { properties: 0, literals: 0, exact: true }
  for (const [index, key] of selectorKeys.entries()) {
    const text = selectorPart(selector, key)
    if (text === undefined) continue
    const pattern = readPattern(text)
    parts[key] = pattern
    specificity.properties |= 1 << (selectorKeys.length - 1 - index)
    specificity.literals += pattern.literals
    specificity.exact &&= pattern.exact
  }
  const text = selectorText(selector)
  return { boundary, text, parts, tag: tagPatternOf(selector), specificity }
}

function tagPatternOf({ tag }: Selector): TagPattern | undefined {
  if (tag === undefined) return undefined
  const { key, value } = tag
  return value === undefined
    ? { whole: readPattern(key), any: readPattern(`${key}:**`), bare: undefined }
    : {
        whole: readPattern(`${key}:${value}`),
        any: undefined,
        // A tag whose value is true is kept as its key alone.
        bare: value.toLowerCase() === 'true' ? readPattern(key) : undefined,
      }
}

/** Positive when the first is the more specific, 0 for a tie (phi.md section 6.1). */
export function compareSpecificity(a: Specificity, b: Specificity): number {
  return a.properties - b.properties || a.literals - b.literals || Number(a.exact) - Number(b.exact)
}
