import type { SessionOrigin } from '../../model/index.ts'
import type { GraphReader } from '../port.ts'
import type { OpenParts, Parts } from './parts.ts'
import { earliestStarter, originOf, principalSubject, sessionSubject } from '../cells.ts'

type PrincipalReader = Pick<
  GraphReader,
  | 'accesses'
  | 'accessSessions'
  | 'principalIsKnown'
  | 'principalOrigins'
  | 'sessionOrigins'
  | 'runStarter'
>

/** Who did what, and who stood behind them. */
export function principalReader(open: OpenParts): PrincipalReader {
  return {
    async accesses(ask, page) {
      return open().accesses.page(ask, page)
    },

    async accessSessions(of) {
      return open().accesses.sessions(of)
    },

    async principalIsKnown(id) {
      const { db } = open()
      const known = 'SELECT 1 FROM subject WHERE key = ? AND known = 1'
      return db.one(known, principalSubject(id).key) !== undefined
    },

    async principalOrigins(id) {
      return originsAt(open(), principalSubject(id).key, 'actsFor')
    },

    async sessionOrigins(ids) {
      const parts = open()
      return new Map(ids.map((id) => [id, originsAt(parts, sessionSubject(id).key, 'sessionBy')]))
    },

    async runStarter(id) {
      const { cells, interning } = open()
      const row = interning.subjectRow(id)
      return row === undefined ? undefined : earliestStarter(cells.of(row, 'starter'))
    },
  }
}

function originsAt(
  { cells, interning }: Parts,
  key: string,
  property: 'actsFor' | 'sessionBy',
): readonly SessionOrigin[] {
  const row = interning.subjectRow(key)
  return row === undefined ? [] : cells.members(row, property).map(originOf)
}
