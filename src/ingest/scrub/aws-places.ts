import type { Fields, Place } from './place.ts'
import { anything, attributes, each, service } from './aws-members.ts'
import { placeOfService } from './aws-services.ts'
import { actor, byName, list, names, object, payload, placeOf, text } from './place.ts'

/** Who: names and sessions may be addresses; the id of a key joins a session to where it comes from. */
const identity = service((read) => ({
  ...each('arn userName principalId sourceIdentity userId email', read('actor')),
  ...each('identityProvider federatedProvider identityStoreArn', read('name')),
}))

const record: Fields = {
  ...names('eventVersion', 'eventTime', 'eventSource', 'eventName', 'eventID', 'eventType'),
  ...names('eventCategory', 'awsRegion', 'recipientAccountId', 'sourceIPAddress', 'requestID'),
  ...names('errorCode', 'sharedEventID', 'vpcEndpointId', 'vpcEndpointAccountId', 'apiVersion'),
  ...names('readOnly', 'managementEvent', 'sessionCredentialFromConsole'),
  userIdentity: identity,
  resources: service((read) => ({ arn: read('arn'), arnPrefix: read('name') })),
  tlsDetails: service(),
  addendum: service(),
  userAgent: text,
  errorMessage: text,
}
const mayBeMember = /^(?:request|response|additional|service|insight|edge)/i
const byServiceOf = (key: string) => {
  const members = new Set(
    'requestparameters responseelements additionaleventdata serviceeventdetails insightdetails edgedevicedetails'.split(
      ' ',
    ),
  )
  return (owner: Readonly<Record<string, unknown>>, member: string) =>
    mayBeMember.test(member) && members.has(member.toLowerCase())
      ? placeOfService(owner[key])
      : undefined
}

/** One record of CloudTrail, as in a trail's file and in the detail of an EventBridge event. */
export const cloudTrailRecord: Place = folded(record, {
  others: service(),
  chosen: byServiceOf('eventSource'),
})

/** What is kept of an access to objects: words and ids, folders as those of a key, people. */
export const objectAccess: Place = object({
  ...names('call', 'via', 'role', 'shared', 'error', 'address', 'tls', 'signed', 'encryption'),
  ...names('endpoint'),
  did: list(object({ ...names('action', 'namespace'), name: placeOf({ reading: 'prefix' }) })),
  people: list(actor),
  session: placeOf({ reading: 'token' }),
})

/** A digest file names the files of a trail and their hashes. */
export const digest: Place = folded(
  names(
    ...'awsAccountId digestStartTime digestEndTime digestS3Bucket digestS3Object'.split(' '),
    ...'digestPublicKeyFingerprint digestSignatureAlgorithm newestEventTime oldestEventTime'.split(
      ' ',
    ),
    ...'previousDigestS3Bucket previousDigestS3Object previousDigestHashValue'.split(' '),
    ...'previousDigestHashAlgorithm previousDigestSignature s3Bucket s3Object hashValue'.split(' '),
    'hashAlgorithm',
  ),
  {},
  ['logFiles'],
)

const objectOf = (reading: 'key' | 'form-key') =>
  service((read) => ({ key: read(reading), size: read('name') }))

const details: Readonly<Record<string, Place>> = {
  'aws.s3': service((read) => ({
    object: objectOf('key'),
    bucket: service(),
    ...each('request-id reason deletion-type source-ip-address', read('name')),
  })),
  'aws.glue': placeOfService('aws.glue'),
  'aws.states': placeOfService('aws.states'),
}

/** What EventBridge wraps around an event; the detail is a record, or in the source's own shape. */
export const eventBridgeEnvelope: Place = folded(
  {
    ...names('version', 'id', 'detail-type', 'source', 'account', 'time', 'region'),
    resources: { ...list({ ...text, reading: 'arn' }) },
  },
  {
    chosen: (envelope, key) => {
      if (key.toLowerCase() !== 'detail') return undefined
      const { source, 'detail-type': type } = envelope
      if (typeof type === 'string' && type.endsWith('via CloudTrail')) return cloudTrailRecord
      if (typeof source !== 'string' || !source.startsWith('aws.')) return anything
      return (
        (Object.hasOwn(details, source) ? details[source] : undefined) ?? placeOfService(source)
      )
    },
  },
)

/** One record of an S3 notification: its keys are encoded as in a form. */
export const s3Record: Place = folded(
  {
    ...record,
    requestParameters: service(),
    responseElements: service(),
    s3: service((read) => ({ object: objectOf('form-key'), configurationId: read('name') })),
  },
  { others: service() },
)

const message = payload
/** One record of a batch for a function: data of a stream, a table or a topic. */
export const lambdaRecord: Place = service((read) => ({
  ...record,
  eventSourceArn: read('arn'),
  invokeIdentityArn: read('actor'),
  ...each('eventName eventVersion sequenceNumber topic partition offset recordId', read('name')),
  ...each('data body message messageAttributes value', message),
  keys: attributes,
  key: payload,
  partitionKey: read('token'),
  headers: list(byName(payload)),
  userIdentity: identity,
  approximateCreationDateTime: read('name'),
  owner: actor,
}))

function folded(fields: Fields, more: Partial<Place>, below: readonly string[] = []): Place {
  const lower = new Map(Object.entries(fields).map(([key, place]) => [key.toLowerCase(), place]))
  const place = placeOf({ reading: 'text', fields: lower, isFolded: true, ...more })
  for (const key of below) lower.set(key.toLowerCase(), list(place))
  return place
}
