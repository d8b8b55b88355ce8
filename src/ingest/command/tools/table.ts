import type { Call, Outcome, Tool } from '../call.ts'
import { filter, known, moved, nothing, piped, unresolved } from '../call.ts'
import { copiesByName, movementOf } from '../movement.ts'
import { readOptions } from '../options.ts'
import { localFileSystem, placeOfPath } from '../place.ts'
import { sqoop } from '../sqoop/sqoop.ts'
import { aws } from './aws.ts'
import { databaseClient } from './database-client.ts'
import { distcp } from './distcp.ts'
import { commandRunner, hadoop, scriptRunner, streaming } from './hadoop.ts'
import { hdfs } from './hdfs.ts'
import { pig, pigScript } from './pig.ts'
import { s3DistCp } from './s3-dist-cp.ts'
import { interactive, program, sparkSubmit } from './spark.ts'
import { hiveScript, sqlRunner } from './sql-runner.ts'
import { trino } from './trino.ts'
import { scriptCall, wrappers } from './wrappers.ts'

const words = (text: string): readonly string[] => text.split(/\s+/)

/** They move no data that anybody would look for: they look, wait, administer, or print. */
const harmless = words(
  `: [ [[ true false test exit return break continue wait sleep date mkdir rmdir touch chmod chown
  chgrp ls pwd hostname whoami id uname trap kill ps pkill pgrep df du free which type hash ulimit
  umask alias unalias printf seq expr basename dirname realpath readlink rm yum apt-get apt dnf pip
  pip3 kinit klist kdestroy systemctl service logger mail mailx sendmail tput clear ping nslookup dig
  jobs fg bg disown bc stat file md5sum sha256sum cmp diff find yes state-pusher-script spark-example
  yarn-admin hadoop-daemon.sh history shopt times caller compgen complete bind enable ln mktemp nc
  telnet git`,
)

/** What comes in goes out, changed or in part. */
const filters = words(
  `grep egrep fgrep sed awk gawk tr cut sort uniq tee head tail wc column paste rev fold nl gzip
  gunzip zcat bzip2 bunzip2 bzcat xz unxz lzop lz4 zstd pigz base64 iconv dos2unix unix2dos jq xmllint
  openssl gpg pv split tac less more`,
)

/** By the name of the command, without its folder. */
const tools: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  ...harmless.map((name) => [name, () => nothing] as const),
  ...filters.map((name) => [name, ({ name: own }: Call) => filter(own)] as const),
  ...wrappers,
  ['sqoop', sqoop],
  ['sqoop1', sqoop],
  ...words(
    `import export import-all-tables import-mainframe job merge eval codegen create-hive-table
    list-databases list-tables metastore help version`,
  ).map((tool) => [`sqoop-${tool}`, sqoopTool(tool)] as const),
  ['s3-dist-cp', s3DistCp],
  ['s3distcp', s3DistCp],
  ['distcp', distcp],
  ['hadoop', hadoop],
  ['yarn', hadoop],
  ['mapred', hadoop],
  ['hdfs', hdfs],
  ['hadoop-streaming', streaming],
  ['aws', aws],
  ...['hive', 'beeline', 'spark-sql', 'impala-shell'].map((name) => [name, sqlRunner] as const),
  ...['trino', 'trino-cli', 'presto', 'presto-cli'].map((name) => [name, trino] as const),
  ['psql', databaseClient],
  ['mysql', databaseClient],
  ['hive-script', hiveScript],
  ['pig', pig],
  ['pig-script', pigScript],
  ...['spark-submit', 'spark2-submit', 'spark3-submit'].map((name) => [name, sparkSubmit] as const),
  ...['spark-shell', 'pyspark', 'sparkR'].map((name) => [name, interactive] as const),
  ['command-runner.jar', commandRunner],
  ['script-runner.jar', scriptRunner],
  ...['cp', 'mv'].map((name) => [name, localCopy] as const),
  ['cat', concatenate],
  ...['python', 'python2', 'python3', 'java', 'Rscript', 'perl', 'ruby', 'node', 'scala'].map(
    (name) => [name, interpreter] as const,
  ),
])

function sqoopTool(tool: string): Tool {
  return (call) => sqoop({ ...call, name: 'sqoop', args: [tool, ...call.args] })
}

/** Finds what a command moves; one that is not known is unresolved, and may be part of a pipe. */
export function dispatch(call: Call): Outcome {
  const name = call.name.slice(call.name.lastIndexOf('/') + 1)
  const tool = tools.get(name)
  if (tool !== undefined) return tool({ ...call, name })
  if (/\.(?:sh|bash|ksh)$/.test(name))
    return scriptCall({ ...call, name: 'sh' }, call.name, call.args)
  if (call.texts.has(call.name)) return scriptCall({ ...call, name: 'sh' }, call.name, call.args)
  const isName = /^[a-z][\w.+-]{0,63}$/i.test(name)
  const unseen = unresolved(isName ? name : 'shell', 'TOOL', isName ? name : 'a command')
  return { ...unseen, flows: unseen.flows.map((flow) => ({ ...flow, reads: true, prints: true })) }
}

/** `python etl.py s3://…`: the program is the script that it is given. */
function interpreter(call: Call): Outcome {
  // Behind `-c` or `-e` stands a program's text, and behind `-m` a module.
  const isInline = call.args.some((argument) => /^-[a-zA-Z]*[cem]$/.test(argument))
  const script = isInline ? undefined : call.args.find((argument) => !argument.startsWith('-'))
  const { flows, text } = program(call, script ?? call.name)
  return { flows: flows.map((flow) => ({ ...flow, reads: true, prints: true })), text }
}

const copyTable = { values: new Set(['t', 'target-directory', 'S', 'suffix', 'Z', 'context']) }

/** `cp` and `mv` of the machine's own files. */
function localCopy(call: Call): Outcome {
  const { operands } = readOptions(call.args, copyTable)
  const system = localFileSystem(call.defaults, call.directory)
  const places = operands.map((path) => placeOfPath(path, system))
  const inputs = known(places.slice(0, -1))
  const outputs = known(places.slice(-1))
  if (places.length < 2 || inputs.length === 0 || outputs.length === 0) return nothing
  return moved(movementOf(call.name, { inputs, outputs, copies: copiesByName(inputs, outputs) }))
}

/** `cat a b`, which prints files or what comes in. */
function concatenate(call: Call): Outcome {
  const { operands } = readOptions(call.args, { values: new Set() })
  const files = operands.filter((path) => path !== '-')
  const texts = files.map((path) => call.texts.get(path))
  const system = localFileSystem(call.defaults, call.directory)
  const inputs = known(files.map((path) => placeOfPath(path, system)))
  const reads = files.length < operands.length || operands.length === 0
  const text =
    files.length === 0 ? call.input : texts.includes(undefined) ? undefined : texts.join('')
  return { ...piped(movementOf('cat', { inputs }), { reads, prints: true }), text }
}
