import type { Log } from '../../log.ts'
import type { RateLimits } from './rate-limits.ts'
import type { Sessions } from './sessions.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { LinewardError } from '../../errors.ts'
import { setSession } from './session-cookie.ts'

export type SignInParts = Readonly<{
  sessions: Sessions
  sessionMs: number
  limits: RateLimits
  person: string
  log: Log
}>

/**
 * Not a redirect: a browser that followed the link from another site would not send a same-site
 * cookie along. This page is ours, and what it leads to is of the same site.
 */
const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=/graphiql">
<title>Signed in to Lineward</title>
<p>Signed in. <a href="/graphiql">Go on to the queries</a>.
</html>
`

/** `GET /signin?code=…`: a one-time code becomes the session of this browser. */
export function registerSignIn(app: FastifyInstance, parts: SignInParts): void {
  const { sessions, sessionMs, limits, person, log } = parts
  // A preview that only asks for the head must not use the link up.
  const options = { config: { access: 'everyone' as const }, exposeHeadRoute: false }
  app.get('/signin', options, async (request, reply) => {
    refuseForesight(request)
    const { query } = request
    const code = typeof query === 'object' && query !== null && 'code' in query ? query.code : ''
    const secret = typeof code === 'string' ? sessions.redeem(code) : undefined
    if (secret === undefined) {
      limits.countWrong(request.socket.remoteAddress ?? '')
      throw new LinewardError('UNAUTHENTICATED', 'The link was used already or is too old')
    }
    log.info({ request: request.id, person }, 'a browser was signed in')
    setSession(request, reply, { secret, lifeMs: sessionMs })
    return reply.type('text/html; charset=utf-8').send(page)
  })
}

/** A browser that loads what might be opened next says so: it must not use the link up either. */
function refuseForesight({ headers }: FastifyRequest): void {
  const purposes = [headers['sec-purpose'], headers['purpose'], headers['x-moz']]
  if (!purposes.some((purpose) => /prefetch|preview/i.test(String(purpose ?? '')))) return
  throw new LinewardError('FORBIDDEN', 'The link is good when it is opened, not before')
}
