import type { KeyObject } from 'node:crypto'
import type { Micros } from '../model/index.ts'
import type { CheckpointRow } from './ledger-file.ts'
import type { Checkpoint } from './port.ts'
import { createPublicKey, sign, verify } from 'node:crypto'
import { parsePosition, positionOf } from './position.ts'
import { keyIdOf, publicKeyBytes } from './signing-key.ts'

/** What is to be signed: that the chain had this hash behind the entry at this index. */
type Statement = Readonly<{ chain: string; entry: number; hash: Uint8Array; signedAt: Micros }>

/** The statement, signed with a private key. */
export function signCheckpoint(key: KeyObject, statement: Statement): CheckpointRow {
  const { entry, hash, signedAt } = statement
  const keyId = keyIdOf(publicKeyBytes(key))
  return { entry, keyId, hash, signedAt, signature: sign(null, signedBytes(statement, keyId), key) }
}

/** A row as the port gives it. */
export function checkpointOf(chain: string, row: CheckpointRow): Checkpoint {
  return {
    chain,
    position: positionOf(chain, row.entry),
    hash: Buffer.from(row.hash).toString('hex'),
    signedAt: row.signedAt,
    keyId: row.keyId,
    signature: Buffer.from(row.signature).toString('base64'),
  }
}

/**
 * Whether a checkpoint was signed by the holder of this public key and not changed since. Takes
 * nothing but the two; whether the chain still has that hash there is for `verifyLedger`.
 *
 * @internal
 */
export function isSignedBy(checkpoint: Checkpoint, publicKey: KeyObject): boolean {
  const { chain, keyId, signedAt } = checkpoint
  if (keyIdOf(publicKeyBytes(publicKey)) !== keyId) return false
  const { chain: positionChain, index } = parsePosition(checkpoint.position)
  const statement = { chain, entry: index, hash: Buffer.from(checkpoint.hash, 'hex'), signedAt }
  const signature = Buffer.from(checkpoint.signature, 'base64')
  return (
    positionChain === chain && verify(null, signedBytes(statement, keyId), publicKey, signature)
  )
}

/** The same for a row, by the public key that the file holds; undefined is no key at all. */
export function rowIsSigned(
  row: CheckpointRow,
  by: { readonly chain: string; readonly publicKey: Uint8Array | undefined },
): boolean {
  if (by.publicKey === undefined || keyIdOf(by.publicKey) !== row.keyId) return false
  try {
    const key = createPublicKey({ key: Buffer.from(by.publicKey), format: 'der', type: 'spki' })
    return isSignedBy(checkpointOf(by.chain, row), key)
  } catch {
    // Bytes that are no key signed nothing.
    return false
  }
}

/** One text for one statement: the bytes that Ed25519 signs. Fixed for ever, as exports hold them. */
function signedBytes({ chain, entry, hash, signedAt }: Statement, keyId: string): Buffer {
  const hex = Buffer.from(hash).toString('hex')
  return Buffer.from(`lineward checkpoint 1\n${chain}\n${entry}\n${hex}\n${signedAt}\n${keyId}\n`)
}
