import type { Call, Outcome } from '../call.ts'
import { known, moved, unknownPlaces, unresolved } from '../call.ts'
import { copiesByName, movementOf } from '../movement.ts'
import { genericArguments, lastValue, readOptions } from '../options.ts'
import { hadoopFileSystem, placeOfPath } from '../place.ts'

const table = {
  values: new Set([
    'src',
    'dest',
    'srcPattern',
    'groupBy',
    'targetSize',
    's3Endpoint',
    'outputCodec',
    'outputManifest',
    'previousManifest',
    'requirePreviousManifest',
    'srcPrefixesFile',
    'multipartUploadChunkSize',
    'startingIndex',
    'storageClass',
    'tmpDir',
    'encryptionKey',
    'kmsKeyId',
    'endpoint',
    'jobName',
    'dirMode',
  ]),
}

/**
 * `s3-dist-cp --src x --dest y`, between S3 and HDFS in any direction. Patterns choose and join files
 * and change no column.
 *
 * @see https://docs.aws.amazon.com/emr/latest/ReleaseGuide/UsingEMR_s3distcp.html
 */
export function s3DistCp({ args, defaults }: Call): Outcome {
  const { settings, rest } = genericArguments(args)
  const options = readOptions(rest, table)
  const system = hadoopFileSystem(defaults, settings)
  const from = lastValue(options, 'src')
  const to = lastValue(options, 'dest')
  if (options.switches.has('help')) return moved()
  if (from === undefined || to === undefined) return unresolved('s3-dist-cp', 'REFUSED')
  const inputs = [placeOfPath(from, system)]
  const outputs = [placeOfPath(to, system)]
  return moved(
    movementOf('s3-dist-cp', {
      inputs: known(inputs),
      outputs: known(outputs),
      copies: copiesByName(known(inputs), known(outputs)),
      unresolved: [...unknownPlaces(inputs, '--src'), ...unknownPlaces(outputs, '--dest')],
    }),
  )
}
