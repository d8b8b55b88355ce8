import type { Finding, FindingKind, Governance } from '../../governance/index.ts'
import type { Maybe } from './args.ts'
import { LinewardError } from '../../errors.ts'

/** How many findings wait for one listener who is slow to read. */
const waitingMax = 1000

/**
 * Findings of these kinds as they are raised, until `signal` is aborted.
 *
 * @throws LinewardError OVERLOADED when more wait than are kept for one who listens.
 */
export async function* findingsRaised(
  governance: Pick<Governance, 'onFinding'>,
  kinds: Maybe<readonly FindingKind[]>,
  signal: AbortSignal,
): AsyncGenerator<Finding> {
  const waiting: Finding[] = []
  let isOver = false
  let wake: () => void = () => undefined
  const onAbort = (): void => wake()
  signal.addEventListener('abort', onAbort)
  const end = governance.onFinding((finding) => {
    if (kinds?.includes(finding.kind) === false) return
    if (waiting.length < waitingMax) waiting.push(finding)
    else isOver = true
    wake()
  })
  try {
    for (;;) {
      if (signal.aborted) return
      const next = waiting.shift()
      if (next !== undefined) {
        yield next
        continue
      }
      if (isOver) throw new LinewardError('OVERLOADED', 'More findings came than were taken')
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  } finally {
    end()
    signal.removeEventListener('abort', onAbort)
  }
}
