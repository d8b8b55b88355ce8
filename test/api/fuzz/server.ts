import type { Running } from '../../service.ts'
import { running } from '../../service.ts'
import { goldenTexts } from './seeds.ts'

/** A server with something to ask about, that lets slow clients go soon and takes wrong tokens. */
export async function fuzzedServer(): Promise<Running> {
  const server = await running({
    LINEWARD_REQUEST_MS_MAX: '1000',
    LINEWARD_WRONG_TOKENS_MAX: '1000000',
  })
  const lines = goldenTexts.map((text) => text.replaceAll(/[\r\n]+/g, ' '))
  const answer = await server.post('/api/v1/events', lines.join('\n'))
  if (answer.status !== 200) throw new Error('the goldens were not taken')
  return server
}
