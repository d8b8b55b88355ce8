import type { Arn } from './arn.ts'
import type { Family } from './families.ts'
import type { Uri } from './uri.ts'
import { endpointOf } from './endpoints.ts'
import { familyOf, synapse } from './families.ts'
import { segmentsOf } from './uri.ts'

/**
 * A namespace as far as its text tells: its canonical spelling, and what kind of names it holds.
 *
 * - `location`: an object store or file system; names are paths.
 * - `warehouse`: a location with a path of its own, `path` at `root`; names are tables.
 * - `tables`: a server with tables; `path` is the database that the namespace itself names, if any.
 * - `aws`: what an ARN without its resource leads to.
 * - `web`: a host; names are paths of a URL.
 * - `plain`: anything else; names are what they are. `bare` means that it is no locator.
 */
export type Space = Readonly<{ namespace: string }> &
  Readonly<
    | { kind: 'location'; family: Family; authority: string }
    | { kind: 'warehouse'; root: string; path: string }
    | { kind: 'tables'; family: Family; path: readonly string[] }
    | { kind: 'aws'; arn: Arn }
    | { kind: 'web'; family: Family }
    | { kind: 'plain'; family: Family | undefined; bare: boolean }
  >

/** Location schemes that are a namespace in one word, for want of a host. */
const wordSchemes: ReadonlySet<string> = new Set(['file', 'dbfs', 'hdfs'])

/** What kind of names the namespace holds that a locator is. */
export function spaceOfUri(uri: Uri): Space {
  const family = familyOf(uri.scheme)
  switch (family?.store) {
    case 'objects':
    case 'files':
      return spaceOfLocation(family, uri)
    case 'tables':
      return spaceOfTables(family, uri)
    case 'web':
      return spaceOfWeb(family, uri)
    case 'server':
      return plainSpace(family, `${family.scheme}://${endpointOf(family, uri.authority)}`, uri.path)
    case 'other':
    case undefined:
      return plainSpace(
        family,
        `${uri.scheme.toLowerCase()}://${uri.authority.toLowerCase()}`,
        uri.path,
      )
  }
}

function plainSpace(family: Family | undefined, server: string, path: string): Space {
  return { kind: 'plain', namespace: server + path.replace(/\/+$/, ''), family, bare: false }
}

function spaceOfLocation(family: Family, uri: Uri): Space {
  const authority = authorityOfLocation(family, uri)
  const path = segmentsOf(uri.path).join('/')
  const root =
    authority === '' && wordSchemes.has(family.scheme)
      ? family.scheme
      : `${family.scheme}://${authority}`
  if (path === '') return { kind: 'location', namespace: root, family, authority }
  const namespace = authority === '' ? `${family.scheme}:/${path}` : `${root}/${path}`
  return { kind: 'warehouse', namespace, root, path: family.store === 'files' ? `/${path}` : path }
}

const thisMachine: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

function authorityOfLocation(family: Family, { authority, user }: Uri): string {
  // The case of a bucket's name belongs to it.
  if (family.scheme === 'abfss' || family.scheme === 'wasbs') {
    return user === '' ? authority.toLowerCase() : `${user}@${authority.toLowerCase()}`
  }
  if (family.store === 'objects') return authority
  const endpoint = endpointOf(family, authority)
  return family.scheme === 'file' && thisMachine.has(endpoint) ? '' : endpoint
}

const awsRegion = /[;?&](?:AwsRegion|region)=([a-z0-9-]+)/i

function spaceOfTables(family: Family, uri: Uri): Space {
  const path = segmentsOf(uri.path)
  if (family.scheme === 'bigquery')
    return { kind: 'tables', namespace: 'bigquery', family, path: [] }
  if (family.scheme === 'awsathena') {
    // JDBC has the region among the parameters, and no host.
    const [, region] = awsRegion.exec(`;${uri.authority}${uri.parameters}`) ?? []
    const host = region === undefined ? uri.authority : `athena.${region}.amazonaws.com`
    const namespace = `awsathena://${endpointOf(family, host)}`
    return { kind: 'tables', namespace, family, path: [] }
  }
  const endpoint = endpointOf(family, uri.authority)
  const isSynapse = family.scheme === 'mssql' && /\.azuresynapse\.net(?::\d+)?$/.test(endpoint)
  const actual = isSynapse ? synapse : family
  const namespace = `${actual.scheme}://${endpoint}`
  return actual.parts === undefined
    ? { kind: 'tables', namespace: [namespace, ...path].join('/'), family, path: [] }
    : { kind: 'tables', namespace, family: actual, path }
}

const s3Host = /^(.+)\.s3(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$/

function spaceOfWeb(family: Family, uri: Uri): Space {
  const endpoint = endpointOf(family, uri.authority)
  const [, bucket] = s3Host.exec(endpoint) ?? []
  if (bucket !== undefined) return spaceOfUri({ ...uri, scheme: 's3', authority: bucket })
  const path = segmentsOf(uri.path)
  return { kind: 'web', namespace: [`${family.scheme}://${endpoint}`, ...path].join('/'), family }
}
