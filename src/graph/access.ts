import type { DatasetId, Micros } from '../model/index.ts'

/** Of these datasets, from `since` on and before `until`. */
export type AccessesAsk = Readonly<{
  datasets: readonly DatasetId[]
  since: Micros
  until: Micros | undefined
}>

/** What a principal did to one dataset within one hour, by one way. */
export type AccessGroup = Readonly<{
  dataset: DatasetId
  principal: string
  action: string
  /** The beginning of the hour. */
  hour: Micros
  via: string | undefined
}>

/** `count` is how many different actions that were; `since` and `until` are those of the question. */
export type AccessRecord = AccessGroup &
  Readonly<{ count: number; first: Micros; last: Micros }> &
  Pick<AccessesAsk, 'since' | 'until'>

/** Which accesses are meant by a record. */
export type AccessOf = AccessGroup & Pick<AccessesAsk, 'since' | 'until'>

export const hourMicros = 3_600_000_000

/** The number of the hour since 1970 that a moment is in. */
export function hourOf(at: Micros): number {
  return Math.floor(at / hourMicros)
}

/** An account is all that a record tells of somebody from another one. */
export function isWeak(principal: string): boolean {
  return principal.startsWith('account:')
}
