import type { Json } from '../../model/index.ts'
import { textAt } from '../aws/members.ts'
import { objectIn } from '../members.ts'

/**
 * The one stable id of who did it, from a record's `userIdentity`: the person of IAM Identity
 * Center, else the role or user behind a session, else what the identity itself is. Sessions are left
 * out: two sessions of one role are one principal. Undefined when nobody can be told.
 *
 * @see aws-events.md section 4, naming.md "Principals and resources"
 */
export function principalOf(identity: Json | undefined): string | undefined {
  const person = textAt(objectIn(identity, 'onBehalfOf'), 'userId')
  if (person !== undefined) return `identitycenter:${person}`
  const type = textAt(identity, 'type')
  const issuer = textAt(objectIn(objectIn(identity, 'sessionContext'), 'sessionIssuer'), 'arn')
  if (issuer !== undefined) {
    const name = type === 'FederatedUser' ? federatedName(identity) : undefined
    return name === undefined ? issuer : `${issuer}/federated-user/${name}`
  }
  const arn = textAt(identity, 'arn')
  if (arn !== undefined) return roleOfSession(arn) ?? arn
  return byType(identity, type)
}

function federatedName(identity: Json | undefined): string | undefined {
  return /:federated-user\/(.+)$/.exec(textAt(identity, 'arn') ?? '')?.[1]
}

/**
 * The role of `arn:aws:sts::{account}:assumed-role/{role}/{session}`. Its path is not in there, so
 * this is the second best: the issuer of the session is asked first.
 */
function roleOfSession(arn: string): string | undefined {
  const match = /^(arn:[^:]+):sts::(\d*):assumed-role\/([^/]+)/.exec(arn)
  return match === null ? undefined : `${match[1]}:iam::${match[2]}:role/${match[3]}`
}

function byType(identity: Json | undefined, type: string | undefined): string | undefined {
  const account = textAt(identity, 'accountId')
  const id = textAt(identity, 'principalId')
  const service = textAt(identity, 'invokedBy')
  switch (type) {
    case 'SAMLUser':
    case 'WebIdentityUser': {
      const provider = textAt(identity, 'identityProvider')
      const user = textAt(identity, 'userName') ?? id
      return user === undefined ? undefined : `federated:${provider ?? ''}/${user}`
    }
    case 'AWSAccount':
      if (account === 'ANONYMOUS_PRINCIPAL') return 'anonymous'
      return accountPrincipal(account, id)
    case undefined:
    case 'AWSService':
      return service === undefined ? accountPrincipal(account, undefined) : `service:${service}`
    default:
      return service === undefined ? accountPrincipal(account, id) : `service:${service}`
  }
}

/** Of another account only ids are told: the unique id of its role or user stays behind its number. */
function accountPrincipal(account: string | undefined, id: string | undefined): string | undefined {
  if (account === undefined) return undefined
  const unique = id?.split(':', 1)[0] ?? ''
  return unique === '' || unique === account ? `account:${account}` : `account:${account}:${unique}`
}
