import { compareCodePoints } from '../model/index.ts'

/** One of the entries that claim the same event, with the receipts of its copies. */
export type Rival = Readonly<{
  key: string
  digest: string
  /** It is a late correction of the event, and stands before what it corrects. */
  corrects?: boolean
  copiedLast: number | undefined
  retractedLast: number | undefined
}>

/**
 * Which entry of one event is in effect: of those whose last copy came after their last retraction
 * a late correction, and else, and of several, the one with the least digest.
 *
 * @see design.md section 3
 */
export function inEffectOf<Entry extends Rival>(rivals: readonly Entry[]): Entry | undefined {
  return rivals
    .filter(
      ({ copiedLast, retractedLast }) =>
        copiedLast !== undefined && copiedLast > (retractedLast ?? -Infinity),
    )
    .toSorted(
      (a, b) =>
        Number(b.corrects === true) - Number(a.corrects === true) ||
        compareCodePoints(a.digest, b.digest) ||
        compareCodePoints(a.key, b.key),
    )[0]
}
