import type { Running } from '../../service.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { event, running } from '../../service.ts'

type Message = Readonly<{ type: string; id?: string; payload?: unknown }>
type Listening = Disposable &
  Readonly<{
    send: (message: Message | string) => void
    /** The next message; fails after a while. */
    next: () => Promise<Message>
    /** The code with which the server closed it. */
    closed: Promise<number>
  }>

const protocol = 'graphql-transport-ws'
const patience = 10_000

/** A socket as a client has it. Node's takes headers, browsers' have none. */
function listening(
  { url }: Running,
  headers: Readonly<Record<string, string>>,
  protocols: readonly string[] = [protocol],
): Listening {
  const address = `${url.replace('http', 'ws')}/graphql`
  const options = { protocols: [...protocols], headers } as unknown as string[]
  const socket = new WebSocket(address, options)
  const waiting: Message[] = []
  const readers: ((message: Message) => void)[] = []
  const opened = new Promise<void>((resolve) => {
    socket.addEventListener('open', () => resolve())
  })
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as Message
    const reader = readers.shift()
    if (reader === undefined) waiting.push(message)
    else reader(message)
  })
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code))
  })
  return {
    send: (message) =>
      void opened.then(() =>
        socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
      ),
    next: () => {
      const there = waiting.shift()
      if (there !== undefined) return Promise.resolve(there)
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('nothing came')), patience)
        readers.push((message) => {
          clearTimeout(timer)
          resolve(message)
        })
      })
    },
    closed,
    [Symbol.dispose]: () => socket.close(),
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const subscribe = (query: string, id = '1'): Message => ({
  type: 'subscribe',
  id,
  payload: { query },
})
const raised = (args = ''): string =>
  `subscription { raised: findingRaised${args} { kind status datasets { namespace name } detail } }`

describe('a subscription', () => {
  let server: Running
  beforeAll(async () => {
    server = await running()
    await ask('{ intake { settled } }')
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const ask = async (query: string): Promise<unknown> => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { ...bearer(server.tokens.steward), 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    return response.json()
  }
  const begun = async (token: string): Promise<Listening> => {
    const listener = listening(server, bearer(token))
    listener.send({ type: 'connection_init' })
    expect(await listener.next()).toEqual({ type: 'connection_ack' })
    return listener
  }
  /** Makes a crossing of its own, by a name. */
  const cross = async (name: string): Promise<void> => {
    const from = { namespace: 'postgres://ehr:5432', name: `ehr.public.${name}` }
    const to = { namespace: 's3://lake', name }
    const body = JSON.stringify(
      event({ job: { namespace: 'etl', name }, inputs: [from], outputs: [to] }),
    )
    expect((await server.post('/api/v1/lineage', body)).status).toBe(201)
    const of = `of: { namespace: "${from.namespace}", name: "${from.name}" }`
    expect(
      await ask(`mutation { assertStatus(${of}, status: PHI, reason: "x") { status } }`),
    ).toEqual({ data: { assertStatus: { status: 'PHI' } } })
  }

  it('tells of findings as they are raised, to who may see them, and only of these kinds', async () => {
    await ask(
      `mutation { defineBoundary(name: "hospital", zone: PROTECTED, selectors: [{ namespace: "postgres://ehr*" }]) { name } }`,
    )
    using all = await begun(server.tokens.auditor)
    all.send(subscribe(raised('(kinds: [CROSSING])'), 'a'))
    all.send(subscribe(raised('(kinds: [REVIEW])'), 'b'))
    all.send({ type: 'ping' })
    expect(await all.next()).toEqual({ type: 'pong' })
    await cross('first')
    expect(await all.next()).toEqual({
      type: 'next',
      id: 'a',
      payload: {
        data: {
          raised: {
            kind: 'CROSSING',
            status: 'OPEN',
            datasets: expect.arrayContaining([{ namespace: 's3://lake', name: 'first' }]),
            detail: expect.any(String),
          },
        },
      },
    })
    all.send({ type: 'complete', id: 'a' })
    all.send({ type: 'ping' })
    expect(await all.next()).toEqual({ type: 'pong' })
    await cross('second')
    all.send({ type: 'ping' })
    expect(await all.next()).toEqual({ type: 'pong' })
  })

  it('is refused as a question is, and nothing else is asked that way', async () => {
    using listener = await begun(server.tokens.steward)
    const refused = async (query: string): Promise<unknown> => {
      listener.send(subscribe(query))
      const { type, payload } = await listener.next()
      const [first] = payload as readonly { extensions: { code: string } }[]
      return [type, first?.extensions.code]
    }
    expect(await refused('{ intake { entries } }')).toEqual(['error', 'QUERY_INVALID'])
    expect(await refused('subscription { findingRaised { nothing } }')).toEqual([
      'error',
      'QUERY_INVALID',
    ])
    expect(await refused('subscription {')).toEqual(['error', 'QUERY_INVALID'])
    const deep = `subscription { findingRaised { flow ${'{ job { flows { edges { node '.repeat(5)}{ id }${'} } } }'.repeat(5)} } }`
    expect(await refused(deep)).toEqual(['error', 'LIMIT_EXCEEDED'])
    expect(await ask(raised())).toMatchObject({
      errors: [
        { extensions: { code: 'QUERY_INVALID' }, message: expect.stringContaining('WebSocket') },
      ],
    })
  })

  it.each([
    ['a message that is none', 4400, ['no JSON']],
    ['a message of no kind', 4400, [{ type: 'shout' }]],
    ['a subscription before anything', 4401, [subscribe(raised())]],
    ['a second beginning', 4429, [{ type: 'connection_init' }, { type: 'connection_init' }]],
    [
      'an id that is taken',
      4409,
      [{ type: 'connection_init' }, subscribe(raised()), subscribe(raised())],
    ],
    [
      'more of them than are served',
      1013,
      [
        { type: 'connection_init' },
        ...Array.from({ length: 21 }, (_, n) => subscribe(raised(), String(n))),
      ],
    ],
    ['a message that is too long', 1009, ['x'.repeat(300_000)]],
  ] as const)('is ended by %s', async (_what, code, messages) => {
    using listener = listening(server, bearer(server.tokens.steward))
    for (const message of messages) listener.send(message as Message | string)
    expect(await listener.closed).toBe(code)
  })

  it('is for who may ask, and for no other page that a browser is on', async () => {
    const sent: readonly Readonly<Record<string, string>>[] = [
      {},
      bearer('lw_no'),
      bearer(server.tokens.producer),
      { cookie: 'lineward_session_0=x', origin: 'https://elsewhere.example' },
    ]
    for (const headers of sent) {
      using listener = listening(server, headers)
      expect(await listener.closed).toBe(1006)
    }
    using other = listening(server, bearer(server.tokens.steward), ['other'])
    expect(await other.closed).toBe(1006)
  })

  it('is opened by the session of our own page, and of no other', async () => {
    const { pathname, search } = new URL(server.service.server.newSignInPath(), server.url)
    const signedIn = await fetch(`${server.url}${pathname}${search}`, { redirect: 'manual' })
    const cookie = signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    expect(cookie).toContain('lineward_session_')
    using own = listening(server, { cookie, origin: server.url })
    own.send({ type: 'connection_init' })
    expect(await own.next()).toEqual({ type: 'connection_ack' })
    const foreigners: readonly Readonly<Record<string, string>>[] = [
      { cookie },
      { cookie, origin: 'https://elsewhere.example' },
    ]
    for (const headers of foreigners) {
      using foreign = listening(server, headers)
      expect(await foreign.closed).toBe(1006)
    }
  })

  it('ends when its token is revoked', async () => {
    const admin = { ...bearer(server.tokens.admin), 'content-type': 'application/json' }
    const call = (path: string, body: object) =>
      fetch(`${server.url}${path}`, { method: 'POST', headers: admin, body: JSON.stringify(body) })
    const made = await call('/api/v1/tokens', { name: 'short', role: 'auditor' })
    const { token } = (await made.json()) as { token: string }
    using listener = await begun(token)
    listener.send(subscribe(raised()))
    await call('/api/v1/tokens/revoke', { name: 'short' })
    await cross('third')
    expect(await listener.closed).toBe(4403)
  })

  it('does not keep the server from stopping', async () => {
    const short = await running()
    using listener = listening(short, bearer(short.tokens.steward))
    listener.send({ type: 'connection_init' })
    expect(await listener.next()).toEqual({ type: 'connection_ack' })
    const since = performance.now()
    await short[Symbol.asyncDispose]()
    expect(performance.now() - since).toBeLessThan(5000)
    expect(await listener.closed).toBe(1001)
  })
})
