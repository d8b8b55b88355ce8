import type { ErrorCode } from '../errors.ts'
import type { Door } from './door.ts'
import { errorCodes, LinewardError } from '../errors.ts'
import { isRecord, problemIn, textOf } from './door.ts'

/**
 * The `data` of a GraphQL answer.
 *
 * @throws LinewardError with the code and words of the first error.
 */
export async function query(
  door: Door,
  text: string,
  variables: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>>> {
  const body = JSON.stringify({ query: text, variables })
  const answer = await door.send({ method: 'POST', path: '/graphql', body }, 'admin')
  const said = await textOf(answer.body)
  const read: unknown = answer.status === 200 || said.includes('"errors"') ? JSON.parse(said) : {}
  const { data, errors } = isRecord(read) ? read : {}
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined
  if (isRecord(first)) throw errorOf(first)
  if (isRecord(data)) return data
  throw problemIn(said, answer.status)
}

function errorOf({ message, extensions }: Readonly<Record<string, unknown>>): LinewardError {
  const code = isRecord(extensions) ? extensions['code'] : undefined
  const isKnown = typeof code === 'string' && Object.hasOwn(errorCodes, code)
  return new LinewardError(isKnown ? (code as ErrorCode) : 'INTERNAL', String(message))
}
