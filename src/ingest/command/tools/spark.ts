import type { Spelling } from '../../../model/index.ts'
import type { Call, Outcome } from '../call.ts'
import type { FileSystem } from '../place.ts'
import { known, moved, nothing, unresolved } from '../call.ts'
import { movementOf } from '../movement.ts'
import { readOptions } from '../options.ts'
import { hadoopFileSystem, placeOfPath } from '../place.ts'
import { shown } from '../unknown.ts'
import { sparkOptions } from './spark-options.ts'

const table = { values: new Set(sparkOptions), stops: true }

/**
 * `spark-submit [options] application arguments…`: what the application reads and writes is in its
 * code. Paths among its arguments are mentioned, and no more.
 */
export function sparkSubmit(call: Call): Outcome {
  const { operands, switches } = readOptions(call.args, table)
  const [application, ...args] = operands
  if (switches.has('version') || switches.has('help')) return nothing
  const what = application === undefined ? call.name : shown(application)
  return moved(
    movementOf(call.name, {
      mentions: placesAmong(args, hadoopFileSystem(call.defaults)),
      unresolved: [{ reason: 'PROGRAM', what }],
    }),
  )
}

/** A program of the user's own with its arguments. */
export function program(call: Call, what = call.name): Outcome {
  return moved(
    movementOf(call.name, {
      mentions: placesAmong(call.args, hadoopFileSystem(call.defaults)),
      unresolved: [{ reason: 'PROGRAM', what: shown(what) }],
    }),
  )
}

const uris = /(?:s3[an]?|hdfs|gs|abfss?|wasbs?):\/\/[^\s"'`,;|]+/g

/** The URIs of stores that stand in arguments, alone or behind a sign: `--in=s3://a/b`. */
function placesAmong(args: readonly string[], system: FileSystem): readonly Spelling[] {
  const found = args.flatMap((argument) => [...argument.matchAll(uris)].map(([uri]) => uri))
  const places = known(found.map((uri) => placeOfPath(uri, system)))
  return [...new Map(places.map((place) => [`${place.namespace}\n${place.name}`, place])).values()]
}

/** `spark-shell`, `pyspark`: what is typed there is not known. */
export function interactive(call: Call): Outcome {
  return unresolved(call.name, 'PROGRAM')
}
