import type { CompiledSelector } from './compile.ts'

/** Selectors in two parts: those that ask for the name of a dataset come before all others. */
export type SelectorIndex = Readonly<{
  /** Those whose pattern can match the name by how that begins, in the order of all. */
  named: (name: string) => readonly CompiledSelector[]
  unnamed: readonly CompiledSelector[]
}>

/**
 * Selectors by what their pattern for the name begins with. A name is looked up once for each length
 * of such a beginning, so that a lake with a thousand selectors costs as much as one with ten.
 */
export function indexedByName(selectors: readonly CompiledSelector[]): SelectorIndex {
  const byPrefix = new Map<string, number[]>()
  for (const [at, { parts }] of selectors.entries()) {
    if (parts.name === undefined) continue
    const { prefix } = parts.name
    const alike = byPrefix.get(prefix)
    if (alike === undefined) byPrefix.set(prefix, [at])
    else alike.push(at)
  }
  const lengths = [...new Set([...byPrefix.keys()].map(({ length }) => length))]
  const named = (name: string): readonly CompiledSelector[] => {
    const found: number[] = []
    for (const length of lengths) {
      const alike = length > name.length ? undefined : byPrefix.get(name.slice(0, length))
      if (alike !== undefined) found.push(...alike)
    }
    return found.toSorted((a, b) => a - b).flatMap((at) => selectors[at] ?? [])
  }
  return { named, unnamed: selectors.filter(({ parts }) => parts.name === undefined) }
}
