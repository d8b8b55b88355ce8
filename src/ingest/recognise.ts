import type { Json } from '../model/index.ts'
import type { Format } from './format.ts'
import { cloudtrailAccess } from './cloudtrail/access-format.ts'
import { cloudtrailDigest } from './cloudtrail/digest.ts'
import { cloudtrail } from './cloudtrail/format.ts'
import { delivery } from './delivery/format.ts'
import { eventbridge } from './eventbridge/format.ts'
import { awsRecord } from './lambda/record.ts'
import { openlineage } from './openlineage/format.ts'
import { redshiftLogs } from './redshift/format.ts'
import { s3Notification } from './s3/notification.ts'

/**
 * Every format, in the order in which they are tried: what is told by more comes first, OpenLineage,
 * which any of three words makes, last. Whoever reads another adds a row.
 */
const formats: readonly Format[] = [
  cloudtrail,
  eventbridge,
  s3Notification,
  awsRecord,
  ...redshiftLogs,
  cloudtrailDigest,
  delivery,
  openlineage,
]

/** What intake makes of others, and no event has when it comes. */
const compactFormats: readonly Format[] = [cloudtrailAccess]

const byName: ReadonlyMap<string, Format> = new Map(
  [...formats, ...compactFormats].map((row) => [row.name, row]),
)

/** @internal open for the test that every format has a row, and no row is of another */
export const formatsRead: readonly string[] = formats.map(({ name }) => name)

/** The format of a value by its shape; undefined when no row of the table knows it. */
export function recognise(value: Json): Format | undefined {
  return formats.find(({ is }) => is(value))
}

/** The format that an entry says its payload has. */
export function formatNamed(name: string): Format | undefined {
  return byName.get(name)
}
