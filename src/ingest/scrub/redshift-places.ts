import type { Place } from './place.ts'
import { actor, names, object, placeOf, text } from './place.ts'

const statement = placeOf({ reading: 'statement' })

/** A line of the user activity log: who ran which statement. */
export const userActivityLog: Place = object({
  ...names('recordtime', 'db', 'pid', 'userid', 'xid'),
  user: actor,
  query: statement,
})

/** A line of the connection log. What a client calls itself is free text. */
export const connectionLog: Place = object({
  ...names('event', 'recordtime', 'remotehost', 'remoteport', 'pid', 'dbname', 'authmethod'),
  ...names('duration', 'sslversion', 'sslcipher', 'mtu', 'sslcompression', 'sslexpansion'),
  ...names('iamauthguid', 'protocol_version', 'sessionid', 'compression'),
  username: actor,
  application_name: text,
  os_version: text,
  driver_version: text,
  plugin_name: text,
})

/** A line of the user log: who was made, changed or dropped. */
export const userLog: Place = object({
  ...names('userid', 'action', 'usecreatedb', 'usesuper', 'usecatupd', 'valuntil', 'pid', 'xid'),
  ...names('recordtime'),
  username: actor,
  oldusername: actor,
})
