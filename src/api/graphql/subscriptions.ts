import type { FastifyRequest } from 'fastify'
import type { Asker, Engine } from './engine.ts'
import { isJsonObject, parseJson } from '../../model/index.ts'
import { LinewardError } from '../../errors.ts'
import { callerOf } from '../parts.ts'

/** What is used of a socket of `ws`. */
export type Socket = Readonly<{
  protocol: string
  bufferedAmount: number
  send: (text: string) => void
  close: (code: number, reason: string) => void
  terminate: () => void
  ping: () => void
}> & {
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown
  on(event: 'close' | 'pong', listener: () => void): unknown
}

export const subscriptionProtocol = 'graphql-transport-ws'

const initWithinMs = 10_000
const everyMs = 30_000
const subscriptionsMax = 20
const socketsMax = 1000
/** How much may wait to be read by one who is slow. */
const bufferedBytesMax = 4 * 1024 * 1024

/** What the protocol closes a socket with. */
const closings = {
  malformed: [4400, 'Malformed message'],
  tooEarly: [4401, 'No connection_init yet'],
  revoked: [4403, 'The token or session is not good any more'],
  wrongProtocol: [4406, `The protocol is ${subscriptionProtocol}`],
  tooLate: [4408, 'No connection_init in time'],
  taken: [4409, 'There is a subscription of that id'],
  twice: [4429, 'A second connection_init'],
  tooMany: [1013, 'More than are served at once'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>

/**
 * Serves subscriptions over sockets, by the protocol of graphql-ws. Who may was decided when the
 * socket was opened, by token or session; when that is not good any more the socket is closed.
 *
 * @see https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
 */
export function serveSubscriptions(
  listen: Engine['listen'],
): (socket: Socket, request: FastifyRequest) => void {
  let open = 0
  return (socket, request) => {
    open += 1
    socket.on('close', () => {
      open -= 1
    })
    if (open > socketsMax) return shut(socket, 'tooMany')
    if (socket.protocol !== subscriptionProtocol) return shut(socket, 'wrongProtocol')
    const asker = { caller: callerOf(request), requestId: request.id }
    new Connection(socket, { listen, asker, isInForce: request.isInForce }).begin()
  }
}

function shut(socket: Socket, how: keyof typeof closings): void {
  const [code, reason] = closings[how]
  socket.close(code, reason)
}

type Message = Readonly<{ type: string; id?: string; payload?: unknown }>

class Connection {
  readonly #socket: Socket
  readonly #parts: Readonly<{ listen: Engine['listen']; asker: Asker; isInForce: () => boolean }>
  readonly #running = new Map<string, AbortController>()
  #isBegun = false
  #isAlive = true

  constructor(
    socket: Socket,
    parts: Readonly<{ listen: Engine['listen']; asker: Asker; isInForce: () => boolean }>,
  ) {
    this.#socket = socket
    this.#parts = parts
  }

  begin(): void {
    const late = setTimeout(() => {
      if (!this.#isBegun) shut(this.#socket, 'tooLate')
    }, initWithinMs)
    const beat = setInterval(() => this.#beat(), everyMs)
    this.#socket.on('pong', () => {
      this.#isAlive = true
    })
    this.#socket.on('close', () => {
      clearTimeout(late)
      clearInterval(beat)
      for (const one of this.#running.values()) one.abort()
    })
    this.#socket.on('message', (data, isBinary) =>
      this.#take(isBinary ? undefined : messageIn(data)),
    )
  }

  /** One who does not answer is gone, and one who may no more has to go. */
  #beat(): void {
    if (!this.#isAlive) return this.#socket.terminate()
    if (!this.#parts.isInForce()) return shut(this.#socket, 'revoked')
    this.#isAlive = false
    this.#socket.ping()
  }

  #take(message: Message | undefined): void {
    switch (message?.type) {
      case 'connection_init':
        if (this.#isBegun) return shut(this.#socket, 'twice')
        this.#isBegun = true
        return this.#send({ type: 'connection_ack' })
      case 'ping':
        return this.#send({ type: 'pong' })
      case 'pong':
        return
      case 'subscribe':
        return this.#subscribe(message)
      case 'complete':
        return this.#running.get(message.id ?? '')?.abort()
      default:
        return shut(this.#socket, 'malformed')
    }
  }

  #subscribe({ id, payload }: Message): void {
    if (!this.#isBegun) return shut(this.#socket, 'tooEarly')
    if (id === undefined || id === '') return shut(this.#socket, 'malformed')
    if (this.#running.has(id)) return shut(this.#socket, 'taken')
    if (this.#running.size >= subscriptionsMax) return shut(this.#socket, 'tooMany')
    if (!this.#parts.isInForce()) return shut(this.#socket, 'revoked')
    const ending = new AbortController()
    this.#running.set(id, ending)
    void this.#answer(id, payload, ending.signal)
  }

  async #answer(id: string, payload: unknown, signal: AbortSignal): Promise<void> {
    const { listen, asker, isInForce } = this.#parts
    let isRefused = false
    for await (const body of listen(payload, asker, signal)) {
      if (signal.aborted) break
      if (!isInForce()) shut(this.#socket, 'revoked')
      isRefused = body.data === undefined && body.errors !== undefined
      if (isRefused) this.#send({ type: 'error', id, payload: body.errors })
      else this.#send({ type: 'next', id, payload: body })
    }
    this.#running.delete(id)
    if (!isRefused && !signal.aborted) this.#send({ type: 'complete', id })
  }

  #send(message: Message): void {
    if (this.#socket.bufferedAmount > bufferedBytesMax) return this.#socket.terminate()
    this.#socket.send(JSON.stringify(message))
  }
}

function messageIn(data: Buffer): Message | undefined {
  try {
    const message = parseJson(data.toString('utf8'))
    if (!isJsonObject(message)) return undefined
    const { type, id, payload }: Readonly<Record<string, unknown>> = message
    if (typeof type !== 'string' || (id !== undefined && typeof id !== 'string')) return undefined
    return { type, ...(id === undefined ? {} : { id }), payload }
  } catch (error) {
    if (error instanceof LinewardError) return undefined
    throw error
  }
}
