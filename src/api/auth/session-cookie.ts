import type { FastifyReply, FastifyRequest } from 'fastify'

/** A page of another port may add cookies of our name, but not so many that ours is not looked at. */
const sessionsMax = 20

/** Cookies are shared by all ports of a host: the port in the name keeps two servers apart. */
function nameFor(request: FastifyRequest): string {
  return `lineward_session_${request.socket.localPort ?? 0}`
}

/** What the browser sent as sessions: ours and what another page may have put beside it. */
export function sessionsIn(request: FastifyRequest): readonly string[] {
  const name = nameFor(request)
  const pairs = (request.headers.cookie ?? '').split(';').map((part) => part.split('='))
  return pairs
    .filter(([key = '']) => key.trim() === name)
    .slice(0, sessionsMax)
    .map(([, ...value]) => value.join('=').trim())
}

/** Keeps the session in the browser: out of reach of scripts and of other sites' requests. */
export function setSession(
  request: FastifyRequest,
  reply: FastifyReply,
  session: Readonly<{ secret: string; lifeMs: number }>,
): void {
  // Behind a proxy that speaks TLS the browser must never send it in the clear.
  const secure = request.headers['x-forwarded-proto'] === 'https' ? '; Secure' : ''
  const age = Math.floor(session.lifeMs / 1000)
  reply.header(
    'set-cookie',
    `${nameFor(request)}=${session.secret}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure}`,
  )
}

/** Takes the session out of the browser. */
export function clearSession(request: FastifyRequest, reply: FastifyReply): void {
  setSession(request, reply, { secret: '', lifeMs: 0 })
}
