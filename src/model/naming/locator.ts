import type { Family } from './families.ts'
import type { Space } from './space.ts'
import { familyOf } from './families.ts'
import { splitAuthority } from './uri.ts'

/** Where a name that is a whole locator leads to: its namespace, and what is left as its name. */
export type Located = Readonly<{ namespace: string; name: string }>

/**
 * Spark and Flink at times report `file` or a mere word as namespace and the whole URI as name. Then
 * the URI is right. Undefined when the name is none, or its namespace is another store, in which
 * such a name is odd and still the name.
 */
export function locatorIn(space: Space, name: string): Located | undefined {
  if (name.length > locatorLengthMax) return undefined
  const [head, scheme = '', slashes = ''] = /^([a-z][a-z0-9+.-]*):(\/{1,2})/i.exec(name) ?? []
  const family = familyOf(scheme)
  if (head === undefined || family === undefined || !mayLead(space, family)) return undefined
  // One slash means no host: `file:/tmp`, `hdfs:/user`, `dbfs:/mnt`. A bucket must stand behind two.
  if (slashes === '/' && family.store !== 'files' && family.scheme !== 'dbfs') return undefined
  const userEnd = family.store === 'objects' ? 'after-colon' : 'after-bad-port'
  const uri = splitAuthority(
    scheme,
    name.slice(slashes === '/' ? head.length - 1 : head.length),
    userEnd,
  )
  const rest = family.store === 'web' ? uri.path : uri.path + uri.parameters
  if (uri.authority === '') {
    const isSame = space.kind === 'location' && space.family === family
    return { namespace: isSame ? space.namespace : `${family.scheme}:`, name: rest }
  }
  const user = uri.user === '' ? '' : `${uri.user}@`
  return { namespace: `${scheme}://${user}${uri.authority}`, name: rest }
}

/** No store has longer paths; and a locator in a locator in a locator must not cost its square. */
const locatorLengthMax = 8_192

/** Whether a URI of the family may stand as a name in the namespace. */
function mayLead(space: Space, family: Family): boolean {
  const isLocation = family.store === 'objects' || family.store === 'files'
  switch (space.kind) {
    case 'plain':
      return space.bare && (isLocation || family.store === 'web')
    case 'location':
      return isLocation && (space.family === family || space.family.scheme === 'file')
    case 'web':
      return family.store === 'web'
    case 'warehouse':
    case 'tables':
    case 'aws':
      return false
  }
}
