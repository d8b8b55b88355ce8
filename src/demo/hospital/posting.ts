import type { Posting } from './event.ts'
import type { Micros } from './time.ts'
import { drawn, happens } from './random.ts'
import { dayMicros, minuteMicros } from './time.ts'

/** What one request of a producer holds: the JSON text of one event or of an array of them. */
export type HospitalRequest = Readonly<{ body: string }>

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
  const flush = () => {
    if (waiting.length > 0) requests.push({ body: `[${waiting.join(',')}]` })
    waiting = []
  }
  for (const { text, postedAt } of delivered) {
    if (isForwarded(postedAt - start)) {
      waiting.push(text)
      if (waiting.length === arrayLength) flush()
    } else {
      flush()
      requests.push({ body: text })
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
