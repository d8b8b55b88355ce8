import type { TokenGrant, TokenRecord, TokenStore } from '../../coordination/index.ts'
import type { Json, JsonObject, Micros } from '../../model/index.ts'
import type { Log } from '../../log.ts'
import type { Allowance } from '../body/allowance.ts'
import type { RestRoute } from './route.ts'
import type { FastifyRequest } from 'fastify'
import { roles } from '../../coordination/index.ts'
import { LinewardError } from '../../errors.ts'
import { formatNames, formatTime, isJsonObject, parseJson, parseTime } from '../../model/index.ts'
import { readText } from '../body/request-body.ts'
import { callerOf, confirmCaller } from '../parts.ts'
import { json, listOf, object, text } from './route.ts'

const bytesMax = 64 * 1024
const nullableText = { type: ['string', 'null'] }
const nullableList = { type: ['array', 'null'], items: text }
const grantShape = {
  name: text,
  role: { enum: roles },
  person: nullableText,
  namespaces: nullableList,
  formats: { type: ['array', 'null'], items: { enum: formatNames } },
  accounts: { type: ['array', 'null'], items: { type: 'string', pattern: '^\\d{12}$' } },
  mapping: { type: ['object', 'null'], additionalProperties: text },
  requestsPerMinute: { type: ['integer', 'null'], minimum: 1 },
  expiresAt: nullableText,
}
const recordShape = object({ ...grantShape, createdAt: text, revokedAt: nullableText })

/** Tokens are made, listed and revoked here; a revoked one is refused from the answer on. */
export function tokenRoutes({
  tokens,
  allowance,
  clock,
  log,
}: Readonly<{
  tokens: TokenStore
  allowance: Allowance
  clock: () => Micros
  log: Log
}>): readonly RestRoute[] {
  const read = async (request: FastifyRequest): Promise<JsonObject> => {
    const body = parseJson(await readText(request, allowance, bytesMax))
    confirmCaller(request)
    if (isJsonObject(body)) return body
    throw new LinewardError('ARGUMENT_INVALID', 'The body is a JSON object')
  }
  const note = (request: FastifyRequest, what: string, { name, role }: TokenGrant): void =>
    log.info({ request: request.id, caller: callerOf(request).name, name, role }, what)
  const types = [json]
  return [
    {
      method: 'GET',
      url: '/api/v1/tokens',
      summary: 'All tokens that were ever made, without their secrets',
      access: ['admin'],
      answers: {
        200: {
          meaning: 'Oldest first',
          type: json,
          shape: object({ tokens: listOf(recordShape) }),
        },
      },
      handle: async () => ({ tokens: tokens.list().map(shownToken) }),
    },
    {
      method: 'POST',
      url: '/api/v1/tokens',
      summary: 'Makes a token and shows it this once',
      access: ['admin'],
      accepts: { types, shape: { ...object(grantShape), required: ['name', 'role'] } },
      status: 201,
      answers: { 201: { meaning: 'The token', type: json, shape: object({ token: text }) } },
      problems: [409],
      async handle(request) {
        const grant = grantOf(await read(request))
        if (grant.expiresAt !== undefined && grant.expiresAt <= clock()) {
          throw new LinewardError('ARGUMENT_INVALID', 'The token would have expired already')
        }
        const token = tokens.create(grant)
        note(request, 'a token was made', grant)
        return { token }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/tokens/revoke',
      summary: 'Ends a token',
      access: ['admin'],
      accepts: { types, shape: object({ name: text }) },
      answers: { 200: { meaning: 'The token as it was', type: json, shape: recordShape } },
      problems: [404],
      async handle(request) {
        const revoked = tokens.revoke(textIn(await read(request), 'name'))
        note(request, 'a token was revoked', revoked)
        return shownToken(revoked)
      },
    },
  ]
}

function grantOf(body: JsonObject): TokenGrant {
  // What is misspelled is often a limit: a token without it would be one that nobody asked for.
  const strange = Object.keys(body).some((key) => !Object.hasOwn(grantShape, key))
  if (strange) {
    const known = Object.keys(grantShape).join(', ')
    throw new LinewardError('ARGUMENT_INVALID', `A token is made of ${known} and nothing else`)
  }
  const role = roles.find((known) => known === body['role'])
  if (role === undefined) {
    throw new LinewardError('ARGUMENT_INVALID', `The role is one of ${roles.join(', ')}`)
  }
  const expires = body['expiresAt'] ?? null
  const expiresAt = typeof expires === 'string' ? parseTime(expires) : undefined
  if (expires !== null && expiresAt === undefined) {
    throw new LinewardError('ARGUMENT_INVALID', 'expiresAt is a time in ISO 8601')
  }
  return {
    name: textIn(body, 'name'),
    role,
    person: (body['person'] ?? null) === null ? undefined : textIn(body, 'person'),
    namespaces: listIn(body, 'namespaces'),
    formats: listIn(body, 'formats'),
    accounts: listIn(body, 'accounts'),
    mapping: mappingIn(body),
    requestsPerMinute: numberIn(body, 'requestsPerMinute'),
    expiresAt,
  }
}

function textIn(body: JsonObject, key: string): string {
  const value = Object.hasOwn(body, key) ? body[key] : undefined
  if (typeof value === 'string') return value
  throw new LinewardError('ARGUMENT_INVALID', `${key} is a text`)
}

function listIn(body: JsonObject, key: string): readonly string[] | undefined {
  const value: Json | undefined = Object.hasOwn(body, key) ? body[key] : undefined
  if (value === undefined || value === null) return undefined
  if (isTexts(value)) return value
  throw new LinewardError('ARGUMENT_INVALID', `${key} is a list of texts`)
}

/** Its words may be any, `__proto__` too. */
function mappingIn(body: JsonObject): Readonly<Record<string, string>> | undefined {
  const value = body['mapping'] ?? null
  if (value === null) return undefined
  const entries = isJsonObject(value) ? Object.entries(value) : [['', null] as const]
  const pairs = entries.flatMap(([word, name]) => (typeof name === 'string' ? [[word, name]] : []))
  if (pairs.length === entries.length) return Object.fromEntries(pairs)
  throw new LinewardError('ARGUMENT_INVALID', 'mapping is an object of texts')
}

function numberIn(body: JsonObject, key: string): number | undefined {
  const value = body[key] ?? null
  if (value === null || typeof value === 'number') return value ?? undefined
  throw new LinewardError('ARGUMENT_INVALID', `${key} is a number`)
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** A token as it is shown: times as text, and null for what it does not have. */
export function shownToken(token: TokenRecord): Readonly<Record<string, unknown>> {
  const time = (at: Micros | undefined): string | null => (at === undefined ? null : formatTime(at))
  return {
    name: token.name,
    role: token.role,
    person: token.person ?? null,
    namespaces: token.namespaces ?? null,
    formats: token.formats ?? null,
    accounts: token.accounts ?? null,
    mapping: token.mapping ?? null,
    requestsPerMinute: token.requestsPerMinute ?? null,
    expiresAt: time(token.expiresAt),
    createdAt: time(token.createdAt),
    revokedAt: time(token.revokedAt),
  }
}
