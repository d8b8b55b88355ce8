import type { FastifyInstance } from 'fastify'
import type { Micros } from '../../model/index.ts'
import type { Caller } from '../parts.ts'
import type { AnswerError } from './answer-error.ts'
import type { Warning } from './context.ts'
import type { GraphqlParts } from './parts.ts'
import { readFileSync } from 'node:fs'
import mercurius from 'mercurius'
import { answerError, statusOf } from './answer-error.ts'
import { holdWithinBounds } from './bounds/table.ts'
import { parseWithin } from './bounds/tokens.ts'
import { createContext } from './context.ts'
import { inTurn } from './in-turn.ts'
import { readQuestion } from './question.ts'
import { resolvers } from './resolvers.ts'
import { askingRoles, requireRole } from './roles.ts'

/** An answer as GraphQL has it, and the status that it gets over HTTP. */
export type Answer = Readonly<{
  status: number
  body: Readonly<{
    data?: unknown
    errors?: readonly AnswerError[]
    extensions?: Readonly<{ warnings: readonly Warning[] }>
  }>
}>

export type Asker = Readonly<{ caller: Caller; requestId: string }>

/**
 * Answers one request: JSON as POST carries it. Nothing is thrown: what goes wrong is in the answer.
 *
 * It is refused before anything runs when the caller's role may not ask (FORBIDDEN), it is over a
 * bound (LIMIT_EXCEEDED) or no GraphQL of this schema (QUERY_INVALID).
 */
export type Ask = (request: unknown, asker: Asker) => Promise<Answer>

/** schema.graphql, as it is served. */
const schemaText = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8')

/** Queries that are kept parsed: each may be as large as `queryBytesMax`, so there are few. */
const queriesKept = 64

/** Puts the schema with its resolvers into the app, without a route of mercurius' own. */
export async function createAsk(app: FastifyInstance, parts: GraphqlParts): Promise<Ask> {
  const { log, config } = parts
  const clean = (text: string): string => parts.decisions.scrubText(text).text
  await app.register(mercurius, {
    schema: schemaText,
    resolvers,
    routes: false,
    cache: queriesKept,
    errorFormatter: ({ data, errors }) => ({ statusCode: 200, response: { data, errors } }),
  })
  const acceptedAt = strictlyIncreasing(parts.clock)
  const alone = inTurn()

  return async (request, { caller, requestId }) => {
    try {
      requireRole(caller, askingRoles)
      const { query, variables, operationName } = readQuestion(request)
      const document = parseWithin(query, config.queryTokensMax)
      holdWithinBounds({ document, variables, schema: app.graphql.schema }, config)
      const behind = !(await isReached(parts))
      const context = createContext(parts, { caller, requestId, behind, acceptedAt, alone })
      const { data, errors = [] } = await app.graphql(query, context, variables, operationName)
      const shown = errors.map((error) => answerError(error, { ran: true, requestId, log, clean }))
      const { warnings } = context
      const extensions = warnings.length === 0 ? {} : { extensions: { warnings } }
      const body = shown.length === 0 ? { data } : { errors: shown, data }
      return { status: 200, body: { ...body, ...extensions } }
    } catch (error) {
      const errors = complaintsIn(error).map((complaint) =>
        answerError(complaint, { ran: false, requestId, log, clean }),
      )
      return { status: statusOf(errors), body: { errors } }
    }
  }
}

/** Whether all that was accepted until now is in the graph, after waiting for it a bounded time. */
async function isReached({ ledger, projector, config }: GraphqlParts): Promise<boolean> {
  return projector.reached(ledger.head().entries, config.queryWaitMs)
}

/** What validation complains about comes as one error with a list of them. */
function complaintsIn(error: unknown): readonly unknown[] {
  const inner = error instanceof Error && 'errors' in error ? error.errors : undefined
  return Array.isArray(inner) && inner.length > 0 ? inner : [error]
}

function strictlyIncreasing(clock: () => Micros): () => Micros {
  let last = -Infinity
  return () => {
    last = Math.max(clock(), last + 1)
    return last as Micros
  }
}
