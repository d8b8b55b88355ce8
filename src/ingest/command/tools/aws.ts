import type { Call, Outcome } from '../call.ts'
import type { FileSystem } from '../place.ts'
import type { Options } from '../options.ts'
import { known, moved, nothing, piped, unknownPlaces, unresolved } from '../call.ts'
import { copiesByName, movementOf } from '../movement.ts'
import { lastValue, readOptions } from '../options.ts'
import { localFileSystem, placeOfPath, wholePlaces } from '../place.ts'

const global = [
  'profile',
  'region',
  'output',
  'query',
  'endpoint-url',
  'ca-bundle',
  'cli-read-timeout',
  'cli-connect-timeout',
  'color',
]

const front = { values: new Set(global), stops: true }

const transfer = {
  values: new Set([
    ...global,
    'include',
    'exclude',
    'acl',
    'storage-class',
    'grants',
    'sse-kms-key-id',
    'sse-c-key',
    'sse-c-copy-source',
    'sse-c-copy-source-key',
    'website-redirect',
    'content-type',
    'cache-control',
    'content-disposition',
    'content-encoding',
    'content-language',
    'expires',
    'source-region',
    'page-size',
    'request-payer',
    'expected-size',
    'metadata',
    'metadata-directive',
    'copy-props',
    'checksum-mode',
    'checksum-algorithm',
  ]),
  optional: new Set(['sse', 'sse-c']),
}

/**
 * `aws s3 cp|mv|sync|rm` and the calls of `aws s3api` that carry objects. One object copied into a
 * folder keeps its name. Other services move nothing that their own events do not tell.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/s3/
 */
export function aws(call: Call): Outcome {
  const [service = '', command = '', ...args] = readOptions(call.args, front).operands
  const system = localFileSystem(call.defaults, call.directory)
  if (service === 's3api') return objectCall(command, args, system)
  if (service !== 's3') return nothing
  const options = readOptions(args, transfer)
  const tool = `aws s3 ${command}`
  switch (command) {
    case 'cp':
    case 'mv':
    case 'sync':
      return copy(tool, options, system)
    case 'rm':
      return moved(
        movementOf(tool, {
          mentions: known(options.operands.map((path) => placeOfPath(path, system))),
        }),
      )
    default:
      return nothing
  }
}

function copy(tool: string, options: Options, system: FileSystem): Outcome {
  const { operands, switches } = options
  const [from, to] = operands
  if (from === undefined || to === undefined) return unresolved(tool, 'REFUSED')
  const isWhole = tool === 'aws s3 sync' || switches.has('recursive')
  const inputs = from === '-' ? [] : [placeOfPath(from, system)]
  const target = isWhole ? to : intoFolder(from, to)
  const outputs = to === '-' ? [] : [placeOfPath(target, system)]
  const movement = movementOf(tool, {
    inputs: known(inputs),
    outputs: known(outputs),
    copies: copiesByName(known(inputs), known(outputs)),
    // A mirror keeps nothing that its source does not have, unless some of it is left out.
    replaces:
      switches.has('delete') && !options.values.has('exclude') ? wholePlaces([to], system) : [],
    unresolved: [...unknownPlaces(inputs, 'source'), ...unknownPlaces(outputs, 'target')],
  })
  return piped(movement, { reads: from === '-', prints: to === '-' })
}

/** The object that a single one becomes in a folder: `cp s3://a/x.csv s3://b/in/`. */
function intoFolder(from: string, to: string): string {
  const isFolder = to.endsWith('/') || /^s3:\/\/[^/]+$/.test(to) || /^\.{1,2}$/.test(to)
  const name = from.slice(from.lastIndexOf('/') + 1)
  return isFolder && name !== '' ? `${to.replace(/\/?$/, '/')}${name}` : to
}

const objectCalls = {
  values: new Set([
    ...global,
    'bucket',
    'key',
    'copy-source',
    'body',
    'content-type',
    'server-side-encryption',
    'ssekms-key-id',
    'metadata',
    'tagging',
    'acl',
    'storage-class',
    'version-id',
    'range',
    'metadata-directive',
    'tagging-directive',
  ]),
}

function objectCall(command: string, args: readonly string[], system: FileSystem): Outcome {
  const options = readOptions(args, objectCalls)
  const object = `s3://${lastValue(options, 'bucket') ?? ''}/${lastValue(options, 'key') ?? ''}`
  const source = lastValue(options, 'copy-source')
  const body = lastValue(options, 'body')
  const [file] = options.operands
  switch (command) {
    case 'copy-object':
      return oneCopy(`aws s3api ${command}`, s3Source(source ?? ''), object, system)
    case 'put-object':
      return oneCopy(`aws s3api ${command}`, body ?? '', object, system)
    case 'get-object':
      return oneCopy(`aws s3api ${command}`, object, file ?? '', system)
    default:
      return nothing
  }
}

/** `bucket/key`, percent-encoded, with a version behind it. */
function s3Source(source: string): string {
  const [path = ''] = source.replace(/^\//, '').split('?versionId=')
  try {
    return `s3://${decodeURIComponent(path)}`
  } catch {
    return `s3://${path}`
  }
}

function oneCopy(tool: string, from: string, to: string, system: FileSystem): Outcome {
  const inputs = [placeOfPath(from, system)]
  const outputs = [placeOfPath(to, system)]
  return moved(
    movementOf(tool, {
      inputs: known(inputs),
      outputs: known(outputs),
      copies: copiesByName(known(inputs), known(outputs)),
      unresolved: [...unknownPlaces(inputs, 'source'), ...unknownPlaces(outputs, 'target')],
    }),
  )
}
