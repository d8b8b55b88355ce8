import type { Brand } from './brand.ts'
import { digestId } from './id.ts'

/** The key of a principal in a store, made from its id alone. */
export type PrincipalKey = Brand<string, 'PrincipalKey'>
/** The key of a session of a role, made from the id of its key alone. */
export type SessionKey = Brand<string, 'SessionKey'>

export function principalKeyOf(id: string): PrincipalKey {
  return digestId('principal', id) as PrincipalKey
}

export function sessionKeyOf(id: string): SessionKey {
  return digestId('session', id) as SessionKey
}

/** What a principal is, and what it is called for short. */
export type PrincipalWords = Readonly<{ kind: string; name: string }>

const arn = (resource: string): RegExp =>
  new RegExp(`^arn:aws[a-z-]*:(?:iam|sts)::\\d*:${resource}$`, 's')

/** By the form of the id; the first group is the name. */
const forms: readonly (readonly [kind: string, form: RegExp])[] = [
  ['FEDERATED_USER', /\/federated-user\/(.+)$/s],
  ['ROLE', arn('role/(?:.*/)?([^/]+)')],
  ['USER', arn('user/(?:.*/)?([^/]+)')],
  ['ROOT', arn('(root)')],
  ['SERVICE', /^service:(.+)$/s],
  ['ACCOUNT', /^account:(.+)$/s],
  ['ANONYMOUS', /^(anonymous)$/],
  ['PERSON', /^(?:identitycenter|sourceidentity):(.+)$/s],
  ['FEDERATED_USER', /^federated:.*?\/([^/]+)$/s],
  ['HOST', /^host:(.+)$/s],
  ['DATABASE_USER', /^.+\/user\/([^/]+)$/s],
]

/** @see naming.md "Principals and resources" */
export function principalWords(id: string): PrincipalWords {
  for (const [kind, form] of forms) {
    const name = form.exec(id)?.[1]
    if (name !== undefined) return { kind, name }
  }
  return { kind: 'PRINCIPAL', name: id }
}
