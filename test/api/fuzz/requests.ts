import fc from 'fast-check'

const methods = ['GET', 'POST']
const oddMethods = [
  'HEAD',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'QUERY',
  'PROPFIND',
  'post',
  'GET\tX',
  'CONNECT',
  '',
]
/** But for what takes its time by design: making the graph anew, reading the ledger back. */
const targets = [
  '/api/v1/events',
  '/api/v1/lineage',
  '/api/v1/lineage/batch',
  '/api/v1/tokens',
  '/api/v1/tokens/revoke',
  '/api/v1/sign-in-links',
  '/graphql',
  '/graphiql',
  '/graphiql/page.js',
  '/metrics',
  '/livez',
  '/readyz',
  '/openapi.json',
  '/signin',
  '/signout',
  '/nowhere',
]

const twist = fc.constantFrom<(target: string) => string>(
  (target) => target.toUpperCase(),
  (target) => `/${target}`,
  (target) => `${target}/`,
  (target) => `${target};x=1`,
  (target) => `${target};/../livez`,
  (target) => `${target}/..`,
  (target) => `/x/..${target}`,
  (target) => `/./${target.slice(1)}`,
  (target) => target.replaceAll('/', '%2f'),
  (target) => target.replaceAll('/', '\\'),
  (target) => target.replace(/[a-z]/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (target) => `${target}%00`,
  (target) => `${target}%0d%0aX-Injected:1`,
  (target) => `${target}%`,
  (target) => `${target}%ff%fe`,
  (target) => `${target}#x`,
  (target) => `${target}?`,
  (target) => `${target}???&&&=&=`,
  (target) => `${target}?context.cluster=a&context.cluster=b`,
  (target) => `${target}?context.__proto__=x&context.constructor=y`,
  (target) => `${target}?context.=x&context.1=2&context[a]=b`,
  (target) => `${target}?context.account=${'9'.repeat(3000)}`,
  (target) => `${target}?${Array.from({ length: 40 }, (_, n) => `context.k${n}=v`).join('&')}`,
  (target) => `${target}?__proto__[x]=1&constructor=1&dryRun=maybe&everywhere=x`,
  (target) => `${target}?code=${'A'.repeat(43)}&query=%7B__typename%7D`,
  (target) => `${target}?x=%E0%A4%A&y=%zz&z=%00`,
  (target) => `http://evil.test${target}`,
  (target) => `//evil.test${target}`,
  (target) => target.slice(1),
)

/** What a client may say, of which much means something to somebody. */
const said = fc.constantFrom(
  'Content-Type: application/json',
  'Content-Type: application/x-ndjson; charset="utf-8"; boundary=x',
  'Content-Type: text/plain;charset=utf-7',
  'Content-Type: application/json, text/html',
  'Content-Type:',
  'Content-Type: multipart/form-data; boundary=a',
  'Content-Encoding: gzip',
  'Content-Encoding: gzip, deflate, br',
  'Content-Encoding: ,,,identity,,',
  'Content-Encoding: \u00e9',
  'Expect: 100-continue',
  'Trailer: Authorization',
  'Connection: keep-alive, Upgrade',
  'If-Match: *',
  'If-None-Match: "x", W/"y"',
  'If-Modified-Since: never',
  'Range: bytes=0-1048575',
  'Accept: text/html;q=0.9, */*;q=x',
  'Accept-Encoding: gzip;q=0, *;q=0',
  'Accept-Language: \u00ff',
  'X-Request-Id: {"level":"fatal"}',
  'X-Forwarded-For: 127.0.0.1, ::1, unknown',
  'X-Forwarded-Proto: javascript',
  'X-HTTP-Method-Override: DELETE',
  'Origin: null',
  'Sec-Fetch-Site: cross-site',
  'Cookie: lineward_session=; ;;=; \u00e9=1; __proto__=x',
  'Cookie: ' + 'a=b; '.repeat(500),
  'Referer: http://user:pw@evil.test/',
  'Authorization: Basic bGluZXdhcmQ6eA==',
  'Authorization: Bearer',
  'Authorization: Bearer  ',
  'Authorization: bearer lw_\u00e9',
  'Authorization: Digest username="x", realm="',
  `Authorization: Bearer lw_${'A'.repeat(5000)}`,
  '__proto__: x',
  'constructor: x',
)

/** What makes it no request, or another than it seems. */
const breaking = fc.constantFrom(
  'Content-Length: 0',
  'Content-Length: 5',
  'Content-Length: -1',
  'Content-Length: 99999999999999999999',
  'Content-Length: 70000000',
  'Transfer-Encoding: chunked',
  'Transfer-Encoding: gzip, chunked',
  'Transfer-Encoding: identity',
  'Expect: 200-ok',
  'Host: evil.test',
  'Host:',
  'Content-Type: \u0001\u007f',
  'X-Request-Id: a\u0001\u001b[31m',
  ': no name',
  'No colon',
  'Bad Name: x',
  'X-Null: a\u0000b',
  ' X-Folded: a\r\n b',
  'Upgrade: h2c',
)
const header = fc.oneof({ weight: 12, arbitrary: said }, { weight: 1, arbitrary: breaking })

const body = fc.constantFrom(
  '',
  '{}',
  '[]',
  '{"query":"{ __typename }"}',
  '{"query":"{ intake { settled } }","variables":{"__proto__":1},"operationName":7}',
  '{"name":"\u0000","role":"admin"}',
  '{"name":"made by chance","role":"producer","expires":"-1d","namespaces":[[]]}',
  '{"run":{"runId":"r"},"job":{"namespace":"n","name":"j"},"eventTime":"2026-03-01T00:00:00Z"}',
  '5\r\n{"a":\r\n2\r\n1}\r\n0\r\n\r\n',
  'ffffffffffffffff\r\n{}',
  '\u001f\u008b\u0008',
  'x'.repeat(70_000),
)

const credential = fc.constantFrom('producer', 'producer', 'admin', 'admin', 'auditor', 'none')

/** A request in parts, of which hardly one is what a client would send. */
export const asked = fc.record({
  method: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...methods) },
    { weight: 1, arbitrary: fc.constantFrom(...oddMethods) },
  ),
  target: fc
    .tuple(
      fc.constantFrom(...targets),
      fc.oneof(fc.constant([]), fc.array(twist, { maxLength: 2 })),
    )
    .map(([target, twists]) => twists.reduce((text, one) => one(text), target)),
  credential,
  headers: fc.array(header, { maxLength: 4 }),
  body,
  saysLength: fc.integer({ min: 0, max: 9 }).map((number) => number > 0),
})

export type Asked = typeof asked extends fc.Arbitrary<infer Inner> ? Inner : never
