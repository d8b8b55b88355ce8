import type { Config } from '../../config.ts'
import type { GraphReader } from '../../graph/index.ts'
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
  /** What was looked up so far. A mutation begins anew, so that its answer shows what it changed. */
  readonly load: Loads
  forget: () => void
  /** How many dead letters the request may still try again: several fields of it share them. */
  tries: Tries
}>

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
  request: Pick<ApiContext, 'caller' | 'requestId' | 'behind' | 'acceptedAt'>,
): ApiContext {
  const { graph, config, ledger } = parts
  const { caller } = request
  let load = createLoads(graph, ledger, caller)
  return {
    parts,
    config,
    graph,
    ...request,
    get load() {
      return load
    },
    forget() {
      load = createLoads(graph, ledger, caller)
    },
    tries: createTries(config.replayLettersMax),
  }
}

function createTries(max: number): Tries {
  let left = max
  return {
    take(wanted) {
      const taken = wanted ?? left
      if (taken > left || left === 0) {
        throw new LinewardError('LIMIT_EXCEEDED', `One request tries at most ${max} dead letters`)
      }
      left -= taken
      return taken
    },
  }
}

declare module 'mercurius' {
  interface MercuriusContext extends ApiContext {}
}
