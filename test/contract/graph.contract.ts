import type { StoreKind } from './stores.ts'
import { describe } from 'vitest'
import { describingContract } from './describing.ts'
import { namingContract } from './naming.ts'
import { writingContract } from './writing.ts'

/** What every store holds to: each sentence of `src/graph/port.ts` has a case. */
export function graphContract(kind: StoreKind): void {
  describe('names', () => {
    namingContract(kind)
  })
  describe('descriptions', () => {
    describingContract(kind)
  })
  describe('writing', () => {
    writingContract(kind)
  })
}
