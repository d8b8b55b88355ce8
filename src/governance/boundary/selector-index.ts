import type { CompiledSelector } from './compile.ts'

/** Selectors, and of them those whose pattern for the name can match a name by how that begins. */
export interface SelectorIndex {
  /** In the order in which they were given. */
  possibleFor(name: string): readonly CompiledSelector[]
}

/**
 * Selectors by what their pattern for the name begins with. A name is looked up once for each length
 * of such a beginning, so that a lake with a thousand selectors costs as much as one with ten.
 */
export function indexedByName(selectors: readonly CompiledSelector[]): SelectorIndex {
  const byPrefix = Map.groupBy(selectors.keys(), (at) => selectors[at]?.parts.name?.prefix ?? '')
  const lengths = [...new Set([...byPrefix.keys()].map(({ length }) => length))]
  return {
    possibleFor(name) {
      const found: number[] = []
      for (const length of lengths) {
        if (length > name.length) continue
        found.push(...(byPrefix.get(name.slice(0, length)) ?? []))
      }
      return found.toSorted((a, b) => a - b).flatMap((at) => selectors[at] ?? [])
    },
  }
}
