import type { CompactFormatName, FormatName } from '../../model/index.ts'
import type { Place } from './place.ts'
import {
  cloudTrailRecord,
  digest,
  eventBridgeEnvelope,
  lambdaRecord,
  objectAccess,
  s3Record,
} from './aws-places.ts'
import { anything, service } from './aws-members.ts'
import { openLineageEvent } from './openlineage-places.ts'
import { actor, placeOf } from './place.ts'
import { connectionLog, userActivityLog, userLog } from './redshift-places.ts'

/**
 * The places of each format: of one event, or of a list of events. `json` is for a shape that no
 * format knows.
 */
const positions = {
  openlineage: eachOf(openLineageEvent),
  cloudtrail: eachOf(cloudTrailRecord),
  'cloudtrail-access': objectAccess,
  'cloudtrail-digest': eachOf(digest),
  eventbridge: eachOf(eventBridgeEnvelope),
  's3-notification': eachOf(s3Record),
  'aws-record': eachOf(lambdaRecord),
  'redshift-connection-log': eachOf(connectionLog),
  'redshift-user-log': eachOf(userLog),
  'redshift-user-activity-log': eachOf(userActivityLog),
  delivery: eachOf(service()),
  json: anything,
} as const satisfies Record<FormatName | CompactFormatName | 'json', Place>

/** The place where the walk over an event begins; of a format that nobody knows any more, that of `json`. */
export function placeOfFormat(format: string): Place {
  return isKnown(format) ? positions[format] : positions.json
}

/** What a sender says beside the bytes: accounts, clusters, object keys, by names of its own. */
export const contextPlace = placeOf({ reading: 'text', others: actor })

function isKnown(format: string): format is keyof typeof positions {
  return Object.hasOwn(positions, format)
}

function eachOf(event: Place): Place {
  return { ...event, items: event }
}
