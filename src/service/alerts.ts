import type { NoticeBook, Outgoing } from '../coordination/index.ts'
import type { Log } from '../log.ts'
import type { Micros } from '../model/index.ts'
import { createHmac } from 'node:crypto'

export type AlertParts = Readonly<{
  book: NoticeBook
  /** The one address that messages go to. */
  url: string
  /** Messages are signed with it. */
  secret: string
  clock: () => Micros
  log: Log
  /** Tried again after so long, then after twice as long, and so on up to the longest. */
  retryMsMin: number
  retryMsMax: number
  timeoutMs: number
}>

const atOnce = 10

/**
 * Delivers what waits in the outbox to a webhook, in its order, at least once: what was not answered
 * with 2xx is tried again, for as long as it takes. Signed as Standard Webhooks says (`webhook-id`,
 * `webhook-timestamp`, `webhook-signature: v1,…` over `id.timestamp.body`). No redirect is followed:
 * no request goes to an address that the configuration does not name.
 */
export class Alerts implements AsyncDisposable {
  readonly #parts: AlertParts
  readonly #ending = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #running: Promise<void> | undefined

  constructor(parts: AlertParts) {
    this.#parts = parts
    this.wake()
  }

  /** There is something to deliver. */
  wake(): void {
    if (this.#running !== undefined || this.#ending.signal.aborted) return
    clearTimeout(this.#timer)
    this.#running = this.#deliverDue()
      .catch((error: unknown) => {
        this.#parts.log.error({ error }, 'alerts cannot be delivered')
      })
      .finally(() => {
        this.#running = undefined
        this.#rest()
      })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort()
    clearTimeout(this.#timer)
    await this.#running
  }

  #rest(): void {
    const { book, clock, retryMsMax } = this.#parts
    if (this.#ending.signal.aborted) return
    const next = book.nextDue()
    if (next === undefined) return
    const waitMs = Math.min(Math.max(0, (next - clock()) / 1000), retryMsMax)
    this.#timer = setTimeout(() => this.wake(), waitMs)
    this.#timer.unref()
  }

  async #deliverDue(): Promise<void> {
    const { book, clock } = this.#parts
    for (;;) {
      const due = book.due(clock(), atOnce)
      if (due.length === 0) return
      for (const message of due) {
        if (this.#ending.signal.aborted) return
        // What stands behind one that failed waits with it: the order of messages is theirs.
        if (!(await this.#deliver(message))) return
      }
    }
  }

  async #deliver(message: Outgoing): Promise<boolean> {
    const { book, clock, log, retryMsMax, retryMsMin } = this.#parts
    const outcome = await this.#post(message)
    if (outcome === 'delivered') {
      book.delivered(message.id)
      return true
    }
    const waitMs = Math.min(retryMsMin * 2 ** message.attempts, retryMsMax)
    book.delay(message.id, (clock() + waitMs * 1000) as Micros)
    log.warn({ code: 'ALERT_UNDELIVERED', retryMs: waitMs, outcome }, 'an alert was not taken')
    return false
  }

  async #post({ id, body }: Outgoing): Promise<string> {
    const { url, secret, clock, timeoutMs } = this.#parts
    const messageId = `lineward-${id}`
    const timestamp = String(Math.floor(clock() / 1_000_000))
    try {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          'webhook-id': messageId,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatureOf({ messageId, timestamp, body, secret }),
        },
        body,
        signal: AbortSignal.any([this.#ending.signal, AbortSignal.timeout(timeoutMs)]),
      })
      await answer.body?.cancel()
      return answer.ok ? 'delivered' : `status ${answer.status}`
    } catch (error) {
      return error instanceof Error ? error.name : 'failed'
    }
  }
}

/** `v1,` and HMAC-SHA256 over `id.timestamp.body` in base64. */
function signatureOf({
  messageId,
  timestamp,
  body,
  secret,
}: Readonly<{ messageId: string; timestamp: string; body: string; secret: string }>): string {
  const signed = createHmac('sha256', secret).update(`${messageId}.${timestamp}.${body}`)
  return `v1,${signed.digest('base64')}`
}
