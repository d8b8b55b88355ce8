import type { DatasetName, Json } from '../../model/index.ts'
import type { AccessCall } from './access-calls.ts'
import type { Identity } from '../cloudtrail/identity.ts'
import { nameOf } from '../aws/declared.ts'
import { textAt, valueAt } from '../aws/members.ts'
import { callOf, isRefused, serviceOf } from '../cloudtrail/record.ts'
import { identityOf } from '../cloudtrail/identity.ts'
import { objectIn, objectsIn, textIn } from '../members.ts'
import { accessCalls } from './access-calls.ts'
import { copySourceOf, folderOf } from './object.ts'

/** What was done in which folder. An attempt failed: nothing was read or written. */
export type FolderAccess = Readonly<{ action: string; folder: DatasetName }>

/** What is kept of a record of an access: who (`author` of its entry) did what where, and how. */
export type ObjectAccess = Readonly<{
  call: string
  did: readonly FolderAccess[]
  identity: Identity
  /** The id that the records of one action have in common, where it came to several accounts. */
  shared: string | undefined
  error: string | undefined
  /** An address, or the service that called. */
  address: string | undefined
  /** The program that called, without its version. */
  agent: string | undefined
  /** How it went over the wire and onto the disk, and by what door. */
  tls: string | undefined
  signed: string | undefined
  encryption: string | undefined
  endpoint: string | undefined
}>

const services: ReadonlySet<string> = new Set(['s3', 's3express'])

/**
 * An access to objects of S3, from a data event of CloudTrail; undefined for every other record, and
 * for one that does not tell who did it or in which bucket. Reads `requestParameters.{bucketName, key,
 * prefix, x-amz-copy-source}`, or `resources[]` where a failed call has no parameters. Object keys are
 * cut to their folder, without partitions.
 *
 * @see aws-events.md sections 6 and 7.8, naming.md "Datasets"
 */
export function objectAccessOf(record: Json): ObjectAccess | undefined {
  const name = callOf(record) ?? ''
  const call = accessCalls.get(name)
  const service = serviceOf(record) ?? ''
  if (call === undefined || !services.has(service)) return undefined
  const identity = identityOf(record)
  const did = foldersOf(record, call)
  if (identity.principal === undefined || did.length === 0) return undefined
  const more = objectIn(record, 'additionalEventData')
  return {
    call: `${service}:${name}`,
    did,
    identity,
    shared: textIn(record, 'sharedEventID'),
    error: textIn(record, 'errorCode'),
    address: textIn(record, 'sourceIPAddress'),
    agent: /^\[?([\w.+-]{1,60})/.exec(textIn(record, 'userAgent') ?? '')?.[1],
    tls: textIn(objectIn(record, 'tlsDetails'), 'tlsVersion'),
    signed: textIn(more, 'AuthenticationMethod'),
    encryption: textIn(more, 'SSEApplied'),
    endpoint: textIn(record, 'vpcEndpointId'),
  }
}

function foldersOf(record: Json, call: AccessCall): readonly FolderAccess[] {
  const target = targetOf(record, call)
  const isFailed = isRefused(record)
  const header = valueAt(objectIn(record, 'requestParameters'), 'x-amz-copy-source')
  const source = call.copies ? copySourceOf(header) : undefined
  const did = (action: string, folder: DatasetName): FolderAccess => {
    return { action: isFailed ? `${action}_ATTEMPT` : action, folder }
  }
  // Each key of the list has a record of its own; a list that failed has none.
  const isToldElsewhere = call.named === 'untold' && !isFailed
  return [
    ...(source === undefined ? [] : [did('READ', nameOf(source))]),
    ...(target === undefined || isToldElsewhere ? [] : [did(call.action, target)]),
  ]
}

function targetOf(record: Json, { named }: AccessCall): DatasetName | undefined {
  const request = objectIn(record, 'requestParameters')
  const bucket = textAt(request, 'bucketName')
  if (bucket === undefined || bucket.startsWith('arn:')) return resourceOf(record)
  const place = { key: textAt(request, 'key') ?? '', prefix: textAt(request, 'prefix') ?? '' }
  return folderIn(bucket, named === 'untold' ? '' : place[named])
}

/** Of an object, else of a bucket, by its ARN. */
function resourceOf(record: Json): DatasetName | undefined {
  const arns = objectsIn(record, 'resources').map((one) => textAt(one, 'ARN') ?? '')
  const found = arns.map((arn) => /^arn:aws[a-z-]*:s3:::([^/]+)(?:\/(.*))?$/s.exec(arn))
  const [, bucket, key = ''] = found.find((one) => one?.[2] !== undefined) ?? found[0] ?? []
  return bucket === undefined ? undefined : folderIn(bucket, key)
}

/** Objects come by the million, and folders do not: the canonical name of each is worked out once. */
const folders = new Map<string, DatasetName>()
const foldersMax = 2000

function folderIn(bucket: string, key: string): DatasetName {
  const spelling = folderOf(bucket, key)
  const place = `${bucket.length} ${bucket}${spelling.name}`
  const known = folders.get(place)
  if (known !== undefined) return known
  if (folders.size >= foldersMax) folders.clear()
  const folder = nameOf(spelling)
  folders.set(place, folder)
  return folder
}
