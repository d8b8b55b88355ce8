import type { Config } from '../../config.ts'
import type { GraphReader } from '../../graph/index.ts'
import type { ErrorCode } from '../../errors.ts'
import type { Micros } from '../../model/index.ts'
import type { Caller } from '../parts.ts'
import type { Loads } from './loads.ts'
import type { GraphqlParts } from './parts.ts'
import { LinewardError } from '../../errors.ts'
import { createLoads } from './loads.ts'

/** What the resolvers of one request share. */
export type ApiContext = Readonly<{
  parts: GraphqlParts
  config: Config
  /** The store that this request is answered from, though a rebuild may swap it meanwhile. */
  graph: GraphReader
  caller: Caller
  requestId: string
  /** The time of a decision; later than any that it gave before. */
  acceptedAt: () => Micros
  /** What was accepted when the request began is not all in the graph. */
  behind: boolean
  /**
   * Whether all that is in the graph is judged; the first who asks waits for it, for a bounded time.
   */
  judged: () => Promise<boolean>
  /** Says something beside the answer: it was given, and not all is as it seems. */
  warn: (warning: Warning) => void
  warnings: readonly Warning[]
  /** One after the other: what compares with what is there, and writes. */
  alone: <Result>(work: () => Promise<Result>) => Promise<Result>
  /** What was looked up so far. A mutation begins anew, so that its answer shows what it changed. */
  readonly load: Loads
  forget: () => void
  /** How many dead letters the request may still try again: several fields of it share them. */
  tries: Tries
}>

/** As those of REST: a code of the one table, where in the request, and words for people. */
export type Warning = Readonly<{ code: ErrorCode; path: string; message: string }>

type Tries = Readonly<{
  /**
   * So many of those that are left, or all of them.
   *
   * @throws LinewardError LIMIT_EXCEEDED when so many, or any at all, are not left.
   */
  take: (wanted?: number) => number
}>

export function createContext(
  parts: GraphqlParts,
  request: Pick<ApiContext, 'caller' | 'requestId' | 'behind' | 'acceptedAt' | 'alone'>,
): ApiContext {
  const { graph, config, ledger, governance } = parts
  const { caller } = request
  const warnings: Warning[] = []
  let answered: Promise<boolean> | undefined
  const judged = (): Promise<boolean> => {
    // It was waited for once already: what is judged follows what is in the graph.
    answered ??= governance.reached(request.behind ? 0 : config.queryWaitMs)
    return answered
  }
  const begin = (): Loads => createLoads({ graph, ledger, governance, caller, judged })
  let load = begin()
  return {
    parts,
    config,
    graph,
    ...request,
    judged,
    warnings,
    warn(warning) {
      const isSaid = warnings.some(
        ({ code, path }) => code === warning.code && path === warning.path,
      )
      if (!isSaid && warnings.length < warningsMax) warnings.push(warning)
    },
    get load() {
      return load
    },
    forget() {
      load = begin()
      answered = undefined
    },
    tries: createTries(config.replayLettersMax),
  }
}

/** Of those that say the same of the same, one is enough; a request has only so many parts. */
const warningsMax = 100

function createTries(max: number): Tries {
  let left = max
  return {
    take(wanted) {
      const taken = wanted ?? left
      if (taken > left || left === 0) {
        throw new LinewardError(
          'LIMIT_EXCEEDED',
          `One request tries at most ${max} dead letters, all its fields together: ask for the others in the next`,
        )
      }
      left -= taken
      return taken
    },
  }
}

declare module 'mercurius' {
  interface MercuriusContext extends ApiContext {}
}
