import type { FastifyInstance } from 'fastify'
import { readFileSync } from 'node:fs'
import { askingRoles } from '../roles.ts'

/** What the page is made of. All of it comes from here, and it loads nothing else. */
const files = [
  { url: '/graphiql', file: 'page.html', type: 'text/html; charset=utf-8' },
  { url: '/graphiql/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
  { url: '/graphiql/page.js', file: 'page.js', type: 'text/javascript; charset=utf-8' },
] as const

/** The page runs its own script, asks its own server, and may not be put into another page. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
}

/** A page to ask GraphQL questions with, for whoever is signed in and may ask. */
export function registerPage(app: FastifyInstance): void {
  for (const { url, file, type } of files) {
    const text = readFileSync(new URL(file, import.meta.url), 'utf8')
    app.get(url, { config: { access: askingRoles } }, async (_request, reply) =>
      reply.headers(headers).type(type).send(text),
    )
  }
}
