import type { Micros } from '../model/index.ts'
import { createHash, randomBytes } from 'node:crypto'

/** Admin may everything but send events; a producer sends events and sees metrics; others ask. */
export const roles = ['admin', 'steward', 'auditor', 'producer'] as const
export type Role = (typeof roles)[number]

/** What holds a token back; what is absent does not. */
export type TokenLimits = Readonly<{
  /** Producer: the namespaces of the jobs that it speaks for. Others: the namespaces they see. */
  namespaces?: readonly string[] | undefined
  /** Producer: the formats that it sends, of `formatNames`. */
  formats?: readonly string[] | undefined
  /** Producer: the AWS accounts that it speaks for. */
  accounts?: readonly string[] | undefined
  /** Producer: what it calls by a word of its own, such as `default`, by what that is called here. */
  mapping?: Readonly<Record<string, string>> | undefined
  /** In place of `tokenRequestsMax`. */
  requestsPerMinute?: number | undefined
}>

/** What a token is to allow. `expiresAt` undefined: until it is revoked. */
export type TokenGrant = TokenLimits &
  Readonly<{
    name: string
    role: Role
    person: string | undefined
    expiresAt: Micros | undefined
  }>

/** A token as it is kept: never the token itself. */
export type TokenRecord = TokenGrant &
  Readonly<{ createdAt: Micros; revokedAt: Micros | undefined }>

const secretBytes = 32
const tokenShape = /^lw_[A-Za-z0-9_-]{43}$/

/** A new token: `lw_` and 256 random bits in base64url. */
export function newToken(): string {
  return `lw_${randomBytes(secretBytes).toString('base64url')}`
}

export function isToken(text: string): boolean {
  return tokenShape.test(text)
}

/**
 * What is kept in place of a secret of ours: its SHA-256. Secrets are 256 random bits, so there is
 * nothing to guess that a slow hash would protect.
 */
export function secretHash(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
