import type { Log } from '../../log.ts'
import type { RestRoute } from '../rest/route.ts'
import type { Sessions } from './sessions.ts'
import { count, json, object } from '../rest/route.ts'
import { callerOf } from '../parts.ts'
import { clearSession, sessionsIn } from './session-cookie.ts'

/**
 * Ends the session of a browser from the answer on; with `?everywhere`, all sessions and all links
 * that were not used yet.
 */
export function signOutRoute({
  sessions,
  log,
}: Readonly<{ sessions: Sessions; log: Log }>): RestRoute {
  return {
    method: 'POST',
    url: '/signout',
    summary: 'Ends the session of this browser, or every session',
    access: ['admin'],
    query: { everywhere: 'When it is there: all sessions end, and links that were not used' },
    answers: {
      200: { meaning: 'How many sessions ended', type: json, shape: object({ ended: count }) },
    },
    async handle(request, reply) {
      const { query } = request
      const everywhere = typeof query === 'object' && query !== null && 'everywhere' in query
      const ended = everywhere ? sessions.endAll() : sessions.end(sessionsIn(request))
      const { name: caller } = callerOf(request)
      log.info({ request: request.id, caller, ended, everywhere }, 'sessions were ended')
      clearSession(request, reply)
      return { ended }
    },
  }
}
