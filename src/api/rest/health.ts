import type { Readiness } from '../../graph/index.ts'
import type { RestRoute } from './route.ts'
import { json, listOf, object, text } from './route.ts'

const shape = object({ status: text, reasons: listOf(text) })

/** Whether the process lives, and whether it can do its work. Reasons name no secret and no path. */
export function healthRoutes(ready: () => Promise<Readiness>): readonly RestRoute[] {
  return [
    {
      method: 'GET',
      url: '/livez',
      summary: 'Whether the process lives',
      access: 'everyone',
      answers: { 200: { meaning: 'It does', type: json, shape } },
      handle: async () => ({ status: 'live', reasons: [] }),
    },
    {
      method: 'GET',
      url: '/readyz',
      summary: 'Whether events are accepted and questions answered',
      access: 'everyone',
      answers: {
        200: { meaning: 'They are', type: json, shape },
        503: { meaning: 'They are not, and why', type: json, shape },
      },
      async handle(_request, reply) {
        const readiness = await ready()
        if (readiness.ready) return { status: 'ready', reasons: [] }
        return reply.code(503).send({ status: 'not ready', reasons: [readiness.reason] })
      },
    },
  ]
}
