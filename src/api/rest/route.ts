import type { Access } from '../auth/access.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** JSON Schema, as far as OpenAPI 3.1 shows it. */
export type Shape = Readonly<Record<string, unknown>>

/** One answer of a route: when it is given, and how its body reads. */
export type Answer = Readonly<{ meaning: string; type: string; shape?: Shape }>

/** A route of the REST interface, and the row of `/openapi.json` that describes it. */
export type RestRoute = Readonly<{
  method: 'GET' | 'POST'
  url: string
  summary: string
  access: Access
  metricsToken?: boolean
  /** Content types of the body; absent: it has none. */
  accepts?: Readonly<{ types: readonly string[]; shape: Shape; mayBeEmpty?: boolean }>
  /** Query parameters with their meaning. */
  query?: Readonly<Record<string, string>>
  /** The status of what `handle` gives, where it sets no other; 200 when absent. */
  status?: number
  answers: Readonly<Record<number, Answer>>
  /** Problems that it answers beside those of its token and its body. */
  problems?: readonly number[]
  handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}>

export const json = 'application/json'
export const count: Shape = { type: 'integer', minimum: 0 }
export const text: Shape = { type: 'string' }

/** A JSON object of which every property named is there. */
export function object(properties: Readonly<Record<string, Shape>>): Shape {
  return { type: 'object', required: Object.keys(properties), properties }
}

export function listOf(items: Shape): Shape {
  return { type: 'array', items }
}
