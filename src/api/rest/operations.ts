import type { Ledger, VerifyResult } from '../../ledger/index.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { RestRoute } from './route.ts'
import type { FastifyReply } from 'fastify'
import { PassThrough } from 'node:stream'
import { asLinewardError } from '../problem.ts'
import { json, object, text } from './route.ts'

export type Progress = Readonly<{ done: number; total: number }>

/** The graph before and after it was made anew: equal digests say that it was what it should be. */
export type RebuildResult = Readonly<{
  entries: number
  before: string | undefined
  after: string
}>

/** Long work that only the owner of the data folder can do. */
export interface Operations {
  /**
   * Makes the graph anew from the ledger, beside the old one, and puts it in its place.
   *
   * @throws LinewardError CONFLICT while another rebuild is under way.
   */
  rebuild(onProgress: (progress: Progress) => void): Promise<RebuildResult>
}

type Work = (onProgress: (progress: Progress) => void) => Promise<unknown>

const stream = 'application/x-ndjson'
const lines = {
  200: {
    meaning: 'Lines of `{"progress":{"done","total"}}`, and at last `{"result"}` or `{"problem"}`',
    type: stream,
  },
} as const

/** What commands on the server's machine ask of it. */
export function operationRoutes({
  operations,
  ledger,
  sessions,
}: Readonly<{
  operations: Operations
  ledger: Pick<Ledger, 'verify'>
  sessions: Sessions
}>): readonly RestRoute[] {
  const verify: Work = async (onProgress) => {
    const result = await ledger.verify(({ entries, total }) => onProgress({ done: entries, total }))
    return shownVerify(result)
  }
  const rebuild: Work = async (onProgress) => {
    const { entries, before, after } = await operations.rebuild(onProgress)
    return { entries, before: before ?? null, after, equal: before === after }
  }
  return [
    {
      method: 'POST',
      url: '/api/v1/sign-in-links',
      summary: 'Makes a link that signs one browser in, once',
      access: ['admin'],
      status: 201,
      answers: { 201: { meaning: 'The link', type: json, shape: object({ path: text }) } },
      handle: async () => ({ path: signInPath(sessions) }),
    },
    {
      method: 'POST',
      url: '/api/v1/ledger/verify',
      summary: 'Reads the whole ledger back and names the first entry that does not hold',
      access: ['admin'],
      answers: lines,
      handle: (_request, reply) => streamed(reply, verify),
    },
    {
      method: 'POST',
      url: '/api/v1/graph/rebuild',
      summary: 'Makes the graph anew from the ledger',
      access: ['admin'],
      answers: lines,
      handle: (_request, reply) => streamed(reply, rebuild),
    },
  ]
}

/** A fresh one-time link, below the server's URL. */
export function signInPath(sessions: Sessions): string {
  return `/signin?code=${sessions.newCode()}`
}

async function streamed(reply: FastifyReply, work: Work): Promise<FastifyReply> {
  const out = new PassThrough()
  const write = (line: unknown): void => {
    // Nobody may be listening any more; the work is done all the same.
    if (!out.destroyed) out.write(`${JSON.stringify(line)}\n`)
  }
  work((progress) => write({ progress }))
    .then((result) => write({ result }))
    .catch((error: unknown) => {
      const { code, message } = asLinewardError(error)
      write({ problem: { code, detail: message } })
    })
    .finally(() => out.end())
  return reply.type(stream).send(out)
}

function shownVerify({ chain, entries, hash, checkpoints, broken }: VerifyResult): unknown {
  return { chain, entries, hash, checkpoints, broken: broken ?? null }
}
