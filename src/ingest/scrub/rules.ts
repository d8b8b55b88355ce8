/** What a deployment decides about scrubbing. */
export type ScrubRules = Readonly<{
  /** 32 bytes that never change: equal values have equal tokens for as long as the key is the same. */
  tokenKey: Buffer
  /** The forms of its medical record numbers, each of a bounded number of steps (`boundedPattern`). */
  mrn: readonly RegExp[]
}>
