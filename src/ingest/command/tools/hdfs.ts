import type { Spelling } from '../../../model/index.ts'
import type { Call, Outcome } from '../call.ts'
import type { FileSystem } from '../place.ts'
import { known, moved, nothing, piped, unknownPlaces, unresolved } from '../call.ts'
import { copiesByName, movementOf } from '../movement.ts'
import { genericArguments, readOptions } from '../options.ts'
import { hadoopFileSystem, localFileSystem, placeOfPath } from '../place.ts'
import { distcp } from './distcp.ts'

/** On which file system the sources and the target of a copy lie. */
type Way = Readonly<{ from: 'hadoop' | 'local'; to: 'hadoop' | 'local' }>

const copies: ReadonlyMap<string, Way> = new Map([
  ['cp', { from: 'hadoop', to: 'hadoop' }],
  ['mv', { from: 'hadoop', to: 'hadoop' }],
  ['put', { from: 'local', to: 'hadoop' }],
  ['copyFromLocal', { from: 'local', to: 'hadoop' }],
  ['moveFromLocal', { from: 'local', to: 'hadoop' }],
  ['appendToFile', { from: 'local', to: 'hadoop' }],
  ['get', { from: 'hadoop', to: 'local' }],
  ['copyToLocal', { from: 'hadoop', to: 'local' }],
  ['moveToLocal', { from: 'hadoop', to: 'local' }],
  ['getmerge', { from: 'hadoop', to: 'local' }],
])

/** They print what is in files. */
const readers: ReadonlySet<string> = new Set(['cat', 'text', 'tail', 'head'])
/** They end what a path held. */
const removers: ReadonlySet<string> = new Set(['rm', 'rmr', 'rmdir', 'truncate', 'expunge'])

const table = { values: new Set(['t', 'q']) }

/**
 * `hdfs dfs` and `hadoop fs`: copies between HDFS, S3 and the machine, and what reads files. A path
 * without a scheme is on the cluster's file system, of a local side on the machine.
 *
 * @see https://hadoop.apache.org/docs/stable/hadoop-project-dist/hadoop-common/FileSystemShell.html
 */
export function fileSystemShell(call: Call): Outcome {
  const { settings, rest } = genericArguments(call.args)
  const [command = '', ...args] = rest
  const name = command.replace(/^-/, '')
  if (name === 'distcp') return distcp({ ...call, args })
  const systems = {
    hadoop: hadoopFileSystem(call.defaults, settings),
    local: localFileSystem(call.defaults, call.directory),
  }
  const { operands } = readOptions(args, table)
  const tool = `hadoop fs -${name}`
  if (removers.has(name)) return mention(tool, operands, systems.hadoop)
  if (readers.has(name)) {
    const inputs = operands.map((path) => placeOfPath(path, systems.hadoop))
    const parts = { inputs: known(inputs), unresolved: unknownPlaces(inputs, 'source') }
    return piped(movementOf(tool, parts), { prints: true })
  }
  const way = copies.get(name)
  if (way === undefined) return nothing
  // Where a target may be left out, the source keeps its name in the working directory or home.
  const [only = ''] = operands
  const isAlone = operands.length === 1 && way.from !== way.to
  const paths = isAlone ? [only, `./${only.slice(only.lastIndexOf('/') + 1)}`] : operands
  const target = paths.at(-1)
  if (target === undefined || paths.length < 2) return unresolved(tool, 'REFUSED')
  const sources = paths.slice(0, -1)
  const reads = way.from === 'local' && sources.includes('-')
  const prints = way.to === 'local' && target === '-'
  const inputs = sources
    .filter((source) => source !== '-')
    .map((source) => placeOfPath(source, systems[way.from]))
  const outputs = prints ? [] : [placeOfPath(target, systems[way.to])]
  const movement = movementOf(tool, {
    inputs: known(inputs),
    outputs: known(outputs),
    copies: copiesByName(known(inputs), known(outputs)),
    unresolved: [...unknownPlaces(inputs, 'source'), ...unknownPlaces(outputs, 'target')],
  })
  return piped(movement, { reads, prints })
}

function mention(tool: string, paths: readonly string[], system: FileSystem): Outcome {
  const mentions: readonly Spelling[] = known(paths.map((path) => placeOfPath(path, system)))
  return moved(movementOf(tool, { mentions }))
}

/** `hdfs dfs …`; its other commands administer. */
export function hdfs(call: Call): Outcome {
  const [command = '', ...args] = call.args
  return command === 'dfs' ? fileSystemShell({ ...call, args }) : nothing
}
