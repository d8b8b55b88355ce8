import type { Arn } from './arn.ts'
import type { Family } from './families.ts'
import type { Uri } from './uri.ts'
import { namespaceOfArn, readArn } from './arn.ts'
import { endpointOf } from './endpoints.ts'
import { familyOf, synapse } from './families.ts'
import { oracleUri, sqlServerUri } from './jdbc.ts'
import { segmentsOf, splitAuthority } from './uri.ts'

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

/**
 * Reads the namespace of a dataset. What comes out holds no user, password or query, whatever went
 * in. Never throws.
 *
 * @see openlineage.md section 5 and naming.md
 */
export function readNamespace(text: string): Space {
  const known = memory.get(text)
  if (known !== undefined) return known
  const space = spaceOf(text.replace(/^(?:jdbc:)+/i, ''), /^jdbc:/i.test(text))
  if (text.length <= rememberedLength) {
    if (memory.size >= rememberedCount) memory.clear()
    memory.set(text, space)
  }
  return space
}

// There are few namespaces and many names, so each is taken apart once. What is remembered is a pure
// function of the text, and forgetting it changes nothing.
const memory = new Map<string, Space>()
const rememberedCount = 10_000
const rememberedLength = 500

/** Namespaces that are a locator in one word. */
const words: ReadonlyMap<string, string> = new Map([
  ['file', 'file:'],
  ['file.localhost', 'file:'],
  ['dbfs', 'dbfs:'],
  ['hdfs', 'hdfs:'],
  ['bigquery', 'bigquery:'],
])

function spaceOf(text: string, jdbc: boolean): Space {
  const arn = readArn(text)
  if (arn !== undefined) return spaceOfArn(arn, text)
  const uri = readUri(words.get(text.toLowerCase()) ?? text, jdbc)
  if (uri !== undefined) return spaceOfUri(uri)
  const harmless = withoutSecrets(text)
  return harmless === text
    ? { kind: 'plain', namespace: text, family: undefined, bare: true }
    : readNamespace(harmless)
}

/** What is no locator may still begin with a user and a password, and end in parameters. */
function withoutSecrets(text: string): string {
  return text.replace(/^\/*[^\s/@:]+:\S*@/, '').replace(/[?;][^\s=?;]+=.*$/s, '')
}

function spaceOfArn(arn: Arn, text: string): Space {
  if (arn.service === 's3' && arn.account === '' && arn.resource !== '') {
    return readNamespace(`s3://${arn.resource}`)
  }
  return arn.resource === ''
    ? { kind: 'aws', namespace: namespaceOfArn(arn), arn }
    : { kind: 'plain', namespace: text, family: undefined, bare: true }
}

/** The locator that a text is, or undefined for mere words. */
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

function spaceOfUri(uri: Uri): Space {
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
    authority === '' && words.has(family.scheme) ? family.scheme : `${family.scheme}://${authority}`
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
  if (bucket !== undefined) return readNamespace(`s3://${bucket}${uri.path}`)
  const path = segmentsOf(uri.path)
  return { kind: 'web', namespace: [`${family.scheme}://${endpoint}`, ...path].join('/'), family }
}
