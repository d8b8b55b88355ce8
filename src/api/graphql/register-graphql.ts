import type { FastifyInstance } from 'fastify'
import type { GraphqlParts } from './parts.ts'
import { LinewardError } from '../../errors.ts'
import { callerOf } from '../parts.ts'
import { createAsk } from './engine.ts'
import { registerPage } from './page/register-page.ts'
import { askingRoles } from './roles.ts'

const path = '/graphql'

/**
 * Puts `POST /graphql` and the query page into an app that authenticates callers and reads JSON
 * bodies: a question comes as `application/json`, one at a time. Failures before there is a question
 * (the token, the body) are the app's own to answer; all others are GraphQL errors with a code.
 *
 * @see contract.md section 5
 */
export async function registerGraphql(app: FastifyInstance, parts: GraphqlParts): Promise<void> {
  const ask = await createAsk(app, parts)
  const options = { config: { access: askingRoles } }

  app.post(path, options, async (request, reply) => {
    const asker = { caller: callerOf(request), requestId: request.id }
    const { status, body } = await ask(request.body, asker)
    reply.code(status).header('cache-control', 'no-store').type('application/json; charset=utf-8')
    // Made into text here: numbers beyond what a double holds are kept as they were written.
    return reply.send(JSON.stringify(body))
  })
  app.get(path, options, async (_request, reply) => {
    reply.header('allow', 'POST')
    throw new LinewardError('METHOD_NOT_ALLOWED', 'Questions are asked by POST')
  })
  registerPage(app)
}
