import type { LocalTokens, TokenStore } from '../coordination/index.ts'
import type { GraphqlParts } from './graphql/index.ts'
import type { Operations } from './rest/operations.ts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import websocket from '@fastify/websocket'
import fastify from 'fastify'
import { errorCodes } from '../errors.ts'
import { guardRoutes } from './auth/access.ts'
import { RateLimits } from './auth/rate-limits.ts'
import { Sessions } from './auth/sessions.ts'
import { registerSignIn } from './auth/sign-in.ts'
import { Allowance } from './body/allowance.ts'
import { registerGraphql } from './graphql/index.ts'
import {
  asLinewardError,
  connectionError,
  problemOf,
  problemType,
  rawProblem,
  waitOf,
} from './problem.ts'
import { webSocketOptions } from './web-sockets.ts'
import { Meters } from './meters.ts'
import { signInPath } from './rest/operations.ts'
import { registerRest } from './rest/register-rest.ts'

export type ServerParts = Omit<GraphqlParts, 'meters'> &
  Readonly<{
    tokens: TokenStore
    operations: Operations
    /** For commands on this machine; absent: there are none. */
    local: LocalTokens | undefined
    /** Who signs in by a link. */
    person: string
    version: string
  }>

export type Server = Readonly<{
  app: FastifyInstance
  /** A fresh one-time link, below the URL of the server. */
  newSignInPath: () => string
  /** From now on each answer is the last of its connection. */
  endConnections: () => void
}>

/** How long the head of a request may take, and how often slow ones are looked for. */
const headMsMax = 30_000
const slowCheckMs = 1000

/** Every answer: nothing of it may be kept, guessed at, framed or run. Pages say what they need. */
const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy':
    "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
} as const

/**
 * The HTTP interface over the parts, not listening yet. Every route is behind authentication unless
 * it says otherwise, and every failure leaves as a problem document without a cause.
 */
export async function buildServer(parts: ServerParts): Promise<Server> {
  const { config, log } = parts
  const meters = new Meters()
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: config.queryBytesMax,
    requestTimeout: config.requestMsMax,
    http: {
      headersTimeout: Math.min(headMsMax, config.requestMsMax),
      connectionsCheckingInterval: slowCheckMs,
    },
    // What still comes in while it stops is answered like all before, and its connection ends then.
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    clientErrorHandler: (error, socket) => {
      if (error.code === 'ECONNRESET' || !socket.writable) {
        socket.destroy()
        return
      }
      const id = randomUUID()
      const refused = connectionError(error.code)
      meters.refused(refused.code)
      log.debug({ request: id, code: refused.code }, 'a connection carried no request')
      socket.end(rawProblem(refused, id, { ...headers, 'x-request-id': id }))
    },
  })
  const sessions = new Sessions(config, parts.clock)
  const limits = new RateLimits(config, parts)
  const allowance = new Allowance(config.queueBytesMax)

  function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const error = asLinewardError(thrown)
    const problem = problemOf(error, request.id)
    meters.refused(error.code)
    const fields = { ...lineOf(request), code: error.code }
    // Who sends too much must not fill the log as well.
    const isOurs = problem.status >= 500 && error.code !== 'THROTTLED'
    if (isOurs) log.error({ ...fields, error }, 'a request failed')
    else log.debug(fields, 'a request was refused')
    if (problem.status === errorCodes.UNAUTHENTICATED.status) {
      reply.header('www-authenticate', 'Bearer')
    }
    const { allow } = error.details
    if (typeof allow === 'string') reply.header('allow', allow)
    const waitSeconds = waitOf(error)
    if (waitSeconds !== undefined) reply.header('retry-after', String(waitSeconds))
    // As bytes: to a text Fastify would add a character set, which this type does not have.
    reply
      .code(problem.status)
      .type(problemType)
      .send(Buffer.from(JSON.stringify(problem)))
  }

  app.setErrorHandler(sendProblem)
  let isEnding = false
  app.addHook('onSend', async (request, reply) => {
    if (isEnding) reply.header('connection', 'close')
    for (const [name, value] of Object.entries(headers)) {
      if (!reply.hasHeader(name)) reply.header(name, value)
    }
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { statusCode: status, elapsedTime } = reply
    meters.answered(request.routeOptions.url, status, elapsedTime)
    log.debug({ ...lineOf(request), status, ms: Math.round(elapsedTime) }, 'a request was answered')
  })
  await app.register(websocket, webSocketOptions(config))
  guardRoutes(app, { ...parts, sessions, limits, metricsToken: config.metricsToken })
  await app.register(async (rest) => {
    registerRest(rest, { ...parts, sessions, allowance, meters })
    registerSignIn(rest, { ...parts, sessions, limits, sessionMs: config.sessionMs })
  })
  await app.register(async (scope) => {
    await registerGraphql(scope, { ...parts, meters })
  })
  return {
    app,
    newSignInPath: () => signInPath(sessions),
    endConnections() {
      isEnding = true
    },
  }
}

/** What the log shows of a request: never its query, which may hold a sign-in code. */
function lineOf({ id, method, routeOptions, caller }: FastifyRequest): Record<string, unknown> {
  return { request: id, method, route: routeOptions.url ?? null, caller: caller?.name ?? null }
}
