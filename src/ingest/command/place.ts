import type { Spelling } from '../../model/index.ts'
import type { Defaults } from './defaults.ts'
import { canonicalNames } from '../../model/index.ts'
import { isUnknown, knownFolder } from './unknown.ts'

/** Where paths without a scheme lie. */
export type FileSystem = Readonly<{
  /** The namespace of absolute paths; undefined when it is unknown. */
  namespace: string | undefined
  /** What relative paths begin at; undefined when it is unknown. */
  home: string | undefined
}>

const uri = /^([a-z][a-z0-9+.-]*):(\/{0,2})(.*)$/is

/**
 * The dataset that a path or URI names, by the file system that paths without a scheme lie on. A path
 * with something unknown in it ends at the folder before that. Undefined when its place is unknown.
 *
 * @see naming.md, S3 prefix and HDFS
 */
export function placeOfPath(text: string, system: FileSystem): Spelling | undefined {
  const path = knownFolder(text.trim())
  if (path === undefined || path === '') return undefined
  const [, scheme = '', slashes = '', rest = ''] = uri.exec(path) ?? []
  // `C:\x` and `name:part` are no URIs of stores.
  if (scheme.length < 2 || slashes === '') return placeInSystem(path, system)
  const isObjects = objectSchemes.has(scheme.toLowerCase())
  if (isObjects && slashes !== '//') return undefined
  if (slashes === '/' || rest.startsWith('/')) return withoutAuthority(scheme, `/${rest}`, system)
  const end = rest.indexOf('/')
  const authority = end === -1 ? rest : rest.slice(0, end)
  const name = end === -1 ? '/' : rest.slice(end)
  if (isObjects && authority.startsWith('arn:')) return accessPoint(rest)
  if (isUnknown(authority) || authority === '') return undefined
  if (!isObjects) return { namespace: `${scheme.toLowerCase()}://${authority}`, name }
  return { namespace: `${scheme.toLowerCase()}://${authority}`, name: keyOf(name) }
}

const objectSchemes: ReadonlySet<string> = new Set([
  's3',
  's3a',
  's3n',
  'gs',
  'abfs',
  'abfss',
  'wasb',
  'wasbs',
  'adl',
  'oss',
])

function keyOf(path: string): string {
  return path.replace(/^\/+/, '') || '/'
}

/** `hdfs:///x` is on the file system of the cluster, `file:///x` on the machine. */
function withoutAuthority(
  scheme: string,
  path: string,
  { namespace }: FileSystem,
): Spelling | undefined {
  const name = path.replace(/^\/+/, '/')
  switch (scheme.toLowerCase()) {
    case 'file':
      return { namespace: 'file', name }
    case 'hdfs':
      return namespace === undefined || !namespace.startsWith('hdfs')
        ? { namespace: 'hdfs', name }
        : { namespace, name }
    default:
      return undefined
  }
}

/** `s3://arn:aws:s3:{r}:{a}:accesspoint/{name}/{key}` */
function accessPoint(rest: string): Spelling | undefined {
  const [, namespace, name] = /^(arn:[^:]+:s3:[^:]*:[^:]*):(accesspoint[/:].+)$/s.exec(rest) ?? []
  return namespace === undefined || name === undefined ? undefined : { namespace, name }
}

function placeInSystem(path: string, { namespace, home }: FileSystem): Spelling | undefined {
  if (namespace === undefined) return undefined
  if (path.startsWith('~')) return undefined
  if (!path.startsWith('/') && home === undefined) return undefined
  const absolute = path.startsWith('/') ? path : `${home}/${path}`
  const name = settled(absolute)
  return /^(?:s3[an]?|gs|abfss?|wasbs?):/i.test(namespace)
    ? { namespace, name: keyOf(name) }
    : { namespace, name }
}

/** The path without `.` and `..`. */
function settled(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '.' && segment !== '') segments.push(segment)
  }
  return `/${segments.join('/')}`
}

/**
 * Those of the paths' places that a command replaces whole which replaces what is at the path: not
 * where a part of the path is unknown, a pattern, or only a partition of its dataset.
 */
export function wholePlaces(paths: readonly string[], system: FileSystem): readonly Spelling[] {
  return paths.flatMap((path) => {
    const place = isUnknown(path) ? undefined : placeOfPath(path, system)
    if (place === undefined) return []
    const [only, ...others] = canonicalNames(place.namespace, place.name)
    const isWhole = others.length === 0 && only?.partition === undefined && only?.pattern === false
    return isWhole ? [place] : []
  })
}

/** The file system of Hadoop's commands: the cluster's, or what `fs.defaultFS` says. */
export function hadoopFileSystem(
  { hdfs, user }: Defaults,
  settings: ReadonlyMap<string, string> = new Map(),
): FileSystem {
  const given = settings.get('fs.defaultFS') ?? settings.get('fs.default.name')
  const named = given === undefined ? hdfs : given.replace(/\/+$/, '')
  const namespace = named === undefined || isUnknown(named) ? undefined : named
  return { namespace, home: `/user/${user ?? 'hadoop'}` }
}

/** The machine's own files; `directory` is where it is at. */
export function localFileSystem({ local }: Defaults, directory: string | undefined): FileSystem {
  const home = directory === undefined || isUnknown(directory) ? undefined : directory
  return { namespace: local ?? 'file', home }
}
