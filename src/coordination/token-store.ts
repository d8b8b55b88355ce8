import type { Micros } from '../model/index.ts'
import type { TokenGrant, TokenRecord } from './token.ts'
import type { FailureTerms } from '../storage/index.ts'
import { timingSafeEqual } from 'node:crypto'
import { LinewardError } from '../errors.ts'
import { storageFailure } from '../storage/index.ts'
import { openCoordination } from './open-coordination.ts'
import { checkGrant } from './token-check.ts'
import { insertText, recordOf, rowOf } from './token-row.ts'
import { isToken, newToken, secretHash } from './token.ts'

/**
 * The tokens of one installation. What `create` and `revoke` did holds from their return on. All
 * throw LinewardError STORE_UNAVAILABLE when the disk or the file is to blame.
 */
export interface TokenStore extends Disposable {
  /**
   * The new token; it is shown this once and kept as a hash.
   *
   * @throws LinewardError CONFLICT when a token of that name is not revoked yet; ARGUMENT_INVALID
   * for what `checkGrant` refuses.
   */
  create(grant: TokenGrant): string
  /** All that were ever made, oldest first. */
  list(): readonly TokenRecord[]
  /** @throws LinewardError NOT_FOUND when no token of that name is in force. */
  revoke(name: string): TokenRecord
  /** Undefined for what is no token, an unknown, expired or revoked one: callers tell no difference. */
  find(token: string): TokenRecord | undefined
}

const failure: FailureTerms = { subject: 'The file of the tokens' }

/**
 * Opens the tokens in a SQLite file, which is made when it is absent.
 *
 * @throws LinewardError STORE_AHEAD when a newer version wrote the file, STORE_UNAVAILABLE when it
 * cannot be opened.
 */
export function openTokenStore(file: string, clock: () => Micros): TokenStore {
  const database = openCoordination(file, failure)
  const inForce = database.prepare('SELECT * FROM token WHERE hash = ? AND revoked_at IS NULL')
  const byName = database.prepare('SELECT * FROM token WHERE name = ? AND revoked_at IS NULL')
  const all = database.prepare('SELECT * FROM token ORDER BY created_at, name')
  const revoke = database.prepare(
    'UPDATE token SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL',
  )
  const insert = database.prepare(insertText)

  return guarded({
    create(grant) {
      checkGrant(grant)
      if (byName.get(grant.name) !== undefined) {
        throw new LinewardError('CONFLICT', 'A token of that name is in force; revoke it first')
      }
      const token = newToken()
      insert.run({ ...rowOf(grant), hash: secretHash(token), created_at: clock() })
      return token
    },
    list: () => all.all().map(recordOf),
    revoke(name) {
      const row = byName.get(name)
      if (row === undefined)
        throw new LinewardError('NOT_FOUND', 'No token of that name is in force')
      const revokedAt = clock()
      revoke.run(revokedAt, name)
      return { ...recordOf(row), revokedAt }
    },
    find(token) {
      if (!isToken(token)) return undefined
      const hash = secretHash(token)
      const row = inForce.get(hash)
      if (row === undefined || !(row['hash'] instanceof Uint8Array)) return undefined
      if (!timingSafeEqual(row['hash'], hash)) return undefined
      const record = recordOf(row)
      return record.expiresAt === undefined || record.expiresAt > clock() ? record : undefined
    },
    [Symbol.dispose]: () => database.close(),
  })
}

/** The store with the driver's errors as ours. */
function guarded(store: TokenStore): TokenStore {
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work()
    } catch (error) {
      throw storageFailure(error, failure)
    }
  }
  return {
    create: (grant) => attempt(() => store.create(grant)),
    list: () => attempt(() => store.list()),
    revoke: (name) => attempt(() => store.revoke(name)),
    find: (token) => attempt(() => store.find(token)),
    [Symbol.dispose]: () => store[Symbol.dispose](),
  }
}
