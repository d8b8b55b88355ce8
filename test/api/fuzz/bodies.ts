import fc from 'fast-check'
import { gzipSync } from 'node:zlib'

/** Tokens of JSON that have broken somebody's parser, some of them no JSON at all. */
const tokens: readonly string[] = [
  '1e999',
  '-1e-999',
  '-0',
  '9007199254740993',
  '1'.repeat(5000),
  `0.${'0'.repeat(5000)}1`,
  '00',
  'NaN',
  'undefined',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u0000"',
  '"a\u0000b"',
  '"\u202e\u2028\ufeff"',
  '"\\x"',
  '"[scrubbed:ssn]"',
  '"2026-02-30T25:61:61Z"',
  `"${'x'.repeat(20_000)}"`,
  `"${'\\"'.repeat(5000)}"`,
  '[]',
  '{}',
  '[[[[]]]]',
  'null',
  'true',
  '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}',
  '{"":{"":{"":""}}}',
  '{"toString":1,"hasOwnProperty":2,"length":-1}',
  '["{\\"Records\\":[{}]}"]',
]
const keys = [
  '__proto__',
  'constructor',
  'run',
  'job',
  'detail',
  'Records',
  'body',
  'eventTime',
  '',
]

type Change = (bytes: Buffer) => Buffer
const textChange = (change: (text: string) => string): Change => {
  return (bytes) => Buffer.from(change(bytes.toString('utf8')))
}
const at = (where: number, length: number): number => Math.floor(where * (length + 1))
const place = fc.double({ min: 0, max: 0.999_999, noNaN: true })

/** A token as a further member of an object, or the same key a second time. */
const withMember = fc
  .tuple(place, fc.constantFrom(...keys), fc.constantFrom(...tokens))
  .map(([where, key, token]) =>
    textChange((text) => {
      const opens = [...text.matchAll(/\{/g)].map(({ index }) => index)
      const open = opens[Math.floor(where * opens.length)]
      if (open === undefined) return text + token
      const rest = text.slice(open + 1)
      const comma = /^\s*\}/.test(rest) ? '' : ','
      return `${text.slice(0, open + 1)}${JSON.stringify(key)}:${token}${comma}${rest}`
    }),
  )

/** A token in the place of a value. */
const withValue = fc.tuple(place, fc.constantFrom(...tokens)).map(([where, token]) =>
  textChange((text) => {
    const values = [...text.matchAll(/(?<=":\s?)(?:"(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|null)/g)]
    const value = values[Math.floor(where * values.length)]
    if (value === undefined) return text
    return text.slice(0, value.index) + token + text.slice(value.index + value[0].length)
  }),
)

const cut = place.map(
  (where): Change =>
    (bytes) =>
      bytes.subarray(0, at(where, bytes.length)),
)
const flipped = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([where, mask]): Change => {
  return (bytes) => {
    const copy = Buffer.from(bytes)
    const index = Math.min(copy.length - 1, at(where, copy.length))
    if (index >= 0) copy[index] = (copy[index] ?? 0) ^ mask
    return copy
  }
})
const inserted = fc.tuple(
  place,
  fc.oneof(
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from([0xc0, 0xaf]),
      Buffer.from([0xf5, 0x80, 0x80, 0x80]),
      Buffer.from([0]),
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from('\n'),
      Buffer.from('\r\n\r\n'),
      Buffer.from('[{"'),
      Buffer.from('}]'),
    ),
  ),
)
const withBytes = inserted.map(([where, more]): Change => {
  return (bytes) => {
    const index = at(where, bytes.length)
    return Buffer.concat([bytes.subarray(0, index), more, bytes.subarray(index)])
  }
})

const deep = fc
  .tuple(
    fc.constantFrom('[', '{"a":', '[{"a":[', '{"Records":[', '{"detail":', '"\\"'),
    fc.constantFrom(10, 200, 300, 600, 20_000),
  )
  .map(([open, depth]): Change => {
    return textChange((text) => open.repeat(depth) + text.slice(0, 200))
  })

const shape = fc.constantFrom<Change>(
  textChange((text) => text + text),
  textChange((text) => `${text}\n${text}\n`),
  textChange((text) => `[${text},${text}]`),
  textChange((text) => `[${text},`),
  textChange((text) => `{"Records":[${text},${text}]}`),
  textChange((text) => JSON.stringify(text)),
  textChange((text) => JSON.stringify(JSON.stringify(text))),
  textChange((text) => JSON.stringify({ messageId: 'm', body: text })),
  textChange((text) => text.replaceAll(/[\r\n]+/g, ' ')),
  textChange((text) => `\ufeff${text}`),
  textChange((text) => text.toUpperCase()),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
  (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le').swap16(),
  (bytes) => Buffer.from(`${bytes.toString('utf8')}"é"`, 'latin1'),
  (bytes) => Buffer.from(bytes.toString('base64')),
  () => Buffer.alloc(0),
  () => Buffer.from(' \n\t\r\n'),
)

const packing = fc.constantFrom<Change>(
  (bytes) => gzipSync(bytes),
  (bytes) => gzipSync(gzipSync(bytes)),
  (bytes) => Buffer.concat([gzipSync(bytes), gzipSync(bytes)]),
  (bytes) => Buffer.concat([gzipSync(bytes), Buffer.from('more')]),
  (bytes) => Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), bytes]),
  (bytes) => gzipSync(bytes).subarray(0, 12),
)

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: withMember },
  { weight: 3, arbitrary: withValue },
  { weight: 2, arbitrary: shape },
  { weight: 1, arbitrary: cut },
  { weight: 1, arbitrary: flipped },
  { weight: 1, arbitrary: withBytes },
  { weight: 1, arbitrary: deep },
  { weight: 1, arbitrary: packing },
)

/**
 * A body of events that something happened to: changed in its members, cut, doubled, in another
 * encoding, nested, or packed; what was packed may be changed again, at any byte.
 */
export function bodiesFrom(texts: readonly string[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...texts), fc.array(change, { minLength: 1, maxLength: 4 }))
    .map(([text, all]) => all.reduce<Buffer>((bytes, one) => one(bytes), Buffer.from(text)))
}
