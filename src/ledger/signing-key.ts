import type { KeyObject } from 'node:crypto'
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { LinewardError } from '../errors.ts'
import { readOrCreateSecret } from '../storage/index.ts'

/**
 * The private Ed25519 key (PKCS 8, PEM) of a file, made there when the file is absent and readable by
 * its owner alone. Its folder has to be there.
 *
 * @throws LinewardError CONFIG_INVALID when the file holds something else, STORE_UNAVAILABLE when it
 * can be neither read nor made.
 */
export function loadOrCreateSigningKey(file: string): KeyObject {
  const pem = readOrCreateSecret(file, () => {
    const { privateKey } = generateKeyPairSync('ed25519')
    return Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' }))
  })
  try {
    const key = createPrivateKey(pem)
    if (key.asymmetricKeyType === 'ed25519') return key
  } catch (cause) {
    throw new LinewardError('CONFIG_INVALID', 'The key of the ledger is no key', { cause })
  }
  throw new LinewardError('CONFIG_INVALID', 'The key of the ledger is not an Ed25519 key')
}

/** The public half as SPKI in DER: what is kept beside checkpoints, and what its id is made from. */
export function publicKeyBytes(key: KeyObject): Buffer {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key
  return publicKey.export({ format: 'der', type: 'spki' })
}

/** The fingerprint of a public key: the first 22 base64url characters of its SHA-256. */
export function keyIdOf(publicKey: Uint8Array): string {
  return createHash('sha256').update(publicKey).digest('base64url').slice(0, 22)
}
