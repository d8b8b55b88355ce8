import type { Brand } from './brand.ts'
import type { DefinitionKey } from './fact.ts'
import { digestId } from './id.ts'

export type DefinitionId = Brand<string, 'DefinitionId'>
export type TransactionId = Brand<string, 'TransactionId'>

export function definitionIdOf({ scope, name }: DefinitionKey): DefinitionId {
  return digestId('definition', scope, name) as DefinitionId
}

export function transactionIdOf(id: string): TransactionId {
  return digestId('transaction', id) as TransactionId
}
