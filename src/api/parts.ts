import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import type { Role } from '../coordination/index.ts'
import type { GraphReader, Readiness } from '../graph/index.ts'
import type { Ledger } from '../ledger/index.ts'
import type { Log } from '../log.ts'
import type { Json, Micros, Trust } from '../model/index.ts'
import { LinewardError } from '../errors.ts'

/** Who asks, as authentication found it. */
export type Caller = Readonly<{
  /** The token's name, or `session:{person}` for a browser: what evidence shows as the sender. */
  name: string
  person: string | undefined
  role: Role
  /** Producer: the namespaces of the jobs it may speak for. Others: the namespaces they may see. */
  namespaces?: readonly string[] | undefined
  /** Producer: the event formats that it may send. */
  formats?: readonly string[] | undefined
  /** Producer: the AWS accounts that it may speak for. */
  accounts?: readonly string[] | undefined
  /** Producer: what it calls by a word that means something else to others, such as `default`. */
  mapping?: Readonly<Record<string, string>> | undefined
  /** How often it may call; absent: as often as every token. */
  requestsPerMinute?: number | undefined
}>

/** Why one event or a part of it was set aside or flagged; `index` counts from 0 in what was given. */
export type IntakeNote = Readonly<{ index: number; code: string; path: string; message: string }>

/** `kept`: as a dead letter. */
export type FailedNote = IntakeNote & Readonly<{ kept: boolean }>

/** What became of some events. `received` is the sum of the five numbers after it. */
export type IntakeResult = Readonly<{
  received: number
  accepted: number
  duplicates: number
  irrelevant: number
  unknown: number
  deadLettered: number
  /** Accepted, but a part was set aside: it is kept with its code. */
  warnings: readonly IntakeNote[]
  /** Not accepted: refused, or kept whole as a dead letter. */
  failed: readonly FailedNote[]
}>

export type IntakeTerms = Readonly<{
  sender: string
  trust: Trust
  /** `refuse`: what cannot be identified is not kept. `dead-letter`: everything is. */
  mode: 'refuse' | 'dead-letter'
  /** What the bytes do not say: `cluster`, `account`, `region`. */
  context: Readonly<Record<string, string>>
  /** When given: other formats, and jobs of other namespaces, are FORBIDDEN. */
  formats?: readonly string[] | undefined
  namespaces?: readonly string[] | undefined
  accounts?: readonly string[] | undefined
  /** Namespaces of this sender, by what they are called here. */
  mapping?: Readonly<Record<string, string>> | undefined
}>

/** How many events there were of one name of which nothing is kept. */
export type PassedOver = Readonly<{ source: string; name: string; count: number }>

/** How events come in: recognise, scrub, append. Resolves when all of it is on disk. */
export interface Intake {
  /**
   * Takes events, each a text of its own; what is no JSON is one that failed. What was passed over
   * before is counted with them.
   *
   * @throws LinewardError NOT_DURABLE when nothing more can be made durable.
   */
  accept(
    events: readonly string[],
    terms: IntakeTerms,
    passedOver?: readonly PassedOver[],
  ): Promise<IntakeResult>
  /**
   * What is to be counted of an event that nothing is kept of, so that it need not be handed in;
   * undefined for every other. `rounded`: as it was parsed, its numbers as a double holds them.
   */
  passedOver(text: string, rounded: Json, terms: IntakeTerms): PassedOver | undefined
}

export type ProjectionLag = Readonly<{
  /** Accepted and not yet in the graph. */
  entries: number
  /** Keys that wait to be derived. */
  marks: number
}>

/** How far the graph has followed the ledger. */
export interface Projection {
  /**
   * True when the entries of the ledger below `index` (`ledger.head().entries`: all that was
   * accepted so far) are in the graph and derived; false when that was not so within `timeoutMs`.
   */
  reached(index: number, timeoutMs: number): Promise<boolean>
  lag(): Promise<ProjectionLag>
  /** How long ago the oldest entry was accepted that is not in the graph; 0 when all are. */
  lagSeconds(): Promise<number>
}

/** What the API is made of. `graph` may be another store after a rebuild: ask for it each time. */
export type ApiParts = Readonly<{
  graph: GraphReader
  ledger: Ledger
  intake: Intake
  projector: Projection
  ready: () => Promise<Readiness>
  config: Config
  clock: () => Micros
  log: Log
}>

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by authentication; undefined on routes that need none. */
    caller: Caller | undefined
    /** Whether what the caller showed is still good: reading a body may take minutes. */
    isInForce: () => boolean
  }
}

/**
 * The caller of a request on a route behind authentication.
 *
 * @throws LinewardError UNAUTHENTICATED when the route is open to everybody.
 */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === undefined) throw new LinewardError('UNAUTHENTICATED', 'A token is needed')
  return request.caller
}

/**
 * The caller of a request of which a body was read: what was revoked meanwhile does nothing more.
 *
 * @throws LinewardError UNAUTHENTICATED when the token or session is not good any more.
 */
export function confirmCaller(request: FastifyRequest): void {
  if (request.isInForce()) return
  throw new LinewardError('UNAUTHENTICATED', 'The token was revoked or has expired meanwhile')
}
