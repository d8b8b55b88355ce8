import type { Config } from '../../config.ts'
import type { GraphReader } from '../../graph/index.ts'
import type { Micros } from '../../model/index.ts'
import type { Caller } from '../parts.ts'
import type { Loads } from './loads.ts'
import type { GraphqlParts } from './parts.ts'
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
  }
}

declare module 'mercurius' {
  interface MercuriusContext extends ApiContext {}
}
