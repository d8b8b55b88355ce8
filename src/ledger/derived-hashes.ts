import { createHash } from 'node:crypto'
import { commitmentOf, entryHash, saltBytes } from './chain-hash.ts'

/** Bytes of the seed of a block: as hard to guess as a salt. */
export const seedBytes = 16

/** What a block of the accesses says: its headers and payloads, and the hash of the entry before it. */
type Derivable = Readonly<{
  headers: readonly string[]
  payloads: readonly Uint8Array[]
  previous: Buffer
  seed: Buffer
}>

/** One salt, commitment and hash for each entry. */
type Derived = Readonly<{ salts: Buffer; commitments: Buffer; hashes: Buffer }>

/**
 * Salts, commitments and hashes of the entries of a block, one behind the other. They follow from
 * the rest, so a block of which nothing is erased keeps only its seed and its last hash. Whoever
 * erases a payload has to keep the others' salts from then on and to forget the seed.
 */
export function deriveHashes({ headers, payloads, previous, seed }: Derivable): Derived {
  let last = previous
  const made = headers.map((header, at) => {
    const salt = saltAt(seed, at)
    const commitment = commitmentOf(salt, payloads[at] ?? Buffer.alloc(0))
    last = entryHash({ previous: last, header, commitment })
    return { salt, commitment, hash: last }
  })
  return {
    salts: Buffer.concat(made.map(({ salt }) => salt)),
    commitments: Buffer.concat(made.map(({ commitment }) => commitment)),
    hashes: Buffer.concat(made.map(({ hash }) => hash)),
  }
}

/** The salt of the entry at a place of the block. */
function saltAt(seed: Buffer, at: number): Buffer {
  const place = Buffer.alloc(4)
  place.writeUInt32LE(at)
  return createHash('sha256').update(seed).update(place).digest().subarray(0, saltBytes)
}
