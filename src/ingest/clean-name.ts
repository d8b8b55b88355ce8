import type { Scrub } from './scrub/index.ts'

/** As many as a large organisation has sources, times the calls that it makes. */
const rememberedMax = 20_000

/**
 * Scrubs short texts of which there are few and which come again and again, names of sources and of
 * calls: each is looked through once.
 */
export function cleanNames({ text }: Pick<Scrub, 'text'>): (name: string) => string {
  const clean = new Map<string, string>()
  return (name) => {
    const known = clean.get(name)
    if (known !== undefined) return known
    if (clean.size === rememberedMax) clean.clear()
    const scrubbed = text(name).text
    clean.set(name, scrubbed)
    return scrubbed
  }
}
