import type { ErrorCode } from '../errors.ts'
import { STATUS_CODES } from 'node:http'
import { errorCodes, LinewardError } from '../errors.ts'

/** An answer that says what went wrong (RFC 9457), without a stack, a driver's words or the body. */
export type Problem = Readonly<{
  type: string
  title: string
  status: number
  detail: string
  code: string
  instance: string
}>

export const problemType = 'application/problem+json'

/** How long a client should wait where nothing says how long it will take. */
const retryAfterSeconds = 5

/** Seconds after which to try again; undefined for what will fail again. */
export function waitOf({ code, details }: LinewardError): number | undefined {
  const { status } = errorCodes[code]
  if (status !== errorCodes.NOT_DURABLE.status && status !== errorCodes.RATE_LIMITED.status) {
    return undefined
  }
  const seconds = details['retryAfterSeconds']
  return typeof seconds === 'number' ? seconds : retryAfterSeconds
}

/** Failures that Fastify finds itself, as ours. Others of its 4xx become ARGUMENT_INVALID. */
const ofFastify: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'MEDIA_TYPE_UNSUPPORTED',
  FST_ERR_CTP_INVALID_JSON_BODY: 'JSON_MALFORMED',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'JSON_MALFORMED',
  FST_ERR_NOT_FOUND: 'NOT_FOUND',
  FST_ERR_ROUTE_MISSING: 'NOT_FOUND',
}

/** Any failure as one of ours: what has no code is INTERNAL, with what happened as its cause. */
export function asLinewardError(error: unknown): LinewardError {
  if (error instanceof LinewardError) return error
  const cause = { cause: error }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = Object.hasOwn(ofFastify, code) ? ofFastify[code] : undefined
  if (known !== undefined) return new LinewardError(known, errorCodes[known].title, cause)
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (code.startsWith('FST_ERR_') && status >= 400 && status < 500) {
    return new LinewardError('ARGUMENT_INVALID', 'The request cannot be read', cause)
  }
  return new LinewardError('INTERNAL', 'Something went wrong; the log has it by this id', cause)
}

/** The problem document of a failure. `requestId` is what the log knows the request by. */
export function problemOf({ code, message }: LinewardError, requestId: string): Problem {
  const { status, title } = errorCodes[code]
  return {
    type: `urn:lineward:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    detail: message,
    code,
    instance: `urn:uuid:${requestId}`,
  }
}

/** Why a connection did not carry a request, by the code of Node. All others are no HTTP. */
const ofConnection: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['HEADERS_TOO_LARGE', 'The headers are over 16 KiB'],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT', 'The request took too long to come'],
}

/** What came over a connection and was no request, by the code that Node gave it. */
export function connectionError(nodeCode: string): LinewardError {
  const known = Object.hasOwn(ofConnection, nodeCode) ? ofConnection[nodeCode] : undefined
  const [code, message] = known ?? ['ARGUMENT_INVALID', 'This is not an HTTP request']
  return new LinewardError(code, message)
}

/** A whole HTTP answer for what was not even a request, closing the connection. */
export function rawProblem(
  error: LinewardError,
  requestId: string,
  headers: Readonly<Record<string, string>>,
): string {
  const body = JSON.stringify(problemOf(error, requestId))
  const { status } = errorCodes[error.code]
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code)
}
