import type { ErrorCode } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { GraphQLError } from 'graphql'
import { errorCodes, LinewardError } from '../../errors.ts'

/** An error of a GraphQL answer. */
export type AnswerError = Readonly<{
  message: string
  path?: readonly (string | number)[]
  locations?: readonly Readonly<{ line: number; column: number }>[]
  extensions: Readonly<{ code: ErrorCode; requestId?: string }>
}>

/** Whether the error came before anything ran, or out of the answer; and where to log it. */
export type ErrorSetting = Readonly<{
  ran: boolean
  requestId: string
  log: Log
  /** Takes out of a text what may be in no answer. */
  clean: (text: string) => string
}>

/**
 * An error as the client gets to see it: our own by code and message, GraphQL's own complaint about
 * the query as QUERY_INVALID, and anything else as INTERNAL with the id under which the log has it.
 */
export function answerError(
  error: unknown,
  { ran, requestId, log, clean }: ErrorSetting,
): AnswerError {
  const place = error instanceof GraphQLError ? placeOf(error) : {}
  const ours = origins(error).find((origin) => origin instanceof LinewardError)
  if (ours !== undefined && errorCodes[ours.code].status < 500) {
    const message = ours.code === 'QUERY_INVALID' ? clean(ours.message) : ours.message
    return { message, ...place, extensions: { code: ours.code } }
  }
  if (ours === undefined && isAboutQuery(error, ran)) {
    // The complaint quotes the query, and whoever reads the answer need not be who wrote that.
    return { message: clean(messageOf(error)), ...place, extensions: { code: 'QUERY_INVALID' } }
  }
  log.error({ error: origins(error).at(-1), requestId }, 'a GraphQL answer failed')
  const code = ours?.code ?? 'INTERNAL'
  // What failed inside is told by the table alone: a message of ours may quote a driver some day.
  return { message: errorCodes[code].title, ...place, extensions: { code, requestId } }
}

/** The status of an answer that has no data, as REST would have it. */
export function statusOf(errors: readonly AnswerError[]): number {
  return Math.max(...errors.map(({ extensions }) => errorCodes[extensions.code].status))
}

/** The error, what it was made from, and so on. */
function origins(error: unknown): readonly unknown[] {
  const found: unknown[] = [error]
  let inner = error
  while (inner instanceof GraphQLError && inner.originalError !== undefined) {
    inner = inner.originalError
    found.push(inner)
  }
  return found
}

/**
 * Before anything runs, GraphQL complains about the query only. While it makes an answer it does so
 * by pointing at a part of the query from the beginning; what it says of values, such as a null
 * where there may be none, has no such place and is a fault of ours.
 */
function isAboutQuery(error: unknown, ran: boolean): boolean {
  const origin = origins(error).at(-1)
  return origin instanceof GraphQLError && (!ran || origin.nodes !== undefined)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}

function placeOf({ path, locations }: GraphQLError): Pick<AnswerError, 'path' | 'locations'> {
  return {
    ...(path === undefined ? {} : { path }),
    ...(locations === undefined ? {} : { locations }),
  }
}
