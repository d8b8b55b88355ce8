import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { digestId } from '../../src/model/index.ts'

describe('a digest id', () => {
  test('is the prefix and 22 characters that any URL can carry', () => {
    expect(digestId('dataset', 's3://lake', 'raw')).toMatch(/^dataset_[\w-]{22}$/)
  })

  test('is the first half of SHA-256 over the parts as JSON', () => {
    const bytes = createHash('sha256').update('["s3://lake","raw"]').digest().subarray(0, 16)
    expect(digestId('dataset', 's3://lake', 'raw')).toBe(`dataset_${bytes.toString('base64url')}`)
  })

  test.each([
    ['where one part ends', ['a', 'bc'], ['ab', 'c']],
    ['how many parts there are', ['a'], ['a', '']],
    ['halves of surrogate pairs', ['\ud800'], ['\ud801']],
  ])('tells apart %s', (_what, one, other) => {
    expect(digestId('x', ...one)).not.toBe(digestId('x', ...other))
  })
})
