/** One line of the results: what was measured, what it is held against, and how the two compare. */
export type Figure = Readonly<{
  line: string
  measured: string
  /** The peer or the limit, taken in the same run. */
  against: string
  /** Measured by peer; above 1 is better than the peer where more is better. */
  ratio: number
  /** What is asked for, if that is a number, and whether that was met. */
  target?: Readonly<{ text: string; met: boolean }>
  note?: string
}>

export type BenchOptions = Readonly<{
  /** Smaller worlds and fewer requests: says whether it runs, and roughly how fast. */
  quick: boolean
  /** An empty folder of this line's own, gone afterwards. */
  folder: string
}>

/** A number as people read it, with three digits that say something: 1,234 or 12.3 or 0.00123. */
export function shown(value: number): string {
  const digits = { maximumSignificantDigits: Math.abs(value) < 100 ? 3 : 21 }
  return value.toLocaleString('en', Math.abs(value) < 100 ? digits : { maximumFractionDigits: 0 })
}
