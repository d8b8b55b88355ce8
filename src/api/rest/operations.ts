import type { Ledger, VerifyResult } from '../../ledger/index.ts'
import type { Position } from '../../model/index.ts'
import type { Sessions } from '../auth/sessions.ts'
import type { RestRoute } from './route.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { PassThrough } from 'node:stream'
import { LinewardError } from '../../errors.ts'
import { asLinewardError } from '../problem.ts'
import { json, object, text } from './route.ts'

export type Progress = Readonly<{ done: number; total: number }>

/** The graph before and after it was made anew: equal digests say that it was what it should be. */
export type RebuildResult = Readonly<{
  entries: number
  before: string | undefined
  after: string
}>

/**
 * What scrubbing again found and did. `changed` counts entries that today's rules change, `erased` the
 * payloads that left the ledger, `headers` the entries whose header holds a find and cannot be erased:
 * `headersAt` names the first of them. `detectors` says how many entries each has changed.
 */
export type ScrubResult = Readonly<{
  entries: number
  changed: number
  erased: number
  headers: number
  headersAt: readonly Position[]
  detectors: Readonly<Record<string, number>>
  version: number
}>

/** Long work that only the owner of the data folder can do. */
export interface Operations {
  /**
   * Makes the graph anew from the ledger, beside the old one, and puts it in its place.
   *
   * @throws LinewardError CONFLICT while other work of these is under way.
   */
  rebuild(onProgress: (progress: Progress) => void): Promise<RebuildResult>
  /**
   * Scrubs by today's rules what older ones let in, takes what they let through out of the ledger, and
   * makes the graph anew if anything changed. A dry run only counts.
   *
   * @throws LinewardError CONFLICT while other work of these is under way.
   */
  scrub(
    terms: Readonly<{ dryRun: boolean }>,
    onProgress: (progress: Progress) => void,
  ): Promise<ScrubResult>
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
  const scrub =
    (dryRun: boolean): Work =>
    (onProgress) =>
      operations.scrub({ dryRun }, onProgress)
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
      url: '/api/v1/ledger/scrub',
      summary:
        'Scrubs by the rules of today what older ones let in, and erases what they let through',
      access: ['admin'],
      query: { dryRun: '`true`: counts what would change, and changes nothing' },
      answers: lines,
      problems: [400],
      handle: async (request, reply) => streamed(reply, scrub(isDryRun(request))),
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

function isDryRun({ query }: FastifyRequest): boolean {
  const { dryRun = 'false' }: { dryRun?: unknown } = query ?? {}
  if (dryRun === 'true' || dryRun === 'false') return dryRun === 'true'
  throw new LinewardError('ARGUMENT_INVALID', '`dryRun` is `true` or `false`')
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

function shownVerify(result: VerifyResult): unknown {
  const { chain, entries, hash, checkpoints, erased, broken } = result
  return { chain, entries, hash, checkpoints, erased, broken: broken ?? null }
}
