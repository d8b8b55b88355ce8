import type { FastifyReply, FastifyRequest } from 'fastify'

/** Cookies are shared by all ports of a host: the port in the name keeps two servers apart. */
function nameFor(request: FastifyRequest): string {
  return `lineward_session_${request.socket.localPort ?? 0}`
}

/** The session that the browser sent, if any. */
export function sessionOf(request: FastifyRequest): string | undefined {
  const name = nameFor(request)
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key = '', ...value] = part.split('=')
    if (key.trim() === name) return value.join('=').trim()
  }
  return undefined
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
