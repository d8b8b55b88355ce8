import type { FastifyInstance } from 'fastify'
import type { Finding, FindingKind } from '../../governance/index.ts'
import type { Micros } from '../../model/index.ts'
import type { Caller } from '../parts.ts'
import type { AnswerError } from './answer-error.ts'
import type { Maybe } from './args.ts'
import type { ApiContext, Warning } from './context.ts'
import type { GraphqlParts } from './parts.ts'
import { readFileSync } from 'node:fs'
import { createSourceEventStream, execute, getOperationAST, validate } from 'graphql'
import mercurius from 'mercurius'
import { LinewardError } from '../../errors.ts'
import { answerError, statusOf } from './answer-error.ts'
import { holdWithinBounds } from './bounds/table.ts'
import { parseWithin } from './bounds/tokens.ts'
import { createContext } from './context.ts'
import { findingView } from './finding-view.ts'
import { inTurn } from './in-turn.ts'
import { readQuestion } from './question.ts'
import { findingsRaised } from './raised.ts'
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

export type Engine = Readonly<{
  /**
   * Answers one request: JSON as POST carries it. Nothing is thrown: what goes wrong is in the answer.
   *
   * It is refused before anything runs when the caller's role may not ask (FORBIDDEN), it is over a
   * bound (LIMIT_EXCEEDED) or no GraphQL of this schema, or a subscription (QUERY_INVALID).
   */
  ask: (request: unknown, asker: Asker) => Promise<Answer>
  /**
   * Answers a subscription again and again until `signal` is aborted. What is refused, as by `ask`,
   * and what fails later is the last answer, and has no data.
   */
  listen: (request: unknown, asker: Asker, signal: AbortSignal) => AsyncGenerator<Answer['body']>
}>

/** schema.graphql, as it is served. */
const schemaText = readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8')

/** Queries that are kept parsed: each may be as large as `queryBytesMax`, so there are few. */
const queriesKept = 64

/** Puts the schema with its resolvers into the app, without a route of mercurius' own. */
export async function createEngine(app: FastifyInstance, parts: GraphqlParts): Promise<Engine> {
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

  const read = (request: unknown, { caller }: Asker, isSubscription: boolean) => {
    requireRole(caller, askingRoles)
    const question = readQuestion(request)
    const { query, variables, operationName } = question
    const document = parseWithin(query, config.queryTokensMax)
    holdWithinBounds({ document, variables, schema: app.graphql.schema }, config)
    const isAsked = getOperationAST(document, operationName)?.operation === 'subscription'
    if (isAsked !== isSubscription) throw wrongDoor(isSubscription)
    return { ...question, document }
  }
  const contextFor = async ({ caller, requestId }: Asker): Promise<ApiContext> => {
    const behind = !(await isReached(parts))
    return createContext(parts, { caller, requestId, behind, acceptedAt, alone })
  }
  const answered = (
    { data, errors = [] }: Readonly<{ data?: unknown; errors?: readonly unknown[] }>,
    { warnings, requestId }: ApiContext,
  ): Answer['body'] => {
    const shown = errors.map((error) => answerError(error, { ran: true, requestId, log, clean }))
    const extensions = warnings.length === 0 ? {} : { extensions: { warnings } }
    const body = shown.length === 0 ? { data } : { errors: shown, data }
    return { ...body, ...extensions }
  }
  const refused = (error: unknown, { requestId }: Asker): readonly AnswerError[] =>
    complaintsIn(error).map((complaint) =>
      answerError(complaint, { ran: false, requestId, log, clean }),
    )

  return {
    async ask(request, asker) {
      try {
        const { query, variables, operationName } = read(request, asker, false)
        const context = await contextFor(asker)
        const result = await app.graphql(query, context, variables, operationName)
        return { status: 200, body: answered(result, context) }
      } catch (error) {
        const errors = refused(error, asker)
        return { status: statusOf(errors), body: { errors } }
      }
    },

    async *listen(request, asker, signal) {
      try {
        const { document, variables: variableValues, operationName } = read(request, asker, true)
        const { schema } = app.graphql
        const complaints = validate(schema, document)
        if (complaints.length > 0) throw new AggregateError(complaints)
        const how = { schema, document, variableValues, operationName }
        const source = await createSourceEventStream({
          ...how,
          subscribeFieldResolver: (_root: unknown, { kinds }: RaisedArgs) =>
            findingsRaised(parts.governance, kinds, signal),
        })
        if (!(Symbol.asyncIterator in source)) throw new AggregateError(source.errors ?? [])
        for await (const finding of source as AsyncIterable<Finding>) {
          // Each is a question of its own: what was looked up for the one before may be otherwise.
          const context = await contextFor(asker)
          const findingRaised = await findingView(finding, context)
          if (findingRaised === undefined) continue
          const rootValue = { findingRaised }
          const result = await execute({ ...how, rootValue, contextValue: context })
          yield answered(result, context)
        }
      } catch (error) {
        yield { errors: refused(error, asker) }
      }
    },
  }
}

type RaisedArgs = Readonly<{ kinds?: Maybe<readonly FindingKind[]> }>

function wrongDoor(isSubscription: boolean): LinewardError {
  return new LinewardError(
    'QUERY_INVALID',
    isSubscription
      ? 'Here are subscriptions only; whatever else is asked by POST'
      : 'A subscription is made over a WebSocket at this address (graphql-transport-ws)',
  )
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
