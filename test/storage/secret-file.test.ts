import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readOrCreateSecret } from '../../src/storage/index.ts'
import { linesOf, startChild } from './child.ts'
import { temporaryFolder } from './folder.ts'

it('makes a secret once, for its owner alone, and leaves nothing beside it', () => {
  const folder = temporaryFolder()
  const file = join(folder, 'digest.key')
  expect(readOrCreateSecret(file, () => Buffer.from('first')).toString()).toBe('first')
  expect(readOrCreateSecret(file, () => Buffer.from('second')).toString()).toBe('first')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['digest.key'])
})

it('gives several processes that start at once the same secret', async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'digest.key')
  const secrets = await Promise.all(
    [1, 2, 3].map(async () => {
      const child = startChild(new URL('./secret-child.ts', import.meta.url), [file])
      return (await linesOf(child)).join('')
    }),
  )
  expect(new Set(secrets)).toEqual(new Set([readFileSync(file).toString('hex')]))
  expect(readdirSync(folder)).toEqual(['digest.key'])
})

it('says so when it can be neither read nor made', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'a-folder'))
  const make = (): Buffer => Buffer.from('secret')
  for (const file of ['a-folder', join('nowhere', 'key')]) {
    expect(() => readOrCreateSecret(join(folder, file), make)).toThrow(
      expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
    )
  }
})
