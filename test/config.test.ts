import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { referencePages } from '../scripts/reference-pages.ts'
import { readConfig, settings } from '../src/config.ts'

const refused = (problems: readonly unknown[]): unknown =>
  expect.objectContaining({ code: 'CONFIG_INVALID', details: { problems } })

describe('settings', () => {
  it('that others rely on have their defaults', () => {
    expect(readConfig({ env: {} })).toMatchObject({
      host: '127.0.0.1',
      port: 4747,
      data: './lineward-data',
      store: 'sqlite',
      bodyBytesMax: 64 * 1024 * 1024,
      unpackedBytesMax: 512 * 1024 * 1024,
    })
  })

  it('given as flags win over the environment, and that over the default', () => {
    const env = { LINEWARD_PORT: '1', LINEWARD_HOST: '::1' }
    expect(readConfig({ env, flags: { port: '2' } })).toMatchObject({ port: 2, host: '::1' })
    expect(readConfig({ env, flags: { port: undefined } })).toMatchObject({ port: 1 })
  })

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(readConfig({ env: {} }))).toBe(true)
  })

  it('that are wrong are told all at once, with unknown ones', () => {
    const env = {
      LINEWARD_PORT: '70000',
      LINEWARD_STORE: 'oracle',
      LINEWARD_PROT: '1',
      LINEWARD_METRICS_TOKEN: 'short',
      PATH: '/bin',
      'LINEWARD_\u001B[31m': '',
    }
    const flags = { 'body-bytes-max': '-1', nonsense: 'x', host: ' ' }
    expect(() => readConfig({ env, flags })).toThrow(
      refused([
        '--host is empty',
        'LINEWARD_PORT is 70000, not a whole number from 0 to 65535',
        'LINEWARD_STORE is oracle, not sqlite',
        'LINEWARD_METRICS_TOKEN has under 16 characters',
        '--body-bytes-max is -1, not a whole number from 1024 to 1073741824',
        'LINEWARD_?[31m is not a setting',
        'LINEWARD_PROT is not a setting',
        '--nonsense is not a setting',
      ]),
    )
  })

  it('by the names of what every object has are unknown like others', () => {
    expect(() =>
      readConfig({ env: {}, flags: JSON.parse('{"__proto__":"1","constructor":"2"}') }),
    ).toThrow(refused(['--__proto__ is not a setting', '--constructor is not a setting']))
  })

  it('have names, flags and variables that go together, each once', () => {
    const rows = Object.entries(settings)
    expect(rows.length).toBeGreaterThan(10)
    for (const [name, setting] of rows) {
      const words = name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
      expect(setting.env).toBe(`LINEWARD_${words}`)
      if ('flag' in setting) expect(setting.flag).toBe(words.toLowerCase().replaceAll('_', '-'))
      else expect(setting.unit).toBe('secret')
    }
  })
})

it.each([...referencePages()])('%s is as the tables of the source say', (path, text) => {
  expect(readFileSync(join(import.meta.dirname, '..', path), 'utf8')).toBe(text)
})
