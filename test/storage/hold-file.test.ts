import { join } from 'node:path'
import { expect, it } from 'vitest'
import { holdFile } from '../../src/storage/index.ts'
import { startChild } from './child.ts'
import { temporaryFolder } from './folder.ts'

const inUse = expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' })

it('refuses a second owner in this process until the first lets go', () => {
  const file = join(temporaryFolder(), 'lock')
  const first = holdFile(file, 'The folder')
  expect(() => holdFile(file, 'The folder')).toThrow(inUse)
  first[Symbol.dispose]()
  holdFile(file, 'The folder')[Symbol.dispose]()
})

it('refuses while another process owns it, and is free as soon as that is killed', async () => {
  const file = join(temporaryFolder(), 'lock')
  for (let round = 0; round < 2; round += 1) {
    const child = startChild(new URL('./hold-child.ts', import.meta.url), [file])
    for await (const line of child.lines) {
      expect(line).toBe('held')
      break
    }
    expect(() => holdFile(file, 'The folder')).toThrow(inUse)
    await child.kill()
    holdFile(file, 'The folder')[Symbol.dispose]()
  }
})

it('says so when the file cannot be made', () => {
  const file = join(temporaryFolder(), 'nowhere', 'lock')
  expect(() => holdFile(file, 'The folder')).toThrow(
    expect.objectContaining({ code: 'STORE_UNAVAILABLE' }),
  )
})
