import type { Json } from '../../../src/model/index.ts'
import type { Canary } from './canary.ts'
import { isJsonObject } from '../../../src/model/index.ts'

/** A canary as it is posted to `/api/v1/events`. */
export type CanaryBody = Readonly<{ canary: Canary; body: string }>

/**
 * The canaries as bodies to post, each in its wrapping: a file of a trail, a batch of a function, a
 * line of a log of Redshift. Each event has an id of its own, so that none is taken for a copy.
 */
export function bodiesOf(list: readonly Canary[]): readonly CanaryBody[] {
  return list.map((canary, index) => ({
    canary,
    body: bodyOf(canary.format, withOwnId(canary.event, index)),
  }))
}

function bodyOf(format: Canary['format'], event: unknown): string {
  if (isJsonObject(event)) {
    if (format === 'redshift-user-activity-log') return activityLine(event)
    if (format === 'redshift-connection-log') return columnLine(event, connectionColumns)
    if (format === 'redshift-user-log') return columnLine(event, userColumns)
    if (event['eventSource'] === 'aws:kafka') {
      const { eventSource, eventSourceArn, ...record } = event
      return JSON.stringify({ eventSource, eventSourceArn, records: { 'vitals-0': [record] } })
    }
  }
  const isWrapped = ['cloudtrail', 's3-notification', 'aws-record'].includes(format)
  return JSON.stringify(isWrapped ? { Records: [event] } : event)
}

const connectionColumns =
  'event recordtime remotehost remoteport pid dbname username authmethod duration sslversion sslcipher ' +
  'mtu sslcompression sslexpansion iamauthguid application_name os_version driver_version plugin_name ' +
  'protocol_version sessionid compression'
const userColumns =
  'userid username oldusername action usecreatedb usesuper usecatupd valuntil pid xid recordtime'

function columnLine(line: Readonly<Record<string, Json>>, columns: string): string {
  const cells = columns.split(' ').map((column) => String(line[column] ?? ''))
  return `${cells.join(' |')}\n`
}

function activityLine(line: Readonly<Record<string, Json>>): string {
  const text = (key: string) => String(line[key])
  const session = ['db', 'user', 'pid', 'userid', 'xid'].map((key) => `${key}=${text(key)}`)
  return `'${text('recordtime')} UTC [ ${session.join(' ')} ]' LOG: ${text('query')}\n`
}

function withOwnId(event: unknown, index: number): unknown {
  if (!isJsonObject(event)) return event
  const id = `33333333-3333-4333-8333-${String(index).padStart(12, '0')}`
  if (event['detail'] !== undefined) return { ...event, id }
  if (event['eventVersion'] !== undefined) return { ...event, eventID: id }
  const { run } = event
  return isJsonObject(run) ? { ...event, run: { ...run, runId: id } } : event
}
