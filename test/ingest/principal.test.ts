import type { Json } from '../../src/model/index.ts'
import { describe, expect, it } from 'vitest'
import { principalOf } from '../../src/ingest/cloudtrail/principal.ts'

const role = 'arn:aws:iam::111122223333:role/service-role/Loader'
const session = 'arn:aws:sts::111122223333:assumed-role/Loader/ana'
const issuedBy = (arn: string) => ({ sessionContext: { sessionIssuer: { type: 'Role', arn } } })

describe('the principal of a record', () => {
  it.each<readonly [string, Json | undefined, string | undefined]>([
    [
      'is the role behind a session, with its path',
      { type: 'AssumedRole', arn: session, ...issuedBy(role) },
      role,
    ],
    [
      'is the role that the session names, where no issuer is told',
      { type: 'AssumedRole', arn: session, sessionContext: { sessionIssuer: {} } },
      'arn:aws:iam::111122223333:role/Loader',
    ],
    [
      'keeps the partition',
      { type: 'AssumedRole', arn: 'arn:aws-us-gov:sts::111122223333:assumed-role/R/s' },
      'arn:aws-us-gov:iam::111122223333:role/R',
    ],
    [
      'is the person of Identity Center, whatever carried the person',
      { type: 'AssumedRole', arn: session, ...issuedBy(role), onBehalfOf: { userId: 'a-1' } },
      'identitycenter:a-1',
    ],
    [
      'is a user by ARN',
      { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ana', userName: 'ana' },
      'arn:aws:iam::111122223333:user/ana',
    ],
    [
      'is the root user',
      { type: 'Root', arn: 'arn:aws:iam::111122223333:root' },
      'arn:aws:iam::111122223333:root',
    ],
    [
      'is a federated user with who issued it',
      {
        type: 'FederatedUser',
        arn: 'arn:aws:sts::111122223333:federated-user/ana',
        sessionContext: { sessionIssuer: { arn: 'arn:aws:iam::111122223333:user/broker' } },
      },
      'arn:aws:iam::111122223333:user/broker/federated-user/ana',
    ],
    [
      'is a service',
      { type: 'AWSService', invokedBy: 'glue.amazonaws.com' },
      'service:glue.amazonaws.com',
    ],
    [
      'is a service without a type',
      { accountId: '1', invokedBy: 'kms.amazonaws.com' },
      'service:kms.amazonaws.com',
    ],
    [
      'is another account by its number and the unique id there',
      { type: 'AWSAccount', accountId: '444455556666', principalId: 'AROAEXAMPLE:session' },
      'account:444455556666:AROAEXAMPLE',
    ],
    [
      'is an account alone',
      { type: 'AWSAccount', accountId: '444455556666' },
      'account:444455556666',
    ],
    [
      'is anonymous',
      { type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' },
      'anonymous',
    ],
    [
      'is a user of an identity provider, on the call that signs in',
      { type: 'SAMLUser', principalId: 'i:a:s', userName: 'ana', identityProvider: 'bdGOnTesti4=' },
      'federated:bdGOnTesti4=/ana',
    ],
    ['is nobody when nothing is told', {}, undefined],
    ['is nobody when there is no identity', undefined, undefined],
    ['is nobody when it has another shape', 'ana', undefined],
  ])('%s', (_, identity, expected) => {
    expect(principalOf(identity)).toBe(expected)
  })
})
