import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'

/** What a client process is to send: each line of the file is the body of one request. */
export type Task = Readonly<{
  url: string
  token: string | undefined
  /** A file of JSON texts, one on each line. */
  file: string
  connections: number
}>

/** What came back. `answers` are the bodies, where there are few enough to look at. */
export type Outcome = Readonly<{
  seconds: number
  statuses: Readonly<Record<string, number>>
  /** Milliseconds of each request, in the order of the file. */
  latencies: readonly number[]
  answers: readonly string[]
}>

const answersMax = 2000

process.once('message', async (task: Task) => {
  process.send?.(await run(task), () => process.exit(0))
})

async function run({ url, token, file, connections }: Task): Promise<Outcome> {
  const bodies = readFileSync(file, 'utf8').trimEnd().split('\n')
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const statuses = new Map<string, number>()
  const latencies: number[] = []
  const answers: string[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < bodies.length; at = next++) {
      const from = performance.now()
      const { status, text } = await send({ url, token, agent, body: bodies[at] ?? '' })
      latencies[at] = performance.now() - from
      statuses.set(String(status), (statuses.get(String(status)) ?? 0) + 1)
      if (at < answersMax) answers[at] = text
    }
  }
  const from = performance.now()
  await Promise.all(Array.from({ length: connections }, work))
  const seconds = (performance.now() - from) / 1000
  agent.destroy()
  return { seconds, statuses: Object.fromEntries(statuses), latencies, answers }
}

function send({
  url,
  token,
  agent,
  body,
}: Readonly<{ url: string; token: string | undefined; agent: Agent; body: string }>): Promise<{
  status: number
  text: string
}> {
  const bytes = Buffer.from(body)
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': bytes.length,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    }
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() })
      })
    })
    sent.on('error', reject)
    sent.end(bytes)
  })
}
