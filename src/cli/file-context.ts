/** What is known of events beside their bytes, by the names that the intake knows. */
export type Context = Readonly<Record<string, string>>

/** `{account}_redshift_{region}_{cluster}_{log}_{time}`: how Redshift names its audit logs in S3. */
const auditLog =
  /^(\d{12})_redshift_([a-z0-9-]+)_(.+)_(?:connectionlog|userlog|useractivitylog)_\d{4}-\d\d-\d\d/

const objectCharactersMax = 1000

/**
 * What the name of a file says of what is in it: the cluster of a log of Redshift, and the key of what
 * AWS wrote below `AWSLogs/`. A folder of this machine above that is nobody's business.
 *
 * @see aws-events.md sections 2.1 and 7.14
 */
export function contextOfFile(path: string): Context {
  const parts = path.split(/[\\/]/)
  const [, account, region, cluster] = auditLog.exec(parts.at(-1) ?? '') ?? []
  const top = parts.lastIndexOf('AWSLogs')
  const object = top === -1 ? '' : parts.slice(top).join('/')
  return {
    ...(account === undefined || region === undefined || cluster === undefined
      ? {}
      : { account, region, cluster }),
    ...(object === '' || object.length > objectCharactersMax ? {} : { object }),
  }
}
