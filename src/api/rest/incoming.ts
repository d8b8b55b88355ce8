import type { Incoming } from '../body/request-body.ts'
import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'

/** The request as it stands at the door; one without a body is one with an empty body. */
export function incomingOf({ headers, body }: FastifyRequest): Incoming {
  return { headers, stream: body instanceof Readable ? body : Readable.from([]) }
}
