import type { Fact } from '../../model/index.ts'
import type { CloudTrailEvent } from '../cloudtrail/event.ts'
import { textAt } from '../aws/members.ts'
import { sourceIdentity } from '../cloudtrail/identity.ts'

/**
 * STS AssumeRole and its kin: a session of a role begins, and who stands behind it. Reads
 * `requestParameters.{roleArn, sourceIdentity}` and `responseElements.credentials.accessKeyId`, the id
 * under which the session's own calls come. A caller that is a session itself is named by its key too,
 * so that a chain can be followed.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function assumeRole(event: CloudTrailEvent): readonly Fact[] {
  const { at, author, identity } = event
  const of = textAt(event.request, 'roleArn')
  if (of === undefined) return []
  const session = textAt(event.response, 'credentials', 'accessKeyId')
  const stated = textAt(event.request, 'sourceIdentity')
  const caller = identity.session?.id
  const origins = [
    ...(author === undefined
      ? []
      : [{ principal: author, ...(caller === undefined ? {} : { session: caller }) }]),
    ...(stated === undefined ? [] : [{ principal: sourceIdentity(stated) }]),
  ]
  return origins.map((by): Fact => ({
    kind: 'session',
    at,
    ...(session === undefined ? {} : { session }),
    of,
    by,
  }))
}
