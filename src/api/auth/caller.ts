import type { LocalTokens, TokenStore } from '../../coordination/index.ts'
import type { Caller } from '../parts.ts'
import type { Sessions } from './sessions.ts'
import type { FastifyRequest } from 'fastify'
import { timingSafeEqual } from 'node:crypto'
import { secretHash } from '../../coordination/index.ts'
import { refuseForgery } from './forgery.ts'
import { sessionsIn } from './session-cookie.ts'

export type CallerParts = Readonly<{
  tokens: Pick<TokenStore, 'find'>
  sessions: Sessions
  /** Who is signed in by a link: whoever could read the terminal or the folder of the server. */
  person: string
  local: LocalTokens | undefined
  metricsToken: string | undefined
}>

/**
 * Who sends a request, by its token or else by its session; undefined when neither is good. A
 * request with a token is never taken for one of a session.
 *
 * @throws LinewardError FORBIDDEN when another page made a browser send its session along.
 */
export function callerFor(
  request: FastifyRequest,
  parts: CallerParts,
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

/** Whether a request tries to be somebody, rightly or not. */
export function claimsToBeSomebody(request: FastifyRequest): boolean {
  return request.headers.authorization !== undefined || sessionsIn(request).length > 0
}

/** Commands on the server's own machine: the folder's files opened to them is what lets them in. */
/** How evidence shows who works on this machine by its commands. */
export const localName = 'local'

function callerOfLocalToken(token: string, { local, person }: CallerParts): Caller | undefined {
  if (local === undefined) return undefined
  if (isEqual(token, local.admin)) return { name: localName, person, role: 'admin' }
  if (isEqual(token, local.producer)) return { name: localName, person, role: 'producer' }
  return undefined
}

function callerOfSession(request: FastifyRequest, parts: CallerParts): Caller | undefined {
  const { sessions, person } = parts
  if (!sessionsIn(request).some((session) => sessions.holds(session))) return undefined
  refuseForgery(request)
  return { name: `session:${person}`, person, role: 'admin' }
}

function isEqual(given: string, expected: string | undefined): boolean {
  return expected !== undefined && timingSafeEqual(secretHash(given), secretHash(expected))
}
