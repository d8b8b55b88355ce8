import type { Running } from '../../service.ts'
import { connect } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, running } from '../../service.ts'

const lineage = '/api/v1/lineage'
const batch = '/api/v1/lineage/batch'
const events = '/api/v1/events'
const fine = { accepted: 1, duplicates: 0, deadLettered: 0, warnings: [] }
const patience = { timeout: 10_000 }
const facetless = { runId: 'no-uuid-but-a-name' }

let server: Running
beforeAll(async () => {
  server = await running()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
})

const text = (value: unknown): string => JSON.stringify(value)
const entries = (): number => server.service.ledger.head().entries

async function answered(response: Promise<Response>): Promise<unknown> {
  const { status, ...more } = await response.then(async (one) => ({
    status: one.status,
    type: one.headers.get('content-type'),
    body: (await one.json()) as unknown,
  }))
  return { status, ...more }
}

/** What a problem document has to have; `status` also as the status of the answer. */
function problem(status: number, code: string, detail: unknown = expect.any(String)): unknown {
  return {
    status,
    type: 'application/problem+json',
    body: {
      type: `urn:lineward:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title: expect.any(String),
      status,
      detail,
      code,
      instance: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
    },
  }
}

function json(status: number, body: unknown): unknown {
  return { status, type: 'application/json; charset=utf-8', body }
}

describe('one event', () => {
  it('is answered when it is on disk, and counts once', async () => {
    const before = entries()
    const sent = text(event())
    expect(await answered(server.post(lineage, sent))).toEqual(json(201, fine))
    expect(entries()).toBe(before + 1)
    const again = { ...fine, accepted: 0, duplicates: 1 }
    expect(await answered(server.post(lineage, sent))).toEqual(json(201, again))
    expect(entries()).toBe(before + 1)
  })

  it.each([
    ['with a slash at the end', `${lineage}/`],
    ['with a doubled slash before it', `/${lineage}`],
    ['with parameters that say nothing here', `${lineage}?tenant=7`],
  ])('may be posted %s', async (_how, path) => {
    expect(await answered(server.post(path, text(event())))).toEqual(json(201, fine))
  })

  it.each([
    ['gzip, as its encoding says', { 'content-encoding': 'gzip' }],
    ['gzip, as its first bytes say', {}],
    ['gzip by its old name', { 'content-encoding': 'x-gzip' }],
    ['gzip as a file', { 'content-type': 'application/gzip' }],
  ])('may be packed: %s', async (_how, headers) => {
    const packed = gzipSync(text(event()))
    expect(await answered(server.post(lineage, packed, headers))).toEqual(json(201, fine))
  })

  it('may come in chunks without a length, packed', async () => {
    const packed = gzipSync(text(event()))
    const chunks = [packed.subarray(0, 1), packed.subarray(1, 50), packed.subarray(50)]
    const body = ReadableStream.from(chunks)
    const response = fetch(`${server.url}${lineage}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.tokens.producer}`, 'content-encoding': 'gzip' },
      body,
      duplex: 'half',
    } as RequestInit)
    expect(await answered(response)).toEqual(json(201, fine))
  })

  it.each([
    ['a character set', text, { 'content-type': 'application/json; charset=UTF-8' }],
    ['a byte order mark', (value: unknown) => `\uFEFF${text(value)}`, {}],
    ['white space', (value: unknown) => `\r\n  ${JSON.stringify(value, null, 2)}\n\n`, {}],
  ])('may come with %s', async (_how, write, headers) => {
    expect(await answered(server.post(lineage, write(event()), headers))).toEqual(json(201, fine))
  })

  it('may be larger than is kept in memory, and is still one', async () => {
    await using loose = await running({
      LINEWARD_UNPACK_RATIO_MAX: '2000',
      LINEWARD_STRING_CHARACTERS_MAX: String(64 * 1024 * 1024),
    })
    const large = text(event({ note: 'y'.repeat(33 * 1024 * 1024) }))
    const packed = { 'content-encoding': 'gzip' }
    expect(await answered(loose.post(lineage, gzipSync(large, { level: 1 }), packed))).toEqual(
      json(201, fine),
    )
    const array = gzipSync(`\n [${large}]`, { level: 1 })
    expect(await answered(loose.post(lineage, array, packed))).toMatchObject({
      status: 200,
      body: { status: 'success', summary: { received: 1 } },
    })
  })

  it('keeps what a malformed facet does not touch, and says which it was', async () => {
    const sent = event({ job: { namespace: 'jobs', name: 'copy', facets: { sql: 'select 1' } } })
    const { body } = (await answered(server.post(lineage, text(sent)))) as { body: typeof fine }
    expect(body).toMatchObject({ accepted: 1, warnings: [{ code: 'FACET_MALFORMED' }] })
    expect(body.warnings).toEqual([
      { code: 'FACET_MALFORMED', path: '/job/facets/sql', message: expect.any(String) },
    ])
  })

  it.each([
    ['no time', { eventTime: undefined }],
    ['a time that is none', { eventTime: 'soon' }],
  ])('that names its job and has %s is kept to be replayed, not lost', async (_what, more) => {
    const before = entries()
    const warnings = [{ code: 'EVENT_MALFORMED', path: '/eventTime', message: expect.any(String) }]
    const kept = { accepted: 0, duplicates: 0, deadLettered: 1, warnings }
    expect(await answered(server.post(lineage, text(event(more))))).toEqual(json(201, kept))
    expect(entries()).toBe(before + 1)
    const many = server.post(batch, text([event(), event(more)]))
    expect(await answered(many)).toMatchObject({
      status: 200,
      body: {
        summary: { received: 2, successful: 1, failed: 1 },
        failed_events: [{ index: 1, reason: expect.stringMatching(/^EVENT_MALFORMED: /) }],
      },
    })
    expect(entries()).toBe(before + 3)
  })

  it('keeps hostile names as names', async () => {
    const hostile = ['__proto__', 'a\u0000b\u001B[31m', 'x'.repeat(10_000), '\u202Eevil', "'; DROP"]
    for (const name of hostile) {
      const custom = Object.fromEntries([[name, { _producer: 'p', _schemaURL: 's', [name]: 1 }]])
      const job = { namespace: name, name, facets: custom }
      const sent = event({ job, inputs: [{ namespace: name, name, facets: custom }] })
      expect(await answered(server.post(lineage, text(sent)))).toMatchObject({
        status: 201,
        body: { accepted: 1 },
      })
    }
  })
})

describe('what is refused changes nothing, and says which and why', () => {
  it.each([
    ['no JSON', '{"eventType": ', 400, 'JSON_MALFORMED'],
    ['nothing', '', 400, 'JSON_MALFORMED'],
    ['blanks', ' \n ', 400, 'JSON_MALFORMED'],
    [
      'no UTF-8',
      new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
      400,
      'BODY_UNREADABLE',
    ],
    ['a number', '7', 400, 'EVENT_UNIDENTIFIABLE'],
    ['null', 'null', 400, 'EVENT_UNIDENTIFIABLE'],
    ['no job, run or dataset', '{"eventTime":"2026-01-01T00:00:00Z"}', 400, 'EVENT_UNIDENTIFIABLE'],
  ])('%s', async (_what, body, status, code) => {
    const before = entries()
    // An array of arrays is a batch, of which no event can be read: the same words, inside.
    const sent = server.post(code === 'JSON_MALFORMED' ? batch : lineage, body)
    expect(await answered(sent)).toEqual(problem(status, code))
    expect(entries()).toBe(before)
  })

  it('JSON that breaks off, with where it does', async () => {
    const sent = server.post(lineage, '{"a": 1,\n "b": }')
    expect(await answered(sent)).toEqual(
      problem(400, 'JSON_MALFORMED', 'Not JSON at line 2, column 7'),
    )
  })

  it('a body over the limit, with a length and without', async () => {
    await using small = await running({ LINEWARD_BODY_BYTES_MAX: '2048' })
    const long = `${text(event())}${' '.repeat(4000)}`
    expect(await answered(small.post(lineage, long))).toEqual(problem(413, 'BODY_TOO_LARGE'))
    const chunked = fetch(`${small.url}${lineage}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${small.tokens.producer}` },
      body: ReadableStream.from([Buffer.from(long)]),
      duplex: 'half',
    } as RequestInit)
    expect(await answered(chunked)).toEqual(problem(413, 'BODY_TOO_LARGE'))
    expect(await answered(small.post(lineage, text(event())))).toEqual(json(201, fine))
  })

  it('a small body that unpacks to a large one, by size and by ratio', async () => {
    const packed = { 'content-encoding': 'gzip' }
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, ' '))
    await using small = await running({ LINEWARD_UNPACKED_BYTES_MAX: String(1024 * 1024) })
    expect(await answered(small.post(events, bomb, packed))).toEqual(
      problem(413, 'BODY_TOO_LARGE', 'The body unpacks over the limit of 1048576 bytes'),
    )
    expect(await answered(server.post(events, bomb, packed))).toEqual(
      problem(413, 'BODY_TOO_LARGE', 'The body unpacks to more than 200 times what was sent'),
    )
  })

  it.each([
    [
      'gzip that is none',
      Buffer.from('{}'),
      400,
      'BODY_UNREADABLE',
      { 'content-encoding': 'gzip' },
    ],
    [
      'gzip that breaks off',
      gzipSync(Buffer.from(text({ long: 'x'.repeat(1000) }))).subarray(0, 20),
      400,
      'BODY_UNREADABLE',
      { 'content-encoding': 'gzip' },
    ],
    ['another encoding', '{}', 415, 'MEDIA_TYPE_UNSUPPORTED', { 'content-encoding': 'br' }],
    ['gzip twice', '{}', 415, 'MEDIA_TYPE_UNSUPPORTED', { 'content-encoding': 'gzip, gzip' }],
    ['another type', '{}', 415, 'MEDIA_TYPE_UNSUPPORTED', { 'content-type': 'text/xml' }],
    [
      'another character set',
      '{}',
      415,
      'MEDIA_TYPE_UNSUPPORTED',
      { 'content-type': 'application/json; charset=utf-16' },
    ],
  ])('%s', async (_what, body, status, code, headers) => {
    expect(await answered(server.post(lineage, body, headers))).toEqual(problem(status, code))
  })

  it('a body whose sender hangs up half way, which is no failure of the server', async () => {
    await using alone = await running()
    const { hostname, port } = new URL(alone.url)
    const socket = connect(Number(port), hostname)
    const head = [
      `POST ${lineage} HTTP/1.1`,
      'Host: here',
      `Authorization: Bearer ${alone.tokens.producer}`,
      'Content-Type: application/json',
      'Content-Length: 1000',
    ]
    await new Promise<void>((resolve) => {
      socket.write(`${head.join('\r\n')}\r\n\r\n{"job"`, () => resolve())
    })
    const figures = async (): Promise<string> =>
      (await alone.get('/metrics', alone.tokens.admin)).text()
    // The server has to have begun: what never arrived is no request.
    await expect.poll(figures, patience).toContain('lineward_body_bytes_held 6\n')
    socket.destroy()
    await expect.poll(() => alone.log.join(''), patience).toContain('BODY_UNREADABLE')
    expect(alone.log.join('')).not.toContain('"level":"error"')
    expect(await figures()).toContain('lineward_body_bytes_held 0\n')
    expect(alone.service.ledger.head().entries).toBe(0)
  })

  it('a route that is not there, and what is no HTTP', async () => {
    expect(await answered(server.get('/api/v2/lineage'))).toEqual(problem(404, 'NOT_FOUND'))
    expect(await answered(server.get('/%zz'))).toMatchObject({ body: { code: expect.any(String) } })
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    socket.write('what is this\r\n\r\n')
    const said = await textOf(socket)
    expect(said).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json.*"ARGUMENT_INVALID"/s)
  })
})

describe('many events', () => {
  const counts = (received: number, failed: number): unknown => ({
    received,
    successful: received - failed,
    failed,
    retriable: 0,
    non_retriable: failed,
  })

  it('as an array are answered as OpenLineage says, on either route', async () => {
    for (const path of [lineage, batch]) {
      const body = text([event(), event(), event()])
      expect(await answered(server.post(path, body))).toEqual(
        json(200, { status: 'success', summary: counts(3, 0), failed_events: [] }),
      )
    }
  })

  it('are kept though others fail, and those that fail are named by where they stood', async () => {
    const before = entries()
    const body = `[${text(event())}, {"a":}, ${text(event({ run: facetless }))}, 7, ${text(event())}]`
    const { body: said } = (await answered(server.post(batch, body))) as {
      body: { failed_events: readonly { index: number }[] }
    }
    expect(said).toMatchObject({ status: 'partial_success', summary: { received: 5 } })
    expect(said.failed_events.map(({ index }) => index)).toEqual(expect.arrayContaining([1, 3]))
    expect(entries()).toBe(before + 5 - said.failed_events.length)
  })

  it('of which none can be read are refused', async () => {
    expect(await answered(server.post(batch, '{{{'))).toEqual(problem(400, 'JSON_MALFORMED'))
  })

  it('may be none', async () => {
    expect(await answered(server.post(batch, '[]'))).toEqual(
      json(200, { status: 'success', summary: counts(0, 0), failed_events: [] }),
    )
  })

  it.each([
    ['lines', 'application/x-ndjson', (all: readonly string[]) => all.join('\n')],
    [
      'lines that nobody announced',
      'application/json',
      (all: readonly string[]) => all.join('\r\n'),
    ],
    ['an array', 'application/json', (all: readonly string[]) => `[${all.join(',\n')}]`],
    ['one after the other', 'application/json', (all: readonly string[]) => all.join('\n\n ')],
  ])('come as %s', async (_how, type, join) => {
    const body = join([event(), event(), event()].map((one) => text(one)))
    const sent = server.post(events, body, { 'content-type': type })
    expect(await answered(sent)).toEqual(
      json(200, {
        received: 3,
        accepted: 3,
        duplicates: 0,
        irrelevant: 0,
        unknown: 0,
        deadLettered: 0,
      }),
    )
  })

  it('at the door for everything are never refused for themselves', async () => {
    const before = entries()
    const body = `${text(event())}\nthis is no JSON\n{"some":"thing"}\n`
    const sent = server.post(events, body, { 'content-type': 'application/x-ndjson' })
    expect(await answered(sent)).toMatchObject({
      status: 200,
      body: { received: 3, accepted: 1, deadLettered: 2 },
    })
    expect(entries()).toBe(before + 3)
  })

  it('too many for one request are refused whole', async () => {
    await using small = await running({ LINEWARD_BATCH_EVENTS_MAX: '2' })
    const body = text([event(), event(), event()])
    expect(await answered(small.post(batch, body))).toEqual(problem(413, 'BODY_TOO_LARGE'))
    expect(small.service.ledger.head().entries).toBe(0)
  })

  it('larger than is kept in memory are all taken', async () => {
    const many = Array.from({ length: 400 }, () => text(event({ note: 'y'.repeat(100_000) })))
    const packed = gzipSync(many.join('\n'), { level: 1 })
    const before = entries()
    await using loose = await running({ LINEWARD_UNPACK_RATIO_MAX: '2000' })
    const sent = loose.post(events, packed, { 'content-type': 'application/x-ndjson' })
    expect(await answered(sent)).toMatchObject({ body: { received: 400, accepted: 400 } })
    expect(loose.service.ledger.head().entries).toBe(400)
    expect(entries()).toBe(before)
  })

  it('take a context that the events do not have', async () => {
    const sent = server.post(`${events}?context.account=111122223333`, text(event()))
    expect(await answered(sent)).toMatchObject({ body: { accepted: 1 } })
    const { entries: end } = server.service.ledger.head()
    const [entry] = await server.service.ledger.read(end - 1, 1)
    expect(entry?.context).toEqual({ account: '111122223333' })
    expect(entry?.sender).toBe('the producer')
    const strange = server.post(`${events}?context.__proto__=1`, text(event()))
    expect(await answered(strange)).toEqual(problem(400, 'ARGUMENT_INVALID'))
  })
})

it('an answer of a server that is about to stop is the last of its connection', async () => {
  await using ending = await running()
  expect((await ending.get('/livez')).headers.get('connection')).toBe('keep-alive')
  ending.service.server.endConnections()
  const { status, headers } = await ending.post(lineage, text(event()))
  expect({ status, connection: headers.get('connection') }).toEqual({
    status: 201,
    connection: 'close',
  })
})

describe('the log', () => {
  it('has a line for each request, and no body, token or query in any', async () => {
    const secret = 'a-very-secret-value'
    await server.post(`${lineage}?code=${secret}`, text(event({ secret })))
    await server.post(lineage, `{"${secret}`)
    const all = server.log.join('')
    expect(server.log.length).toBeGreaterThan(2)
    expect(server.log.every((line) => typeof JSON.parse(line) === 'object')).toBe(true)
    expect(all).not.toContain(secret)
    expect(all).not.toContain(server.tokens.producer)
    expect(all).toContain('"caller":"the producer"')
  })
})
