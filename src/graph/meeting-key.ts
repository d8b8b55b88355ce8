import type { Meeting } from '../model/index.ts'

/** Equal for the same meeting and for no other. */
export function meetingKey({ from, to, kind, rule, during }: Meeting): string {
  return [from, to, kind, rule, during.from ?? '', during.until ?? ''].join()
}
