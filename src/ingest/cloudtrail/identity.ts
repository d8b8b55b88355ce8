import type { Fact, Json, Micros } from '../../model/index.ts'
import { textAt } from '../aws/members.ts'
import { objectIn } from '../members.ts'
import { principalOf } from './principal.ts'

/** Who did it, and how: each that is absent is not told. */
export type Identity = Readonly<{
  principal: string | undefined
  /** The service, or of a person the role, through which it was done. */
  via: string | undefined
  /** The session of a role, by the id of its key: what another call has given out. */
  session: Readonly<{ id: string; of: string }> | undefined
  /** The people who are said to stand behind the session. */
  people: readonly string[]
}>

const serviceName = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.amazonaws\.com(?:\.cn)?$/

/**
 * A record's `userIdentity`, and its `sourceIPAddress` where that names a service.
 *
 * @see aws-events.md section 4
 */
export function identityOf(record: Json): Identity {
  const identity = objectIn(record, 'userIdentity')
  const context = objectIn(identity, 'sessionContext')
  const role = textAt(objectIn(context, 'sessionIssuer'), 'arn')
  const key = textAt(identity, 'accessKeyId')
  const principal = principalOf(identity)
  const person = textAt(objectIn(identity, 'onBehalfOf'), 'userId')
  const stated = textAt(context, 'sourceIdentity')
  const service = [textAt(identity, 'invokedBy'), textAt(record, 'sourceIPAddress')].find(
    (name) => name !== undefined && serviceName.test(name),
  )
  const throughService =
    service === undefined || principal === `service:${service}` ? undefined : `service:${service}`
  return {
    principal,
    via: person === undefined ? throughService : (role ?? throughService),
    session: key === undefined || role === undefined ? undefined : { id: key, of: role },
    people: [
      ...(person === undefined ? [] : [`identitycenter:${person}`]),
      ...(stated === undefined ? [] : [sourceIdentity(stated)]),
    ],
  }
}

/** The principal that a session's `sourceIdentity` is: a word that whoever began the chain has chosen. */
export function sourceIdentity(stated: string): string {
  return `sourceidentity:${stated}`
}

/** The people behind a session, as each of its calls says again. */
export function sessionFacts(at: Micros, { session, people }: Identity): readonly Fact[] {
  if (session === undefined) return []
  return people.map((principal): Fact => ({
    kind: 'session',
    at,
    session: session.id,
    of: session.of,
    by: { principal },
  }))
}
