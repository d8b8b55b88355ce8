import type { Derivations } from '../graph/index.ts'
import { deriveDeclaration } from './declaration.ts'
import { deriveIdentity } from './identity.ts'
import { deriveRun } from './run.ts'

/** Every derivation by what it works out. `properties` in the graph says which cells wake it. */
export const derivations: Derivations = {
  run: deriveRun,
  declaration: deriveDeclaration,
  identity: deriveIdentity,
}
