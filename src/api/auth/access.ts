import type { LocalTokens, Role, TokenStore } from '../../coordination/index.ts'
import type { Caller } from '../parts.ts'
import type { Sessions } from './sessions.ts'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import { secretHash } from '../../coordination/index.ts'
import { LinewardError } from '../../errors.ts'
import { sessionOf } from './session-cookie.ts'

/** Who may use a route: `everyone` needs no token; the others are the roles named. */
export type Access = 'everyone' | readonly Role[]

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** The route also opens for the token of LINEWARD_METRICS_TOKEN. */
    metricsToken?: boolean
  }
}

export type AccessParts = Readonly<{
  tokens: Pick<TokenStore, 'find'>
  sessions: Sessions
  /** Who is signed in by a link: whoever could read the terminal or the folder of the server. */
  person: string
  local: LocalTokens | undefined
  metricsToken: string | undefined
}>

/**
 * Puts authentication before every route of the app, also those registered later. The app does not
 * start with a route of which nobody said who may use it (`config.access`), and nothing of a body is
 * read before the caller is known.
 *
 * Requests get UNAUTHENTICATED without a valid token or session, FORBIDDEN for another role.
 */
export function guardRoutes(app: FastifyInstance, parts: AccessParts): void {
  const routes: RouteOptions[] = []
  app.decorateRequest('caller', undefined)
  app.addHook('onRoute', (route) => {
    routes.push(route)
  })
  app.addHook('onReady', async () => {
    const open = routes.find(({ config }) => config?.access === undefined)
    if (open !== undefined) throw new Error(`Nobody said who may use ${open.url}`)
  })
  app.addHook('onRequest', async (request) => {
    const { access = [], metricsToken = false } = request.routeOptions.config
    if (request.is404 || access === 'everyone') return
    const caller = callerFor(request, parts, metricsToken)
    if (caller === undefined) {
      throw new LinewardError('UNAUTHENTICATED', 'A valid token is needed')
    }
    request.caller = caller
    if (!access.includes(caller.role)) {
      throw new LinewardError('FORBIDDEN', `This needs a token of role ${access.join(' or ')}`)
    }
  })
}

function callerFor(
  request: FastifyRequest,
  parts: AccessParts,
  metricsToken: boolean,
): Caller | undefined {
  const { authorization } = request.headers
  if (authorization === undefined) return callerOfSession(request, parts)
  const token = /^bearer +([\x21-\x7e]+) *$/i.exec(authorization)?.[1]
  if (token === undefined) return undefined
  if (metricsToken && isEqual(token, parts.metricsToken)) {
    return { name: 'metrics', person: undefined, role: 'producer' }
  }
  return callerOfLocalToken(token, parts) ?? parts.tokens.find(token)
}

/** Commands on the server's own machine: the folder's files opened to them is what lets them in. */
function callerOfLocalToken(token: string, { local, person }: AccessParts): Caller | undefined {
  if (local === undefined) return undefined
  if (isEqual(token, local.admin)) return { name: 'local', person, role: 'admin' }
  if (isEqual(token, local.producer)) return { name: 'local', person, role: 'producer' }
  return undefined
}

function callerOfSession(request: FastifyRequest, parts: AccessParts): Caller | undefined {
  const session = sessionOf(request)
  if (session === undefined || !parts.sessions.holds(session)) return undefined
  refuseForgery(request)
  return { name: `session:${parts.person}`, person: parts.person, role: 'admin' }
}

/**
 * A browser sends its cookie with requests that other pages make it send, also those of other ports
 * of this host. What changes something has to come from our own page, and as JSON, which no plain
 * form can send.
 */
function refuseForgery(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const site = request.headers['sec-fetch-site']
  const sameOrigin = site === undefined ? isOwnOrigin(request) : site === 'same-origin'
  if (!sameOrigin) throw new LinewardError('FORBIDDEN', 'A session is only good for our own page')
  if (!/^application\/json(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new LinewardError('FORBIDDEN', 'A session sends application/json only')
  }
}

function isOwnOrigin({ headers: { origin, host } }: FastifyRequest): boolean {
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false
  return new URL(origin).host === host
}

function isEqual(given: string, expected: string | undefined): boolean {
  return expected !== undefined && timingSafeEqual(secretHash(given), secretHash(expected))
}
