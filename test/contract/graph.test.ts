import { describe } from 'vitest'
import { graphContract } from './graph.contract.ts'
import { storeKinds } from './stores.ts'

describe.each(storeKinds)('the $name graph', (kind) => {
  graphContract(kind)
})
