import type { RestRoute } from './route.ts'
import type { TakeParts } from './take-events.ts'
import type { FastifyRequest } from 'fastify'
import { LinewardError } from '../../errors.ts'
import { eventTypes } from '../body/request-body.ts'
import { count, json, object } from './route.ts'
import { takeEvents } from './take-events.ts'

const contextPrefix = 'context.'
const contextEntriesMax = 20
const contextCharactersMax = 1000

/** What the formats ask for; any other word is kept with the events as well. */
const contextQuery = {
  'context.account': 'The AWS account of the events, where they do not say it',
  'context.region': 'Their region',
  'context.cluster': 'The cluster of a log of Redshift',
  'context.workgroup': 'The workgroup of a log of Redshift Serverless',
  'context.object': 'The key of the object that they lay in',
}

/** The door for every format; nothing that arrives here is lost, so nothing is refused for itself. */
export function eventsRoute(parts: TakeParts): RestRoute {
  return {
    method: 'POST',
    url: '/api/v1/events',
    summary: 'Takes events of any known format; what cannot be identified is kept as a dead letter',
    access: ['producer'],
    query: contextQuery,
    accepts: { types: eventTypes, shape: {}, mayBeEmpty: true },
    answers: {
      200: {
        meaning: 'What became of the events, all of it on disk',
        type: json,
        shape: object({
          received: count,
          accepted: count,
          duplicates: count,
          irrelevant: count,
          unknown: count,
          deadLettered: count,
        }),
      },
    },
    async handle(request) {
      const context = contextOf(request)
      const taken = await takeEvents(request, parts, { mode: 'dead-letter', context })
      const { received, accepted, duplicates, irrelevant, unknown, deadLettered } = taken
      return { received, accepted, duplicates, irrelevant, unknown, deadLettered }
    },
  }
}

function contextOf({ query }: FastifyRequest): Readonly<Record<string, string>> {
  const given = Object.entries(query ?? {}).filter(([key]) => key.startsWith(contextPrefix))
  return checkContext(given.map(([key, value]) => [key.slice(contextPrefix.length), value]))
}

/**
 * What is said of events beside their bytes.
 *
 * @throws LinewardError ARGUMENT_INVALID for too much of it, and for keys that are no words.
 */
export function checkContext(
  context: readonly (readonly [string, unknown])[],
): Readonly<Record<string, string>> {
  const isUsable = context.every(
    ([key, value]) =>
      /^[a-z][a-zA-Z0-9_-]{0,49}$/.test(key) &&
      typeof value === 'string' &&
      value.length <= contextCharactersMax,
  )
  if (!isUsable || context.length > contextEntriesMax) {
    throw new LinewardError('ARGUMENT_INVALID', 'A context is context.key=value, each key once')
  }
  return Object.fromEntries(context.map(([key, value]) => [key, String(value)]))
}
