import type { Draft } from '../../src/model/index.ts'
import { expect, test } from 'vitest'
import { headerText, parseHeader } from '../../src/ledger/header.ts'
import { canonicalJson } from '../../src/model/index.ts'
import { at, draft } from './draft.ts'

const place = { chain: 'test', index: 7, receivedAt: at(1) }
const whole: Partial<Draft> = {
  author: 'arn:aws:iam::111122223333:role/"Loader"',
  context: { cluster: 'c', account: 'a' },
  corrects: true,
  exposures: [{ detector: 'ssn', path: '/a', count: 2 }],
  scrubVersion: 3,
}

test.each([
  ['nothing that it may lack', {}],
  ['everything that it may have', whole],
  ['an author alone', { author: 'jane' }],
  ['a correction alone', { corrects: true as const }],
])('a header with %s is canonical JSON, and reads as what was written', (_what, more) => {
  const given = draft('a', more)
  const text = headerText(given, place)
  const { payload: _payload, ...kept } = given
  const expected = { ...kept, ...place }
  expect(text).toBe(canonicalJson(JSON.parse(JSON.stringify(expected))))
  expect(parseHeader(text)).toEqual(expected)
})

test.each([['false'], ['1'], ['"true"'], ['null']])('a correction is never %s', (value) => {
  const text = headerText(draft('a', { corrects: true }), place)
  const other = text.replace('"corrects":true', `"corrects":${value}`)
  expect(other).not.toBe(text)
  expect(() => parseHeader(other)).toThrow(expect.objectContaining({ code: 'LEDGER_BROKEN' }))
})
