import type { Micros } from '../model/index.ts'
import type { Role, TokenGrant, TokenRecord } from './token.ts'
import type { SQLOutputValue } from 'node:sqlite'
import { isJsonObject, micros, parseJson } from '../model/index.ts'
import { LinewardError } from '../errors.ts'
import { roles } from './token.ts'

type Row = Readonly<Record<string, SQLOutputValue>>

const columns = [
  'hash',
  'name',
  'role',
  'person',
  'namespaces',
  'formats',
  'accounts',
  'mapping',
  'requests_per_minute',
  'created_at',
  'expires_at',
]

/** Takes what `rowOf` gives, `hash` and `created_at`. */
export const insertText = `INSERT INTO token (${columns.join(', ')})
  VALUES (${columns.map((column) => `$${column}`).join(', ')})`

/** A grant in the columns of its table: lists and the mapping as JSON, NULL for no limit. */
export function rowOf(grant: TokenGrant): Record<string, string | number | null> {
  return {
    name: grant.name,
    role: grant.role,
    person: grant.person ?? null,
    namespaces: textOf(grant.namespaces),
    formats: textOf(grant.formats),
    accounts: textOf(grant.accounts),
    mapping: textOf(grant.mapping),
    requests_per_minute: grant.requestsPerMinute ?? null,
    expires_at: grant.expiresAt ?? null,
  }
}

/** @throws LinewardError STORE_AHEAD for a row that a newer version must have written. */
export function recordOf(row: Row): TokenRecord {
  const { name, role, person, requests_per_minute: rate, created_at: createdAt } = row
  return {
    name: String(name),
    role: roleOf(role),
    person: typeof person === 'string' ? person : undefined,
    namespaces: listIn(row, 'namespaces'),
    formats: listIn(row, 'formats'),
    accounts: listIn(row, 'accounts'),
    mapping: mappingIn(row),
    requestsPerMinute: typeof rate === 'number' ? rate : undefined,
    createdAt: micros(Number(createdAt)),
    expiresAt: timeIn(row, 'expires_at'),
    revokedAt: timeIn(row, 'revoked_at'),
  }
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value)
}

function roleOf(value: SQLOutputValue | undefined): Role {
  const role = roles.find((known) => known === value)
  if (role === undefined) throw new LinewardError('STORE_AHEAD', 'A token has an unknown role')
  return role
}

function timeIn(row: Row, column: string): Micros | undefined {
  const value = row[column] ?? null
  return value === null ? undefined : micros(Number(value))
}

/** What limits a token and cannot be read must not leave it without that limit. */
function listIn(row: Row, column: string): readonly string[] | undefined {
  const value = row[column]
  if (typeof value !== 'string') return undefined
  const list: unknown = parseJson(value)
  return Array.isArray(list) ? list.map(String) : []
}

function mappingIn({ mapping }: Row): Readonly<Record<string, string>> | undefined {
  if (typeof mapping !== 'string') return undefined
  const value = parseJson(mapping)
  if (!isJsonObject(value)) return undefined
  return Object.fromEntries(Object.entries(value).map(([word, name]) => [word, String(name)]))
}
