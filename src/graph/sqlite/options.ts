import type { Micros } from '../../model/index.ts'
import type { Derivations } from '../derived.ts'
import type { FactSource } from './reduction.ts'

export type SqliteGraphOptions = Readonly<{
  /** A path, or `:memory:`. The folder has to be there. */
  file: string
  derivations: Derivations
  facts: FactSource
  /**
   * Of the translators; 0 unless told. What another version has made is made anew: the store then
   * starts empty.
   */
  translationVersion?: number
  /** A fact dated further ahead of its entry's first receipt ranks last; one day unless told. */
  clockSkewMax?: Micros
}>
