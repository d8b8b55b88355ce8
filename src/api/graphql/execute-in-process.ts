import type { JsonObject } from '../../model/index.ts'
import type { Caller } from '../parts.ts'
import type { Answer } from './engine.ts'
import type { GraphqlParts } from './parts.ts'
import { randomUUID } from 'node:crypto'
import fastify from 'fastify'
import { createAsk } from './engine.ts'

/**
 * Answers one query without a server, by the same rules and bounds: for commands that opened the
 * data folder themselves. Nothing is thrown for what goes wrong in it: `errors` says so.
 */
export async function executeInProcess(
  parts: GraphqlParts,
  caller: Caller,
  query: string,
  variables: JsonObject = {},
): Promise<Answer['body']> {
  await using app = fastify({ logger: false })
  const ask = await createAsk(app, parts)
  await app.ready()
  const { body } = await ask({ query, variables }, { caller, requestId: randomUUID() })
  return body
}
