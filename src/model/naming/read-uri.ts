import type { Uri } from './uri.ts'
import { familyOf } from './families.ts'
import { oracleUri, sqlServerUri } from './jdbc.ts'
import { splitAuthority } from './uri.ts'

/**
 * The locator that a text is, or undefined for mere words. `jdbc` says that the text stood behind
 * `jdbc:`, where driver words may surround the scheme.
 */
export function readUri(text: string, jdbc: boolean): Uri | undefined {
  const head = (jdbc ? headOfDriver(text) : undefined) ?? headOfScheme(text)
  if (head === undefined) return undefined
  const { scheme, rest } = head
  const family = familyOf(scheme)
  const hasAuthority = rest.startsWith('//')
  switch (family?.store) {
    case undefined:
    case 'web':
    case 'other':
      return hasAuthority ? splitAuthority(scheme, rest.slice(2), 'any') : undefined
    case 'objects':
    case 'files':
      if (!hasAuthority && rest !== '' && !rest.startsWith('/')) return undefined
      return splitAuthority(scheme, hasAuthority ? rest.slice(2) : rest, 'after-colon')
    case 'tables':
    case 'server':
      if (family.scheme === 'oracle') return oracleUri(rest)
      if (family.scheme === 'mssql') return sqlServerUri(scheme, rest)
      // A single slash is a slip of Airflow's: `postgres:/host:5432`.
      return rest === '' || rest.startsWith('/')
        ? splitAuthority(scheme, rest.replace(/^\/{1,2}/, ''), 'any')
        : undefined
  }
}

type Head = Readonly<{ scheme: string; rest: string }>

function headOfScheme(text: string): Head | undefined {
  const [head] = /^[a-z][a-z0-9+.-]*:/i.exec(text) ?? []
  if (head === undefined) return undefined
  return { scheme: head.slice(0, -1).toLowerCase(), rest: text.slice(head.length) }
}

/** JDBC puts driver words around the scheme: `aws-wrapper:postgresql://`, `redshift:iam://`. */
function headOfDriver(text: string): Head | undefined {
  const [head] = /^(?:[a-z][a-z0-9+.-]*:){2,5}(?=\/\/)/i.exec(text) ?? []
  const scheme = head
    ?.toLowerCase()
    .split(':')
    .find((word) => familyOf(word) !== undefined)
  if (head === undefined || scheme === undefined) return undefined
  return { scheme, rest: text.slice(head.length) }
}
