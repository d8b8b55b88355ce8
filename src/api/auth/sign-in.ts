import type { Sessions } from './sessions.ts'
import type { FastifyInstance } from 'fastify'
import { LinewardError } from '../../errors.ts'
import { setSession } from './session-cookie.ts'

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
export function registerSignIn(
  app: FastifyInstance,
  { sessions, sessionMs }: Readonly<{ sessions: Sessions; sessionMs: number }>,
): void {
  // A preview that only asks for the head must not use the link up.
  const options = { config: { access: 'everyone' as const }, exposeHeadRoute: false }
  app.get('/signin', options, async (request, reply) => {
    const { query } = request
    const code = typeof query === 'object' && query !== null && 'code' in query ? query.code : ''
    const secret = typeof code === 'string' ? sessions.redeem(code) : undefined
    if (secret === undefined) {
      throw new LinewardError('UNAUTHENTICATED', 'The link was used already or is too old')
    }
    setSession(request, reply, { secret, lifeMs: sessionMs })
    return reply.type('text/html; charset=utf-8').send(page)
  })
}
