import type { StatementRecord } from '../../graph/index.ts'
import type { Micros } from '../../model/index.ts'
import type { Finding, FindingChange } from '../port.ts'
import type { Found } from './found.ts'

/** What people decided about findings, and what then became of them. */
export function decided(
  found: Found,
  records: readonly StatementRecord[],
  now: Micros,
): Pick<Finding, 'status' | 'history' | 'assignee'> {
  const history = records.flatMap(({ at, by, statement }): readonly FindingChange[] =>
    statement.says === 'decision'
      ? [
          {
            at,
            by: by.person,
            status: statement.status,
            reason: statement.reason,
            until: statement.until,
          },
        ]
      : [],
  )
  const assigned = records.filter(({ statement }) => statement.says === 'assignment').at(-1)
  const assignee =
    assigned?.statement.says === 'assignment' ? assigned.statement.assignee : undefined
  const last = history.at(-1)
  return { status: last === undefined ? 'OPEN' : standing(last, found, now), history, assignee }
}

/** Accepted until a time, and resolved until it happens again. */
function standing(last: FindingChange, { lastSeen }: Found, now: Micros): Finding['status'] {
  if (last.status === 'ACCEPTED' && last.until !== undefined && now >= last.until) return 'OPEN'
  if (last.status === 'RESOLVED' && lastSeen > last.at) return 'OPEN'
  return last.status
}
