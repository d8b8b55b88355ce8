/**
 * Every format of events that Lineward tells apart, by the name that it has in entries, in sources
 * and in the limits of a token.
 */
export const formatNames = [
  'openlineage',
  'cloudtrail',
  'cloudtrail-digest',
  'eventbridge',
  's3-notification',
  'aws-record',
  'redshift-connection-log',
  'redshift-user-log',
  'redshift-user-activity-log',
  'delivery',
] as const

export type FormatName = (typeof formatNames)[number]

/**
 * What intake makes of events that come by the million: no sender can hand one in as such, and the
 * ledger keeps them as columns.
 */
export const compactFormatNames = ['cloudtrail-access'] as const

export type CompactFormatName = (typeof compactFormatNames)[number]
