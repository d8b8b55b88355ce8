import type { IntakeNote } from '../parts.ts'
import type { Meters } from '../meters.ts'
import type { RestRoute, Shape } from './route.ts'
import type { Taken, TakeParts } from './take-events.ts'
import { errorCodes, LinewardError } from '../../errors.ts'
import { eventTypes } from '../body/request-body.ts'
import { isErrorCode } from '../problem.ts'
import { count, json, listOf, object, text } from './route.ts'
import { takeEvents } from './take-events.ts'

const terms = { mode: 'refuse', context: {} } as const
const word: Shape = { type: 'string', minLength: 1 }
const named: Shape = object({ namespace: word, name: word })
const run: Shape = object({ runId: word })

/** What an event has to have, whatever else is wrong with it. */
const event: Shape = {
  type: 'object',
  description: 'An OpenLineage RunEvent, JobEvent or DatasetEvent',
  anyOf: [object({ run, job: named }), object({ job: named }), object({ dataset: named })],
}
/** Each event of a list is judged by itself: what is wrong with one is told in the answer. */
const events: Shape = { type: 'array', description: 'OpenLineage events' }

/** A list, or objects as lines: each is judged by itself. Anything else is no batch of events. */
const batch: Shape = { type: ['array', 'object'], description: 'OpenLineage events' }

const oneAnswer: Shape = object({
  accepted: count,
  duplicates: count,
  deadLettered: count,
  warnings: listOf(object({ code: text, path: text, message: text })),
})

const batchAnswer: Shape = object({
  status: { enum: ['success', 'partial_success'] },
  summary: object({
    received: count,
    successful: count,
    failed: count,
    retriable: count,
    non_retriable: count,
  }),
  failed_events: listOf(object({ index: count, reason: text, retriable: { type: 'boolean' } })),
})

/** OpenLineage's own two routes. What they answer is safe on disk. */
export function lineageRoutes(parts: TakeParts): readonly RestRoute[] {
  return [
    {
      method: 'POST',
      url: '/api/v1/lineage',
      summary: 'Takes one OpenLineage event; an array is answered as a batch',
      access: ['producer'],
      status: 201,
      accepts: { types: eventTypes, shape: { oneOf: [event, events] } },
      answers: {
        201: {
          meaning: 'The event is on disk; as a dead letter when it is known what it is about only',
          type: json,
          shape: oneAnswer,
        },
        200: { meaning: 'As a batch', type: json, shape: batchAnswer },
      },
      async handle(request, reply) {
        const taken = await takeEvents(request, parts, terms)
        if (taken.isList) return reply.code(200).send(batchOf(taken, parts.meters))
        refuseNothing(taken)
        const { accepted, duplicates, deadLettered, failed, warnings } = taken
        const refused = failed.find(({ kept }) => !kept)
        if (refused !== undefined) throw errorOf(refused)
        // What is kept as a dead letter can be replayed: a 4xx would lose it for good.
        const notes = [...failed, ...warnings]
        const shown = notes.map(({ code, path, message }) => ({ code, path, message }))
        return { accepted, duplicates, deadLettered, warnings: shown }
      },
    },
    {
      method: 'POST',
      url: '/api/v1/lineage/batch',
      summary:
        'Takes OpenLineage events as an array or NDJSON; good ones are kept though others fail',
      access: ['producer'],
      accepts: { types: eventTypes, shape: batch },
      answers: {
        200: { meaning: 'What was accepted is on disk', type: json, shape: batchAnswer },
      },
      async handle(request) {
        const taken = await takeEvents(request, parts, terms)
        if (!taken.isList) refuseNothing(taken)
        const [first] = taken.failed
        const isGarbage =
          taken.isBare || taken.failed.every(({ code }) => code === 'JSON_MALFORMED')
        if (first !== undefined && isGarbage && taken.failed.length === taken.received) {
          throw errorOf(first)
        }
        return batchOf(taken, parts.meters)
      },
    },
  ]
}

function refuseNothing({ received }: Taken): void {
  if (received === 0) throw new LinewardError('JSON_MALFORMED', 'The body is empty')
}

function errorOf({ code, path, message }: IntakeNote): LinewardError {
  return new LinewardError(isErrorCode(code) ? code : 'EVENT_MALFORMED', message, {
    details: { path },
  })
}

/** The batch answer of OpenLineage's own interface description. */
function batchOf({ received, failed }: Taken, meters: Meters): unknown {
  for (const { code, kept } of failed) if (!kept) meters.refused(code)
  const failedEvents = failed.map(({ index, code, message }) => ({
    index,
    reason: `${code}: ${message}`,
    retriable: isErrorCode(code) && errorCodes[code].status >= 500,
  }))
  const retriable = failedEvents.filter((failure) => failure.retriable).length
  return {
    status: failed.length === 0 ? 'success' : 'partial_success',
    summary: {
      received,
      successful: received - failed.length,
      failed: failed.length,
      retriable,
      non_retriable: failed.length - retriable,
    },
    failed_events: failedEvents,
  }
}
