import type { Call, Outcome } from '../call.ts'
import { known, moved, nothing, unknownPlaces, unresolved } from '../call.ts'
import { movementOf } from '../movement.ts'
import { genericArguments, readOptions } from '../options.ts'
import { hadoopFileSystem, placeOfPath } from '../place.ts'
import { sqoop } from '../sqoop/sqoop.ts'
import { distcp } from './distcp.ts'
import { fileSystemShell } from './hdfs.ts'
import { s3DistCp } from './s3-dist-cp.ts'
import { program, sparkSubmit } from './spark.ts'

/** `hadoop fs|dfs|distcp|jar …`; its other commands administer. `yarn jar` and `mapred` are as it. */
export function hadoop(call: Call): Outcome {
  const [command = '', ...args] = genericBehind(call.args)
  switch (command) {
    case 'fs':
    case 'dfs':
      return fileSystemShell({ ...call, args })
    case 'distcp':
    case 'distcp2':
      return distcp({ ...call, args })
    case 'jar':
      return jar({ ...call, args })
    case 'streaming':
      return streaming({ ...call, args })
    default:
      return nothing
  }
}

/** `hadoop --config dir fs …` */
function genericBehind(args: readonly string[]): readonly string[] {
  return args[0] === '--config' ? args.slice(2) : args
}

type Jar = (call: Call) => Outcome

/** Jars that are known by their name; a class may stand behind it. */
const jars: readonly (readonly [name: RegExp, jar: Jar])[] = [
  [/^command-runner(?:-[\d.]+)?\.jar$/, commandRunner],
  [/^script-runner(?:-[\d.]+)?\.jar$/, scriptRunner],
  [/^(?:emr-)?s3-?dist-?cp.*\.jar$/i, s3DistCp],
  [/^hadoop-streaming.*\.jar$/, streaming],
  [/^hadoop-distcp.*\.jar$/, (call) => distcp(withoutClass(call))],
  [/^sqoop.*\.jar$/, (call) => sqoop(withoutClass(call))],
  [/^hadoop-mapreduce-examples.*\.jar$/, () => nothing],
]

const classes: ReadonlyMap<string, Jar> = new Map<string, Jar>([
  ['org.apache.sqoop.Sqoop', sqoop],
  ['com.cloudera.sqoop.Sqoop', sqoop],
  ['org.apache.hadoop.tools.DistCp', distcp],
  ['org.apache.hadoop.streaming.HadoopStreaming', streaming],
  ['org.apache.spark.deploy.SparkSubmit', sparkSubmit],
])

/**
 * `hadoop jar <jar> [class] arguments…`, which is also what a step of EMR runs: `command-runner.jar`
 * runs a command, `script-runner.jar` a script; others are programs of their own.
 *
 * @see aws-events.md section 7.11; https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-commandrunner.html
 */
function jar(call: Call): Outcome {
  const [path = '', ...args] = call.args
  const inner = { ...call, args }
  const name = path.slice(path.lastIndexOf('/') + 1)
  const byClass = classes.get(args[0] ?? '')
  if (byClass !== undefined) return byClass({ ...inner, args: args.slice(1) })
  const [, byName] = jars.find(([form]) => form.test(name)) ?? []
  return byName === undefined ? program({ ...inner, name: 'hadoop jar' }, path) : byName(inner)
}

function withoutClass(call: Call): Call {
  const [first = ''] = call.args
  return /^[a-z]\w*(?:\.\w+)+$/.test(first) ? { ...call, args: call.args.slice(1) } : call
}

/** `command-runner.jar command arguments…`; a script's URI alone is run as a script. */
export function commandRunner(call: Call): Outcome {
  const [command = '', ...args] = call.args
  if (command === '') return unresolved('command-runner.jar', 'VALUE', 'the command')
  return /^s3[an]?:\/\//.test(command) ? scriptRunner(call) : call.run([command, ...args])
}

/** `script-runner.jar s3://…/x.sh arguments…` */
export function scriptRunner(call: Call): Outcome {
  const [script = '', ...args] = call.args
  return call.run(['bash', script, ...args])
}

const streamingTable = {
  values: new Set([
    'input',
    'output',
    'mapper',
    'combiner',
    'reducer',
    'file',
    'inputformat',
    'outputformat',
    'partitioner',
    'numReduceTasks',
    'inputreader',
    'cmdenv',
    'mapdebug',
    'reducedebug',
    'io',
    'jobconf',
    'cacheFile',
    'cacheArchive',
  ]),
}

/** `hadoop-streaming -input a -input b,c -output d`: its columns are what its programs make of them. */
export function streaming(call: Call): Outcome {
  const { settings, rest } = genericArguments(call.args)
  const { values } = readOptions(rest, streamingTable)
  const system = hadoopFileSystem(call.defaults, settings)
  const inputs = (values.get('input') ?? [])
    .flatMap((list) => list.split(','))
    .map((path) => placeOfPath(path, system))
  const outputs = (values.get('output') ?? []).map((path) => placeOfPath(path, system))
  return moved(
    movementOf('hadoop-streaming', {
      inputs: known(inputs),
      outputs: known(outputs),
      unresolved: [...unknownPlaces(inputs, '-input'), ...unknownPlaces(outputs, '-output')],
    }),
  )
}
