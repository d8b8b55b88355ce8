import type { Json } from '../../model/index.ts'
import type { Format } from '../format.ts'
import { isList, memberOf, textIn } from '../members.ts'
import { timeReading } from '../reading.ts'
import { unsaid } from '../format.ts'
import { unknownFacts } from '../unknown.ts'

const name = 'cloudtrail-digest'

/**
 * The file that CloudTrail writes each hour over the log files of a region, with the hash of each.
 *
 * @see aws-events.md section 2.1
 */
export const cloudtrailDigest: Format = {
  name,
  is: (value) =>
    textIn(value, 'digestStartTime') !== undefined &&
    textIn(value, 'digestEndTime') !== undefined &&
    isList(memberOf(value, 'logFiles')),
  read: ({ value }) => timeReading(textIn(value, 'digestEndTime'), '/digestEndTime'),
  idOf(value) {
    const object = textIn(value, 'digestS3Object')
    if (object === undefined) return undefined
    const bucket = textIn(value, 'digestS3Bucket') ?? ''
    return { key: `${name}:${bucket}/${object}`, corrects: false }
  },
  sourceOf: ({ value }) => {
    const account = textIn(value, 'awsAccountId') ?? unsaid
    return `${name}:${account}:${regionOf(value) ?? unsaid}:digest`
  },
  nameOf: () => 'digest',
  accountOf: ({ value }) => textIn(value, 'awsAccountId'),
  isKnown: () => false,
  translate: (_value, entry) => unknownFacts('digest', entry),
}

/** `…/AWSLogs/{account}/CloudTrail-Digest/{region}/…` */
function regionOf(value: Json): string | undefined {
  return /\/CloudTrail-Digest\/([a-z0-9-]{1,40})\//.exec(textIn(value, 'digestS3Object') ?? '')?.[1]
}
