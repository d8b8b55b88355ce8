import type { Config } from '../../config.ts'
import type { Log } from '../../log.ts'
import type { Micros } from '../../model/index.ts'
import type { Caller } from '../parts.ts'
import type { Rate } from './buckets.ts'
import { LinewardError } from '../../errors.ts'
import { Buckets } from './buckets.ts'

const callersMax = 10_000
const addressesMax = 10_000
/** Over how long the bound of all tokens is averaged: jobs send in bursts. */
const burstSeconds = 10
const secondsPerMinute = 60
const oncePerMinute: Rate = { capacity: 1, perSecond: 1 / secondsPerMinute }

/** A command on this machine could as well open the folder. */
const unlimited = 'local'

/**
 * How often a caller may ask, and how often an address may be wrong. What a right token does is
 * never held against its address, and what others of its address do is never held against it: many
 * come through one proxy.
 */
export class RateLimits {
  readonly #rate: Rate
  readonly #wrongRate: Rate
  readonly #callers: Buckets
  readonly #addresses: Buckets
  readonly #warnings: Buckets
  readonly #log: Log

  constructor(
    { tokenRequestsMax, wrongTokensMax }: Pick<Config, 'tokenRequestsMax' | 'wrongTokensMax'>,
    { clock, log }: Readonly<{ clock: () => Micros; log: Log }>,
  ) {
    this.#rate = { capacity: tokenRequestsMax * burstSeconds, perSecond: tokenRequestsMax }
    this.#wrongRate = { capacity: wrongTokensMax, perSecond: wrongTokensMax / secondsPerMinute }
    this.#callers = new Buckets(clock, callersMax)
    this.#addresses = new Buckets(clock, addressesMax)
    this.#warnings = new Buckets(clock, addressesMax)
    this.#log = log
  }

  /**
   * Counts a request of a caller who is known.
   *
   * @throws LinewardError with `retryAfterSeconds` when it is one too many: THROTTLED where events
   *   come in, since some OpenLineage clients drop an event on 429; RATE_LIMITED elsewhere.
   */
  count({ name, requestsPerMinute: own }: Caller, takesEvents: boolean): void {
    if (name === unlimited) return
    const rate =
      own === undefined ? this.#rate : { capacity: own, perSecond: own / secondsPerMinute }
    const waitSeconds = this.#callers.take(name, rate)
    if (waitSeconds === 0) return
    throw tooMany(
      takesEvents ? 'THROTTLED' : 'RATE_LIMITED',
      `${own ?? this.#rate.perSecond} requests per ${own === undefined ? 'second' : 'minute'} is what this token may send`,
      waitSeconds,
    )
  }

  /**
   * Counts a token, session or code that was wrong.
   *
   * @throws LinewardError RATE_LIMITED when the address was wrong too often.
   */
  countWrong(address: string): void {
    const waitSeconds = this.#addresses.take(address, this.#wrongRate)
    if (waitSeconds === 0) return
    if (this.#warnings.take(address, oncePerMinute) === 0) {
      this.#log.warn({ address }, 'many wrong tokens come from one address')
    }
    throw tooMany(
      'RATE_LIMITED',
      'Too many tokens or links that are not valid came from this address',
      waitSeconds,
    )
  }
}

function tooMany(
  code: 'THROTTLED' | 'RATE_LIMITED',
  message: string,
  waitSeconds: number,
): LinewardError {
  return new LinewardError(code, message, {
    details: { retryAfterSeconds: Math.max(1, Math.ceil(waitSeconds)) },
  })
}
