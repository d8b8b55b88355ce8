import type { Place } from './place.ts'

/** Names of people and programs are shorter, and what is longer seldom comes again. */
const charactersMax = 300
/** Of each of two generations: a few megabytes. */
const textsMax = 10_000

/** What texts became, by place, by the name they stand under, and by the text itself. */
type Generation = Map<Place, Map<string, Map<string, string>>>

/**
 * Texts in which nothing was found, and what they became: a sender says the same few things in every
 * event. What is not asked for again goes when enough that is new has come. Where something was found,
 * the text may be a secret and is not kept.
 */
export class ReadBefore {
  #young: Generation = new Map()
  #old: Generation = new Map()
  #count = 0

  get(text: string, place: Place, name: string): string | undefined {
    if (text.length > charactersMax) return undefined
    const young = this.#young.get(place)?.get(name)?.get(text)
    if (young !== undefined) return young
    const old = this.#old.get(place)?.get(name)?.get(text)
    if (old !== undefined) this.add(text, place, name, old)
    return old
  }

  add(text: string, place: Place, name: string, clean: string): void {
    if (text.length > charactersMax || name.length > charactersMax) return
    if (this.#count >= textsMax) {
      this.#old = this.#young
      this.#young = new Map()
      this.#count = 0
    }
    const names = this.#young.get(place) ?? new Map<string, Map<string, string>>()
    const texts = names.get(name) ?? new Map<string, string>()
    this.#young.set(place, names.set(name, texts.set(text, clean)))
    this.#count += 1
  }
}
