import type { JsonObject } from '../../model/index.ts'
import { LinewardError } from '../../errors.ts'
import { isJsonObject } from '../../model/index.ts'

/** What a client asks: the query and what belongs to it. */
export type Question = Readonly<{
  query: string
  variables: JsonObject
  operationName: string | undefined
}>

/**
 * A GraphQL request as POST carries it. `extensions` and whatever else is in it is not looked at.
 *
 * @throws LinewardError QUERY_INVALID for any other JSON, also for a batch of requests.
 */
export function readQuestion(body: unknown): Question {
  if (Array.isArray(body)) {
    throw new LinewardError('QUERY_INVALID', 'One query is answered at a time, not a batch')
  }
  if (!isJsonObject(body)) throw malformed('a request is a JSON object')
  const { query, variables = null, operationName = null }: Partial<JsonObject> = body
  if (typeof query !== 'string') throw malformed('`query` is a text')
  if (variables !== null && !isJsonObject(variables)) throw malformed('`variables` is an object')
  if (operationName !== null && typeof operationName !== 'string') {
    throw malformed('`operationName` is a text')
  }
  return { query, variables: variables ?? {}, operationName: operationName ?? undefined }
}

function malformed(what: string): LinewardError {
  return new LinewardError('QUERY_INVALID', `This is no GraphQL request: ${what}`)
}
