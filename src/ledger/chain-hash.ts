import { createHash } from 'node:crypto'

/** Bytes of a SHA-256, and of a salt. */
export const hashBytes = 32
export const saltBytes = 16

/** What the first entry of a chain names as the hash before it: chains differ from the beginning. */
export function genesisHash(chain: string): Buffer {
  return createHash('sha256').update(`lineward ledger 1\n${chain}`).digest()
}

/**
 * What an entry's hash says of its payload. With salt and payload anyone can check it; without the
 * salt nobody can guess an erased payload from it.
 */
export function commitmentOf(salt: Uint8Array, payload: Uint8Array): Buffer {
  return createHash('sha256').update(salt).update(payload).digest()
}

/** `previous` and `commitment` have a fixed length, so what the header is cannot be disputed. */
export function entryHash(of: {
  readonly previous: Uint8Array
  readonly header: string
  readonly commitment: Uint8Array
}): Buffer {
  return createHash('sha256').update(of.previous).update(of.header).update(of.commitment).digest()
}
