/** Numbers from 0 (with it) to 1 (without it), the same for the same seed on every machine. */
export type Random = () => number

/** A generator of 32 bits of state (the mulberry32 of public domain), fast and even enough here. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A whole number from `least` to `most`, both included. */
export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

/** One of `count` by a power law: the first ones come often, the last ones hardly ever. */
export function skewed(random: Random, count: number): number {
  return Math.floor(count * random() ** skew)
}

const skew = 2.5
