import type { Micros } from '../../model/index.ts'
import { randomBytes } from 'node:crypto'
import { secretHash } from '../../coordination/index.ts'

export type SessionTimes = Readonly<{ signInMs: number; sessionMs: number }>

const secretBytes = 32
const keptMax = 1000

/**
 * One-time sign-in codes and the browser sessions that they turn into, in memory: a restart signs
 * everybody out. Only hashes are kept, and looked up, so that comparing takes the same time for any
 * guess.
 */
export class Sessions {
  readonly #times: SessionTimes
  readonly #clock: () => Micros
  readonly #codes = new Map<string, Micros>()
  readonly #sessions = new Map<string, Micros>()

  constructor(times: SessionTimes, clock: () => Micros) {
    this.#times = times
    this.#clock = clock
  }

  /** A code for `/signin?code=…`: good once, and for `signInMs`. */
  newCode(): string {
    return this.#add(this.#codes, this.#times.signInMs)
  }

  /** The secret of a new session, or undefined when the code is unknown, used or too old. */
  redeem(code: string): string | undefined {
    const key = keyOf(code)
    const until = this.#codes.get(key)
    this.#codes.delete(key)
    if (until === undefined || until <= this.#clock()) return undefined
    return this.#add(this.#sessions, this.#times.sessionMs)
  }

  holds(session: string): boolean {
    const until = this.#sessions.get(keyOf(session))
    return until !== undefined && until > this.#clock()
  }

  /** Gives how many of these were in force until now. */
  end(sessions: readonly string[]): number {
    const ended = sessions.filter((session) => this.holds(session))
    for (const session of sessions) this.#sessions.delete(keyOf(session))
    return new Set(ended).size
  }

  /** Every session, and every code that was not used. Gives how many sessions were in force. */
  endAll(): number {
    const now = this.#clock()
    const ended = [...this.#sessions.values()].filter((until) => until > now)
    this.#sessions.clear()
    this.#codes.clear()
    return ended.length
  }

  #add(kept: Map<string, Micros>, lifeMs: number): string {
    const now = this.#clock()
    for (const [key, until] of kept) if (until <= now || kept.size >= keptMax) kept.delete(key)
    const secret = randomBytes(secretBytes).toString('base64url')
    kept.set(keyOf(secret), (now + lifeMs * 1000) as Micros)
    return secret
  }
}

function keyOf(secret: string): string {
  return secretHash(secret).toString('base64')
}
