import type { TokenStore } from '../../coordination/index.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { Allowance } from '../body/allowance.ts'
import type { ApiParts } from '../parts.ts'
import type { Meters } from '../meters.ts'
import type { Operations } from './operations.ts'
import type { RestRoute } from './route.ts'
import type { FastifyInstance } from 'fastify'
import { signOutRoute } from '../auth/sign-out.ts'
import { eventsRoute } from './events.ts'
import { healthRoutes } from './health.ts'
import { lineageRoutes } from './lineage.ts'
import { metricsRoute } from './metrics.ts'
import { openapiRoute } from './openapi.ts'
import { operationRoutes } from './operations.ts'
import { tokenRoutes } from './tokens.ts'

export type RestParts = ApiParts &
  Readonly<{
    tokens: TokenStore
    sessions: Sessions
    operations: Operations
    allowance: Allowance
    meters: Meters
    version: string
  }>

/** The REST interface. Bodies reach the routes as streams that nobody has read yet. */
export function registerRest(app: FastifyInstance, parts: RestParts): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, stream, done) => done(null, stream))
  const { allowance } = parts
  const routes: readonly RestRoute[] = [
    ...lineageRoutes(parts),
    eventsRoute(parts),
    ...healthRoutes(parts.ready),
    metricsRoute({ ...parts, heldBytes: () => allowance.heldBytes }),
    ...tokenRoutes(parts),
    ...operationRoutes(parts),
    signOutRoute(parts),
  ]
  for (const route of [...routes, openapiRoute(routes, parts.version)]) register(app, route)
}

function register(app: FastifyInstance, route: RestRoute): void {
  const { method, url, access, metricsToken = false, status = 200, handle } = route
  app.route({
    method,
    url,
    config: { access, metricsToken },
    async handler(request, reply) {
      reply.code(status)
      return handle(request, reply)
    },
  })
}
