import type { StoreKind } from './stores.ts'
import { describe } from 'vitest'
import { accessingContract } from './accessing.ts'
import { copyingContract } from './copying.ts'
import { describingContract } from './describing.ts'
import { governingContract } from './governing.ts'
import { listingContract } from './listing.ts'
import { mappingContract } from './mapping.ts'
import { namingContract } from './naming.ts'
import { provingContract } from './proving.ts'
import { runningContract } from './running.ts'
import { schemasContract } from './schemas.ts'
import { sharingContract } from './sharing.ts'
import { steppingContract } from './stepping.ts'
import { writingContract } from './writing.ts'

/** What every store holds to: each sentence of `src/graph/port.ts` has a case. */
export function graphContract(kind: StoreKind): void {
  describe('names', () => {
    namingContract(kind)
  })
  describe('descriptions', () => {
    describingContract(kind)
  })
  describe('runs and flows', () => {
    runningContract(kind)
    schemasContract(kind)
    sharingContract(kind)
  })
  describe('steps', () => {
    steppingContract(kind)
  })
  describe('maps and epochs', () => {
    mappingContract(kind)
    copyingContract(kind)
  })
  describe('lists', () => {
    listingContract(kind)
  })
  describe('what governance reads', () => {
    governingContract(kind)
  })
  describe('proof', () => {
    provingContract(kind)
  })
  describe('accesses and principals', () => {
    accessingContract(kind)
  })
  describe('writing', () => {
    writingContract(kind)
  })
}
