import type { Position } from '../model/index.ts'
import { LinewardError } from '../errors.ts'

/** A position in its parts: the chain that wrote the entry, and the index on it, from 0. */
export type Place = Readonly<{ chain: string; index: number }>

const chainForm = /^[a-z0-9][a-z0-9-]{0,62}$/
const positionForm = /^([a-z0-9][a-z0-9-]{0,62}):(0|[1-9]\d{0,15})$/

/** Where the entry at an index of a chain stands. */
export function positionOf(chain: string, index: number): Position {
  return `${chain}:${index}` as Position
}

/**
 * The parts of a position that came from outside.
 *
 * @throws LinewardError ARGUMENT_INVALID when it is none.
 */
export function parsePosition(text: string): Place {
  const [, chain, digits] = positionForm.exec(text) ?? []
  const index = Number(digits)
  if (chain === undefined || !Number.isSafeInteger(index)) {
    throw new LinewardError(
      'ARGUMENT_INVALID',
      'A position reads chain:index, as the ledger gave it',
    )
  }
  return { chain, index }
}

/** Whether a chain may be called so: up to 63 lower-case letters, digits and hyphens. */
export function isChainId(text: string): boolean {
  return chainForm.test(text)
}
