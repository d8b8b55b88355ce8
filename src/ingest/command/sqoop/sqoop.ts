import type { Call, Outcome } from '../call.ts'
import type { Movement } from '../movement.ts'
import { moved, nothing, unresolved } from '../call.ts'
import { movementOf } from '../movement.ts'
import { genericArguments } from '../options.ts'
import { statementMovements } from '../statements.ts'
import { hiveTable } from '../tables.ts'
import { isUnknown } from '../unknown.ts'
import { parseSqoop } from './arguments.ts'
import { exportRows, merge } from './export.ts'
import { importAll, importMainframe, importOne } from './import.ts'
import { Job } from './job.ts'
import { sqoopTools } from './options.ts'
import { expandOptionsFiles } from './options-file.ts'
import { isRefused } from './refusals.ts'

type Reader = (job: Job) => readonly Movement[]

/** What each tool moves. Tools that are not here list or administer. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['import', (job) => [importOne(job)]],
  ['import-all-tables', (job) => [importAll(job)]],
  ['import-mainframe', (job) => [importMainframe(job)]],
  ['export', (job) => [exportRows(job)]],
  ['merge', (job) => [merge(job)]],
  ['eval', evaluate],
  ['codegen', mentionTable],
  ['create-hive-table', mentionTable],
  ['job', savedJob],
])

/**
 * `sqoop <tool> [generic arguments] [tool arguments] [-- connector arguments]`, and `sqoop-<tool>`.
 * Arguments that Sqoop itself refuses move nothing.
 *
 * @see https://sqoop.apache.org/docs/1.4.7/SqoopUserGuide.html; aws-events.md section 7.11
 */
export function sqoop(call: Call): Outcome {
  const { args, missing } = expandOptionsFiles(call.args, call.texts)
  if (args.length === 0) {
    return missing ? unresolved('sqoop', 'OPTIONS_FILE', '--options-file') : nothing
  }
  return runTool(call, { args, missing, settings: undefined })
}

type Given = Readonly<{
  args: readonly string[]
  /** Some of the arguments are in a file whose text is not known. */
  missing: boolean
  /** Those of Hadoop where they stand elsewhere: a saved tool's own arguments hold none. */
  settings: ReadonlyMap<string, string> | undefined
}>

function runTool(call: Call, { args, missing, settings: outer }: Given): Outcome {
  const [tool = '', ...rest] = args
  if (isUnknown(tool)) return unresolved('sqoop', 'VALUE', 'the tool')
  const known = sqoopTools.get(tool)
  if (known === undefined) return unresolved('sqoop', 'REFUSED')
  const dash = rest.indexOf('--')
  const own = dash === -1 ? rest : rest.slice(0, dash)
  const child = dash === -1 ? [] : rest.slice(dash + 1)
  const { settings, rest: toolArguments } =
    outer === undefined ? genericArguments(own) : { settings: outer, rest: own }
  const parsed = parseSqoop(toolArguments, known)
  const job = new Job(call, { tool, args: parsed, settings, child })
  if (job.has('help')) return nothing
  const isPartial = missing || parsed.hasUnknown
  const isWrong = parsed.isLacking || parsed.extra.some((argument) => argument !== '')
  if (!isPartial && (isWrong || isRefused(job))) return unresolved(`sqoop ${tool}`, 'REFUSED')
  const movements = readers.get(tool)?.(job) ?? []
  if (!isPartial) return moved(...movements)
  const note = missing ? job.note('OPTIONS_FILE', '--options-file') : job.note('VALUE', 'options')
  return moved(
    ...movements.map((movement) => ({
      ...movement,
      unresolved: [...movement.unresolved, note],
    })),
  )
}

/** `sqoop eval`: a statement that may read or write. */
function evaluate(job: Job): readonly Movement[] {
  return statementMovements('sqoop eval', job.value('query') ?? '', job.statements)
}

/** `codegen` and `create-hive-table` look at a table's columns and move no row. */
function mentionTable(job: Job): readonly Movement[] {
  const table = job.value('table')
  const source = table === undefined ? undefined : job.table(table)
  const hive =
    job.tool === 'create-hive-table'
      ? hiveTable(
          job.call.defaults,
          job.value('hive-table') ?? table ?? '',
          job.value('hive-database'),
        )
      : undefined
  const mentions = [source, hive].filter((place) => place !== undefined)
  return [movementOf(`sqoop ${job.tool}`, { mentions })]
}

/** `sqoop job --create n -- import …` saves, `--exec n [-- options]` executes; the rest administers. */
function savedJob(job: Job): readonly Movement[] {
  const created = job.value('create')
  const executed = job.value('exec')
  const name = created ?? executed
  if (name === undefined) return []
  if (isUnknown(name)) {
    return [movementOf('sqoop job', { unresolved: [job.note('VALUE', 'the saved job')] })]
  }
  const connect = job.value('meta-connect')
  const store = connect === undefined ? undefined : storeOf(connect)
  if (connect !== undefined && isUnknown(connect)) {
    return [movementOf('sqoop job', { unresolved: [job.note('VALUE', '--meta-connect')] })]
  }
  if (created !== undefined && job.child[0] === 'job') {
    return [movementOf('sqoop job', { unresolved: [job.note('REFUSED', '--create')] })]
  }
  if (created !== undefined) {
    const { flows } = runTool(job.call, {
      args: job.child,
      missing: false,
      settings: job.settings,
    })
    return [
      movementOf('sqoop job', {
        saves: { name, store, movements: flows.map(({ movement }) => movement) },
      }),
    ]
  }
  // Options of its own change a saved job only where they say what is moved.
  const overrides = job.child.some((argument) => decisive.test(argument))
  return [
    movementOf('sqoop job', {
      uses: { name, store },
      unresolved: overrides ? [job.note('OVERRIDES', '--exec')] : [],
    }),
  ]
}

/**
 * The server that `--meta-connect` names, without what opens it. One on this machine, or a file of it,
 * is none: its jobs are those of the cluster.
 */
function storeOf(connect: string): string | undefined {
  const [, authority = '', path = ''] =
    /^jdbc:(?:[a-z0-9]+:)*\/\/([^/;?]+)([^;?]*)/i.exec(connect) ?? []
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase()
  const isHere = host === '' || /^(?:localhost|127\.0\.0\.1|\[::1\])(?::|$)/.test(host)
  return isHere ? undefined : `//${host}${path}`
}

const decisive =
  /^--?(?:connect|username|table|query|e|columns|target-dir|warehouse-dir|export-dir|hive-(?:import|table|database|overwrite)|hcatalog-(?:table|database)|hbase-table|call|delete-target-dir|append)(?:=|$)/
