import type { FastifyRequest } from 'fastify'
import { LinewardError } from '../../errors.ts'

/**
 * A browser sends its cookie with requests that other pages make it send, also those of other ports
 * of this host. What changes something has to come from our own page, and as JSON, which no plain
 * form can send; what only reads may come from elsewhere when somebody follows a link, but for what
 * opens a socket.
 *
 * @throws LinewardError FORBIDDEN for a request that another page had a part in.
 */
export function refuseForgery(request: FastifyRequest): void {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers
  if (request.headers.upgrade !== undefined) {
    // What comes over a socket can be read by the page that opened it, whichever that is.
    if (!isOwnOrigin(request)) throw foreign()
    return
  }
  if (request.method === 'GET' || request.method === 'HEAD') {
    const isOwn = site === undefined || site === 'same-origin' || site === 'none'
    if (!isOwn && mode !== 'navigate') throw foreign()
    return
  }
  const sameOrigin = site === undefined ? isOwnOrigin(request) : site === 'same-origin'
  if (!sameOrigin) throw foreign()
  if (!/^application\/json(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new LinewardError('FORBIDDEN', 'A session sends application/json only')
  }
}

function foreign(): LinewardError {
  return new LinewardError('FORBIDDEN', 'A session is only good for our own page')
}

function isOwnOrigin({ headers: { origin, host } }: FastifyRequest): boolean {
  if (origin === undefined || host === undefined || !URL.canParse(origin)) return false
  return new URL(origin).host === host
}
