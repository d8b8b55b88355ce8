import type { Call, Outcome } from '../call.ts'
import { known, moved, unknownPlaces, unresolved } from '../call.ts'
import { copiesByName, movementOf } from '../movement.ts'
import { genericArguments, lastValue, readOptions } from '../options.ts'
import { hadoopFileSystem, placeOfPath, wholePlaces } from '../place.ts'

const table = {
  values: new Set([
    'm',
    'f',
    'filters',
    'bandwidth',
    'log',
    'strategy',
    'tmp',
    'numListstatusThreads',
    'blocksperchunk',
    'copybuffersize',
    'mapredSslConf',
    'sizelimit',
    'filelimit',
    'xtrack',
  ]),
}

/**
 * `hadoop distcp [options] source… target`: the last path is the target. With `-f` the sources are in
 * a file. Only `-delete` makes the target what the sources are; `-overwrite` leaves what else was there.
 *
 * @see https://hadoop.apache.org/docs/stable/hadoop-distcp/DistCp.html
 */
export function distcp({ args, defaults, texts }: Call): Outcome {
  const { settings, rest } = genericArguments(args)
  const options = readOptions(withoutSnapshots(rest), table)
  const system = hadoopFileSystem(defaults, settings)
  const list = lastValue(options, 'f')
  const listed = list === undefined ? undefined : texts.get(list)
  const target = options.operands.at(-1)
  const sources = [
    ...options.operands.slice(0, -1),
    ...(listed ?? '').split('\n').filter((line) => line.trim() !== ''),
  ]
  const isLacking = target === undefined || (sources.length === 0 && list === undefined)
  if (isLacking) return unresolved('distcp', 'REFUSED')
  const inputs = sources.map((source) => placeOfPath(source, system))
  const outputs = [placeOfPath(target, system)]
  return moved(
    movementOf('distcp', {
      inputs: known(inputs),
      outputs: known(outputs),
      copies: copiesByName(known(inputs), known(outputs)),
      replaces: options.switches.has('delete') ? wholePlaces([target], system) : [],
      unresolved: [
        ...unknownPlaces(inputs, 'source'),
        ...unknownPlaces(outputs, 'target'),
        ...(list !== undefined && listed === undefined
          ? [{ reason: 'OPTIONS_FILE', what: '-f' } as const]
          : []),
      ],
    }),
  )
}

/** `-diff` and `-rdiff` name two snapshots. */
function withoutSnapshots(args: readonly string[]): readonly string[] {
  const at = args.findIndex((argument) => /^--?r?diff$/.test(argument))
  return at === -1 ? args : [...args.slice(0, at), ...args.slice(at + 3)]
}
