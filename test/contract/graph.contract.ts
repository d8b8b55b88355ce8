import type { StoreKind } from './stores.ts'
import { describe } from 'vitest'
import { writingContract } from './writing.ts'

/** What every store holds to: each sentence of `src/graph/port.ts` has a case. */
export function graphContract(kind: StoreKind): void {
  describe('writing', () => {
    writingContract(kind)
  })
}
