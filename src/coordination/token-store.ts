import type { Micros } from '../model/index.ts'
import type { Role, TokenGrant, TokenRecord } from './token.ts'
import type { FailureTerms } from '../storage/index.ts'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { timingSafeEqual } from 'node:crypto'
import { LinewardError } from '../errors.ts'
import { micros } from '../model/index.ts'
import { migrate, migrationsFolder, openDatabase, storageFailure } from '../storage/index.ts'
import { isToken, newToken, roles, secretHash } from './token.ts'

/**
 * The tokens of one installation. What `create` and `revoke` did holds from their return on. All
 * throw LinewardError STORE_UNAVAILABLE when the disk or the file is to blame.
 */
export interface TokenStore extends Disposable {
  /**
   * The new token; it is shown this once and kept as a hash.
   *
   * @throws LinewardError CONFLICT when a token of that name is not revoked yet; ARGUMENT_INVALID
   * for a name, person or list that cannot be used, and for a name that other callers go by.
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
  const database = open(file)
  const inForce = database.prepare('SELECT * FROM token WHERE hash = ? AND revoked_at IS NULL')
  const byName = database.prepare('SELECT * FROM token WHERE name = ? AND revoked_at IS NULL')
  const all = database.prepare('SELECT * FROM token ORDER BY created_at, name')
  const revoke = database.prepare(
    'UPDATE token SET revoked_at = ? WHERE name = ? AND revoked_at IS NULL',
  )
  const insert = database.prepare('INSERT INTO token VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)')

  return guarded({
    create(grant) {
      check(grant)
      if (byName.get(grant.name) !== undefined) {
        throw new LinewardError('CONFLICT', 'A token of that name is in force; revoke it first')
      }
      const token = newToken()
      insert.run(
        secretHash(token),
        grant.name,
        grant.role,
        grant.person ?? null,
        listText(grant.namespaces),
        listText(grant.formats),
        clock(),
        grant.expiresAt ?? null,
      )
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

function open(file: string): DatabaseSync {
  const database = openDatabase({ file, synchronous: 'FULL', failure })
  try {
    migrate(database, migrationsFolder('coordination'))
    return database
  } catch (error) {
    database.close()
    throw storageFailure(error, failure)
  }
}

/** A name, person or list stands in evidence, lists and logs: one line of visible characters. */
const visible = /^[^\p{C}\p{Z}](?:[^\p{C}\u2028\u2029]{0,198}[^\p{C}\p{Z}])?$/u

/** What evidence calls a browser, a command on the server's machine and a scraper. */
const otherCallers = /^(?:session:.*|local|metrics)$/u

function check({ name, person, namespaces, formats }: TokenGrant): void {
  const words = [
    name,
    ...(person === undefined ? [] : [person]),
    ...(namespaces ?? []),
    ...(formats ?? []),
  ]
  if (!words.every((word) => visible.test(word))) {
    throw new LinewardError('ARGUMENT_INVALID', 'A name is 1 to 200 visible characters')
  }
  if (otherCallers.test(name)) {
    throw new LinewardError('ARGUMENT_INVALID', 'Callers without a token go by that name')
  }
  if (namespaces?.length === 0 || formats?.length === 0) {
    throw new LinewardError('ARGUMENT_INVALID', 'A list that limits a token may not be empty')
  }
}

function listText(list: readonly string[] | undefined): string | null {
  return list === undefined ? null : JSON.stringify(list)
}

function recordOf(row: Record<string, SQLOutputValue>): TokenRecord {
  return {
    name: String(row['name']),
    role: roleOf(row['role']),
    person: textOf(row['person']),
    namespaces: listOf(row['namespaces']),
    formats: listOf(row['formats']),
    createdAt: micros(Number(row['created_at'])),
    expiresAt: timeOf(row['expires_at']),
    revokedAt: timeOf(row['revoked_at']),
  }
}

function roleOf(value: SQLOutputValue | undefined): Role {
  const role = roles.find((known) => known === value)
  if (role === undefined) throw new LinewardError('STORE_AHEAD', 'A token has an unknown role')
  return role
}

function textOf(value: SQLOutputValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function timeOf(value: SQLOutputValue | undefined): Micros | undefined {
  return value === null || value === undefined ? undefined : micros(Number(value))
}

function listOf(value: SQLOutputValue | undefined): readonly string[] | undefined {
  return typeof value === 'string' ? (JSON.parse(value) as string[]) : undefined
}
