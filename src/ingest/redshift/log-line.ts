import type { JsonObject } from '../../model/index.ts'

/** What each audit log of Redshift is called in its event, and the columns of its lines, in order. */
const columns = {
  connectionlog: [
    'event',
    'recordtime',
    'remotehost',
    'remoteport',
    'pid',
    'dbname',
    'username',
    'authmethod',
    'duration',
    'sslversion',
    'sslcipher',
    'mtu',
    'sslcompression',
    'sslexpansion',
    'iamauthguid',
    'application_name',
    'os_version',
    'driver_version',
    'plugin_name',
    'protocol_version',
    'sessionid',
    'compression',
  ],
  userlog: [
    'userid',
    'username',
    'oldusername',
    'action',
    'usecreatedb',
    'usesuper',
    'usecatupd',
    'valuntil',
    'pid',
    'xid',
    'recordtime',
  ],
} as const

/** Older clusters write fewer columns of the connection log; none writes fewer than these. */
const connectionColumnsMin = 15

const activity =
  /^'(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) UTC \[ db=(.*?) user=(.*?) pid=(\d+) userid=(\d+) xid=(\d+) \]' LOG: ([^]*)$/

const connectionEvents =
  /^(?:initiating session|authenticated|authentication failure|set application_name|disconnecting session|authentication)/

/**
 * The event of one record of an audit log: a statement of the user activity log with all of its
 * lines, or a line of the connection or user log. `log` says which. Undefined for any other text.
 *
 * @see aws-events.md section 7.14
 */
export function redshiftRecord(text: string): JsonObject | undefined {
  return activityRecord(text) ?? columnRecord(text)
}

function activityRecord(text: string): JsonObject | undefined {
  const match = activity.exec(text)
  if (match === null) return undefined
  const [, recordtime = '', db = '', user = '', pid = '', userid = '', xid = '', query = ''] = match
  return { log: 'useractivitylog', recordtime, db, user, pid, userid, xid, query: query.trim() }
}

function columnRecord(text: string): JsonObject | undefined {
  if (text.includes('\n')) return undefined
  const cells = text.split('|').map((cell) => cell.trim())
  const [first = '', second = ''] = cells
  if (cells.length >= connectionColumnsMin && connectionEvents.test(first) && isTime(second)) {
    return { log: 'connectionlog', ...named(columns.connectionlog, cells) }
  }
  // A last separator leaves an empty cell behind it.
  const last = cells.at(-1) === '' ? cells.slice(0, -1) : cells
  if (last.length === columns.userlog.length && /^\d+$/.test(first) && isTime(last.at(-1) ?? '')) {
    return { log: 'userlog', ...named(columns.userlog, last) }
  }
  return undefined
}

function named(names: readonly string[], cells: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name, index) => {
      const cell = cells[index] ?? ''
      return cell === '' ? [] : [[name, cell]]
    }),
  )
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const logTime = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d:\d\d:\d\d)[:.](\d{1,6})$/

function isTime(text: string): boolean {
  return isoOf(text) !== undefined
}

/** `Mon, 21 May 2018 01:38:01:601` in ISO 8601; the activity log has that form already. */
export function isoOf(text: string): string | undefined {
  if (/^\d{4}-/.test(text)) return text
  const [, day, name = '', year, time, fraction] = logTime.exec(text) ?? []
  const month = months.indexOf(name) + 1
  if (month === 0) return undefined
  return `${year}-${String(month).padStart(2, '0')}-${day}T${time}.${fraction}Z`
}
