import type { JsonObject } from '../event.ts'
import type { Micros } from '../time.ts'
import { capitalsOf } from '../random.ts'
import { places } from '../tables.ts'
import { dayMicros, secondTime } from '../time.ts'

const [, , , ownRegion = '', ownAccount = ''] = places.glue.split(':')

/** Where the hospital keeps its things in AWS. */
export const account = ownAccount
export const region = ownRegion

/** Who reads research data from outside, in an account of its own. */
export const partnerAccount = '444455556666'

/** The ARN of a thing of the hospital in its region. */
export const arnOf = (service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${account}:${resource}`

/** The ARN of a role of the hospital. */
export const roleArn = (name: string): string => `arn:aws:iam::${account}:role/${name}`

/** The `userIdentity` of a record, and the id of the key that the call was signed with. */
export type Identity = JsonObject & Readonly<{ accessKeyId?: string }>

const keyOf = (key: string) => `ASIA${capitalsOf(`access key/${key}`, 16)}`
const idOf = (kind: 'AROA' | 'AIDA', name: string) => `${kind}${capitalsOf(`id/${name}`, 17)}`

/**
 * A session of a role since `since`; `more` are members that only some identities have, such as
 * `invokedBy` and `onBehalfOf`.
 */
export function sessionOf(
  role: string,
  { session, since, more = {} }: Readonly<{ session: string; since: Micros; more?: JsonObject }>,
): Identity {
  const principalId = idOf('AROA', role)
  const name = role.split('/').at(-1) ?? role
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: keyOf(`${role}/${session}/${since}`),
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId,
        arn: roleArn(role),
        accountId: account,
        userName: name,
      },
      attributes: { creationDate: secondTime(since), mfaAuthenticated: 'false' },
    },
    ...more,
  }
}

/** A user with keys of its own. */
export function userNamed(name: string): Identity {
  return {
    type: 'IAMUser',
    principalId: idOf('AIDA', name),
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    accessKeyId: `AKIA${capitalsOf(`access key/${name}`, 16)}`,
    userName: name,
  }
}

/** A session of a service, which lasts a day and says nothing of who asked it to act. */
export function serviceSession(role: string, session: string, at: Micros): Identity {
  return sessionOf(role, { session, since: at - (at % dayMicros) })
}

/** Somebody of another account, of whom its owner tells ids only. */
export function strangerOf(accountId: string, role: string): Identity {
  return { type: 'AWSAccount', principalId: `${idOf('AROA', role)}:session`, accountId }
}
