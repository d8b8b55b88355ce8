import type { NoticeBook } from '../coordination/index.ts'
import type { FindingJournal, Found } from '../governance/index.ts'
import type { Micros } from '../model/index.ts'
import { formatTime } from '../model/index.ts'

const goneMax = 10_000
/** So many findings are told in one message. */
const toldAtOnce = 100

/**
 * Findings as notices: each is told when it opens and when it is none any more, in messages that hold
 * what a person needs to look at it and nothing of what the data holds. `wake` is called when there
 * are messages; without it none are written.
 */
export function findingJournal(book: NoticeBook, wake: (() => void) | undefined): FindingJournal {
  return {
    update(found, at) {
      const bodies = new Map([...found].map(([id, one]) => [id, JSON.stringify(one)]))
      let hasMessages = false
      book.update(bodies, at, (appeared, gone) => {
        if (wake === undefined) return []
        hasMessages = true
        return [
          ...messages('finding.opened', appeared, at),
          ...messages('finding.resolved', gone, at),
        ]
      })
      if (hasMessages) wake?.()
    },
    gone: () =>
      book.gone(goneMax).map(({ body, at }) => ({ found: JSON.parse(body) as Found, at })),
  }
}

function messages(
  type: string,
  notices: readonly Readonly<{ body: string }>[],
  at: Micros,
): readonly string[] {
  const chunks = Math.ceil(notices.length / toldAtOnce)
  return Array.from({ length: chunks }, (_, chunk) => {
    const told = notices
      .slice(chunk * toldAtOnce, (chunk + 1) * toldAtOnce)
      .map(({ body }) => JSON.parse(body) as Found)
    const findings = told.map(({ id, kind, severity, title, detail }) => ({
      id,
      kind,
      severity,
      title,
      detail,
    }))
    return JSON.stringify({ type, timestamp: formatTime(at), data: { findings } })
  })
}
