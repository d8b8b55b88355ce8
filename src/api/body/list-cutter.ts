import type { Json } from '../../model/index.ts'
import { isUtf8 } from 'node:buffer'
import { parseJsonRounded } from '../../model/index.ts'

/**
 * Asked about an event of a list, as it was written and parsed, with its numbers as a double holds them:
 * whether it is done with and need not come out.
 */
export type Sift = (text: string, rounded: Json) => boolean

/** `length`: in bytes, with the comma behind the last one. */
type Cut = Readonly<{ texts: readonly string[]; length: number }>

/** How an element begins: the first key of an object, by which the next one is looked for. */
const firstKey = /^\s{0,100}\{("[^"\\]{1,64}":)/
const firstKeyBytes = 200
const missesMax = 20
const nothing: Cut = { texts: [], length: 0 }

/**
 * Cuts elements out of a list in which all begin with the same key, as files of CloudTrail have them.
 * Where `},{"key":` stands, an element ends: that is a guess, since it could stand deeper down, and what
 * was cut out being JSON by itself is its proof. After a guess that was wrong it guesses no more.
 */
export class ListCutter {
  readonly #bytesMax: number
  readonly #sift: Sift
  #isWrong = false
  /** How often in a row there was nothing to guess by. */
  #misses = 0

  /** @param bytesMax the most bytes of one event; what is larger is left to others */
  constructor(bytesMax: number, sift: Sift) {
    this.#bytesMax = bytesMax
    this.#sift = sift
  }

  /** What is at the beginning of these bytes, which begin an element. */
  cut(bytes: Buffer): Cut {
    const [, key] = this.#isWrong
      ? []
      : (firstKey.exec(bytes.toString('latin1', 0, firstKeyBytes)) ?? [])
    const end = key === undefined ? -1 : bytes.lastIndexOf(`},{${key}`)
    if (key === undefined || end === -1) return this.#miss()
    this.#misses = 0
    const whole = bytes.subarray(0, end + 1)
    if (!isUtf8(whole)) return this.#stop([], 0)
    const text = whole.toString('utf8')
    const texts: string[] = []
    for (let from = 0; from < text.length;) {
      const found = text.indexOf(`},{${key}`, from)
      const element = text.slice(from, found === -1 ? text.length : found + 1)
      const value = this.#valueOf(element)
      if (value === undefined) return this.#stop(texts, Buffer.byteLength(text.slice(0, from)))
      // As a slice it would keep all of the chunk for as long as it lives.
      if (!this.#sift(element, value)) texts.push(Buffer.from(element.trim()).toString('utf8'))
      from = found === -1 ? text.length : found + 2
    }
    return { texts, length: end + 2 }
  }

  /** The value of an element; undefined for what is none, or is too large to be one. */
  #valueOf(element: string): Json | undefined {
    // A unit of UTF-16 has at most three bytes.
    const isSmall = element.length * 3 <= this.#bytesMax
    if (!isSmall && Buffer.byteLength(element) > this.#bytesMax) return undefined
    try {
      return parseJsonRounded(element)
    } catch {
      return undefined
    }
  }

  /** The rest of a chunk often has none; a list that is written otherwise never has. */
  #miss(): Cut {
    this.#misses += 1
    if (this.#misses > missesMax) this.#isWrong = true
    return nothing
  }

  #stop(texts: readonly string[], length: number): Cut {
    this.#isWrong = true
    return { texts, length }
  }
}
