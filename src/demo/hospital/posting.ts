import type { Posting } from './event.ts'
import type { Micros } from './time.ts'
import { drawn, happens } from './random.ts'
import { dayMicros, minuteMicros } from './time.ts'

/**
 * One request to Lineward: the path that it is posted to, with what is known of the events beside
 * their bytes, the content type, and the body. `postedAt` only tells the order of requests: what
 * comes last of all has Infinity.
 */
export type HospitalRequest = Readonly<{
  postedAt: Micros
  path: string
  type: string
  body: string
}>

// In every second week what is sent goes through a forwarder, which sends arrays of so many.
const arrayLength = 50

/**
 * Requests in the order in which they are posted: by the time of delivery, which is mostly but not
 * always that of the events. About one event in a hundred is delivered twice, as by a client that
 * saw no answer, minutes later and equal to the last byte.
 */
export function inPostingOrder(
  planned: readonly Posting[],
  start: Micros,
): readonly HospitalRequest[] {
  const delivered = planned
    .map(({ event, postedAt }) => ({ text: JSON.stringify(event), postedAt }))
    .flatMap((one) => (happens(`again/${one.text}`, 11) ? [one, again(one)] : [one]))
    .toSorted(
      (one, other) => Math.sign(one.postedAt - other.postedAt) || order(one.text, other.text),
    )

  const requests: HospitalRequest[] = []
  let waiting: string[] = []
  let last = start
  const request = (body: string): HospitalRequest => ({
    postedAt: last,
    path: '/api/v1/lineage',
    type: 'application/json',
    body,
  })
  const flush = () => {
    if (waiting.length > 0) requests.push(request(`[${waiting.join(',')}]`))
    waiting = []
  }
  for (const { text, postedAt } of delivered) {
    if (isForwarded(postedAt - start)) {
      waiting.push(text)
      last = postedAt
      if (waiting.length === arrayLength) flush()
    } else {
      flush()
      last = postedAt
      requests.push(request(text))
    }
  }
  flush()
  return requests
}

type Delivery = Readonly<{ text: string; postedAt: Micros }>

const again = ({ text, postedAt }: Delivery): Delivery => ({
  text,
  postedAt: postedAt + drawn(`again after/${text}`, 2, 45) * minuteMicros,
})

const isForwarded = (sinceStart: Micros) =>
  Number.isFinite(sinceStart) && Math.floor(sinceStart / (7 * dayMicros)) % 2 === 1

// By code unit, so that it is the same in every locale. Infinity minus itself has no sign.
const order = (one: string, other: string) => (one < other ? -1 : Number(one > other))
