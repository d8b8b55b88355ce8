import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isSignedBy } from '../../src/ledger/checkpoint.ts'
import { loadOrCreateSigningKey } from '../../src/ledger/index.ts'
import { at, drafts } from './draft.ts'
import { clockAt, ledgerFile, open } from './ledger.ts'

describe('a checkpoint', () => {
  it('says what the head was and when, so that the public key alone can tell', async () => {
    const file = ledgerFile()
    const signingKey = loadOrCreateSigningKey(`${file}.pem`)
    const ledger = await open(file, { signingKey, ...clockAt(5) })
    await ledger.append(drafts('a', 'b'))
    const checkpoint = await ledger.checkpoint()
    if (checkpoint === undefined) throw new Error('There is no checkpoint')
    const { hash } = ledger.head()
    expect(checkpoint).toMatchObject({ chain: 'test', position: 'test:1', hash, signedAt: at(5) })

    const publicKey = createPublicKey(signingKey)
    expect(isSignedBy(checkpoint, publicKey)).toBe(true)
    expect(isSignedBy(checkpoint, generateKeyPairSync('ed25519').publicKey)).toBe(false)
    const others = [
      { chain: 'other', position: 'other:1' },
      { chain: 'other' },
      { position: 'test:2' },
      { hash: `${hash.slice(0, -1)}${hash.endsWith('0') ? '1' : '0'}` },
      { signedAt: at(6) },
      { keyId: 'another' },
      { signature: Buffer.from('no signature').toString('base64') },
      { signature: '' },
    ] as const
    for (const change of others) {
      expect(isSignedBy({ ...checkpoint, ...change } as typeof checkpoint, publicKey)).toBe(false)
    }
  })

  it('is of the last entry, once, and the last one is remembered', async () => {
    const file = ledgerFile()
    const signingKey = loadOrCreateSigningKey(`${file}.pem`)
    const clock = clockAt(0)
    const before = await open(file, { signingKey, ...clock })
    expect(await before.checkpoint()).toBeUndefined()
    expect(await before.lastCheckpoint()).toBeUndefined()

    await before.append(drafts('a'))
    const first = await before.checkpoint()
    clock.now = at(9)
    expect(await before.checkpoint()).toEqual(first)
    await before.append(drafts('b'))
    expect(await before.lastCheckpoint()).toEqual(first)
    const second = await before.checkpoint()
    expect(second).toMatchObject({ position: 'test:1' })
    await before[Symbol.asyncDispose]()

    const ledger = await open(file)
    expect(await ledger.lastCheckpoint()).toEqual(second)
    expect(await ledger.verify()).toMatchObject({ checkpoints: 2, broken: undefined })
  })

  it('holds on when the key is changed for another', async () => {
    const file = ledgerFile()
    const before = await open(file, { signingKey: loadOrCreateSigningKey(`${file}.1.pem`) })
    await before.append(drafts('a'))
    const first = await before.checkpoint()
    await before[Symbol.asyncDispose]()

    const ledger = await open(file, { signingKey: loadOrCreateSigningKey(`${file}.2.pem`) })
    const second = await ledger.checkpoint()
    expect(second?.position).toBe(first?.position)
    expect(second?.keyId).not.toBe(first?.keyId)
    expect(await ledger.verify()).toMatchObject({ checkpoints: 2, broken: undefined })
  })

  it('needs a key', async () => {
    const ledger = await open(ledgerFile())
    await ledger.append(drafts('a'))
    await expect(ledger.checkpoint()).rejects.toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    )
  })
})

describe('the signing key', () => {
  it('is made once, for its owner alone', () => {
    const file = `${ledgerFile()}.pem`
    const key = loadOrCreateSigningKey(file)
    expect(loadOrCreateSigningKey(file).equals(key)).toBe(true)
    expect(readFileSync(file, 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it.each([
    ['no key', 'nothing of that kind'],
    ['another kind of key', rsaKey()],
  ])('is refused when it is %s', (_what, text) => {
    const file = `${ledgerFile()}.pem`
    writeFileSync(file, text)
    expect(() => loadOrCreateSigningKey(file)).toThrow(
      expect.objectContaining({ code: 'CONFIG_INVALID' }),
    )
  })
})

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}
