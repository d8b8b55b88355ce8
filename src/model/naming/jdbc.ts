import type { Uri } from './uri.ts'
import { looksLikeQuery, splitAuthority } from './uri.ts'

/**
 * Reads what follows `oracle:` in any of its forms: `//host:1521/service`, and with or without
 * `thin:` and a user in front `@host:1521:sid`, `@//host:1521/service` and a connect descriptor.
 * The service or SID becomes the path. Undefined when it is no locator.
 */
export function oracleUri(rest: string): Uri | undefined {
  if (!/^(?:\/|@|\(|(?:thin|oci8?):)/i.test(rest)) return undefined
  const target = withoutOracleUser(rest.replace(/^(?:thin|oci8?):/i, '').replace(/^\/{1,2}/, ''))
  const located = target.replace(/^(?:(?:tcps?|ldaps?):)?\/{0,2}/i, '')
  if (located.startsWith('(')) return uriOfDescriptor(located)
  const uri = splitAuthority('oracle', located, 'any')
  const [, endpoint, sid] = /^([^:[\]]*:\d+):([^:]+)$/.exec(uri.authority) ?? []
  if (endpoint !== undefined) return { ...uri, authority: endpoint, path: `/${sid}` }
  // `/service:dedicated` names the kind of server too.
  return { ...uri, path: uri.path.replace(/:.*$/s, '') }
}

/** Oracle writes a user as `name/password@`, so a slash before the `@` ends nothing. */
function withoutOracleUser(text: string): string {
  const at = text.lastIndexOf('@')
  if (!looksLikeQuery.test(text.slice(0, at))) return text.slice(at + 1)
  const query = text.search(/[?;&]/)
  return text.slice(text.slice(0, query).lastIndexOf('@') + 1)
}

const descriptorHost = /\(\s*HOST\s*=\s*([^()\s]*)\s*\)(?:\s*\(\s*PORT\s*=\s*(\d+)\s*\))?/gi
const descriptorService = /\(\s*(?:SERVICE_NAME|SID)\s*=\s*([^()\s]*)\s*\)/i

/** `(DESCRIPTION=(ADDRESS=(HOST=h)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME=s)))` */
function uriOfDescriptor(text: string): Uri {
  const hosts = [...text.matchAll(descriptorHost)].map(([, host, port]) =>
    port === undefined ? host : `${host}:${port}`,
  )
  const [, service] = descriptorService.exec(text) ?? []
  return {
    scheme: 'oracle',
    user: '',
    authority: hosts.join(','),
    path: service === undefined ? '' : `/${service}`,
    parameters: '',
  }
}

const databaseParameter = /[;?&](?:databaseName|database)=([^;&]*)/i

/**
 * Reads what follows the scheme of a SQL Server: `//host\instance:1433;databaseName=db`. Behind the
 * slash of `sqlserver:` stands an instance, behind that of `mssql:` a database.
 */
export function sqlServerUri(scheme: string, rest: string): Uri | undefined {
  if (!rest.startsWith('/')) return undefined
  const uri = splitAuthority(scheme, rest.replace(/^\/{1,2}/, ''), 'any')
  const [, database] = databaseParameter.exec(uri.parameters) ?? []
  const path = database === undefined ? '' : `/${database}`
  if (scheme !== 'sqlserver') return { ...uri, path: path === '' ? uri.path : path }
  const [, instance] = /^\/([^/]+)/.exec(uri.path) ?? []
  const isNamed =
    instance !== undefined && !/:\d+$/.test(uri.authority) && !uri.authority.includes('\\')
  return { ...uri, authority: isNamed ? `${uri.authority}\\${instance}` : uri.authority, path }
}
