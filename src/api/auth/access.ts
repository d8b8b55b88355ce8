import type { Role } from '../../coordination/index.ts'
import type { Caller } from '../parts.ts'
import type { CallerParts } from './caller.ts'
import type { RateLimits } from './rate-limits.ts'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { LinewardError } from '../../errors.ts'
import { callerFor, claimsToBeSomebody } from './caller.ts'

/** Who may use a route: `everyone` needs no token; the others are the roles named. */
export type Access = 'everyone' | readonly Role[]

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access
    /** The route also opens for the token of LINEWARD_METRICS_TOKEN. */
    metricsToken?: boolean
  }
}

export type AccessParts = CallerParts & Readonly<{ limits: RateLimits }>

/**
 * Puts authentication before every route of the app, also those registered later. It is decided on
 * the route that was found, never on the text of a path. The app does not start with a route of
 * which nobody said who may use it (`config.access`), and nothing of a body is read before the
 * caller is known.
 *
 * Requests get NOT_FOUND where there is no route, UNAUTHENTICATED without a valid token or session, FORBIDDEN for another role, and
 * what `RateLimits` says of those that come too often.
 */
export function guardRoutes(app: FastifyInstance, parts: AccessParts): void {
  const routes: RouteOptions[] = []
  app.decorateRequest('caller', undefined)
  app.decorateRequest('isInForce', () => true)
  app.addHook('onRoute', (route) => {
    routes.push(route)
  })
  app.addHook('onReady', async () => {
    const open = routes.find(({ config }) => config?.access === undefined)
    if (open !== undefined) throw new Error(`Nobody said who may use ${open.url}`)
  })
  app.addHook('onRequest', async (request) => {
    const { access = [], metricsToken = false } = request.routeOptions.config
    // Before anything of its body is read.
    if (request.is404) throw unservedAs(request, routes)
    if (access === 'everyone') return
    const find = (): Caller | undefined => callerFor(request, parts, metricsToken)
    const caller = find()
    if (caller === undefined) throw unknownCaller(request, parts.limits)
    request.caller = caller
    request.isInForce = () => find() !== undefined
    parts.limits.count(caller, takesEvents(access))
    refuseRole(caller, access)
  })
}

/** Where nobody but producers is let in, events come in. */
/**
 * What is not served is not there, but for what is served in another way by the very same address: the
 * interface is described to everybody, and so is this.
 */
function unservedAs({ url }: FastifyRequest, routes: readonly RouteOptions[]): LinewardError {
  const [path] = url.split('?', 1)
  const methods = routes.filter((route) => route.url === path).flatMap(({ method }) => method)
  if (methods.length === 0) return new LinewardError('NOT_FOUND', 'There is no such route')
  const allow = [...new Set(methods)].join(', ')
  const message = `This address takes ${allow}`
  return new LinewardError('METHOD_NOT_ALLOWED', message, { details: { allow } })
}

function takesEvents(access: readonly Role[]): boolean {
  return access.every((role) => role === 'producer')
}

function unknownCaller(request: FastifyRequest, limits: RateLimits): LinewardError {
  if (claimsToBeSomebody(request)) limits.countWrong(request.socket.remoteAddress ?? '')
  return new LinewardError('UNAUTHENTICATED', 'A valid token is needed')
}

function refuseRole({ role, namespaces }: Caller, access: readonly Role[]): void {
  if (!access.includes(role)) {
    throw new LinewardError('FORBIDDEN', `This needs a token of role ${access.join(' or ')}`)
  }
  // Who may see a part could otherwise make a token, or a session, that may see all.
  const isForAdmins = access.every((one) => one === 'admin')
  if (isForAdmins && namespaces !== undefined) {
    throw new LinewardError('FORBIDDEN', 'This needs a token that is not limited to namespaces')
  }
}
