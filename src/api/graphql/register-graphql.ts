import type { FastifyInstance } from 'fastify'
import type { GraphqlParts } from './parts.ts'
import { LinewardError } from '../../errors.ts'
import { parseJson } from '../../model/index.ts'
import { Allowance } from '../body/allowance.ts'
import { readText } from '../body/request-body.ts'
import { callerOf, confirmCaller } from '../parts.ts'
import { createEngine } from './engine.ts'
import { registerPage } from './page/register-page.ts'
import { askingRoles } from './roles.ts'
import { serveSubscriptions } from './subscriptions.ts'

const path = '/graphql'
const mediaType = 'application/json'

/**
 * Puts `POST /graphql` and the query page into an app that authenticates callers: a question comes
 * as `application/json`, packed or not, one at a time. A subscription comes over a WebSocket at the
 * same address. Failures before there is a question (the
 * token, the body) are thrown for the app to answer; all others are GraphQL errors with a code.
 *
 * @see contract.md section 5
 */
export async function registerGraphql(app: FastifyInstance, parts: GraphqlParts): Promise<void> {
  const { queryBytesMax, queueBytesMax } = parts.config
  const { ask, listen } = await createEngine(app, parts)
  // Of their own: events that pile up must not shut questions out.
  const allowance = new Allowance(queueBytesMax)
  const options = { config: { access: askingRoles } }

  await app.register(async (scope) => {
    // Fastify's own parser refuses keys that we take for what they are.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(mediaType, (_request, stream, done) => done(null, stream))

    scope.post(path, options, async (request, reply) => {
      const asker = { caller: callerOf(request), requestId: request.id }
      const question = parseJson(await readText(request, allowance, queryBytesMax))
      confirmCaller(request)
      const { status, body } = await ask(question, asker)
      reply.code(status).header('cache-control', 'no-store').type(`${mediaType}; charset=utf-8`)
      // Made into text here: numbers beyond what a double holds are kept as they were written.
      return reply.send(JSON.stringify(body))
    })
    scope.route({
      ...options,
      method: 'GET',
      url: path,
      wsHandler: serveSubscriptions(listen),
      handler: async (_request, reply) => {
        reply.header('allow', 'POST')
        throw new LinewardError('METHOD_NOT_ALLOWED', 'Questions are asked by POST')
      },
    })
  })
  registerPage(app)
}
