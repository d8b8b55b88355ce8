import { open } from 'node:fs/promises'
import fastify from 'fastify'

/*
 * What intake is measured against: a route that appends the bytes of each request to a file, makes
 * them durable and answers. It reads nothing of them, and there is one fsync for each request.
 */

const [path = ''] = process.argv.slice(2)
const file = await open(path, 'a')
const app = fastify({ logger: false, bodyLimit: 64 << 20 })
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

let turn: Promise<void> = Promise.resolve()
app.post('/append', async (request, reply) => {
  turn = append(turn, request.body as Buffer)
  await turn
  return reply.code(201).send()
})

/** One after the other, each with an fsync of its own. */
async function append(before: Promise<void>, body: Buffer): Promise<void> {
  await before
  await file.appendFile(body)
  await file.datasync()
}

console.log(`listening at ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
process.once('SIGTERM', () => process.exit(0))
