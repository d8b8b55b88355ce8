import type { Command, ExitCode, Invocation } from './command.ts'
import type { Terminal } from './terminal.ts'
import { parseArgs } from 'node:util'
import { readConfig, settings } from '../config.ts'
import { LinewardError } from '../errors.ts'
import { apply } from './apply.ts'
import { deadLetters } from './dead-letters.ts'
import { demo } from './demo.ts'
import { explain } from './explain.ts'
import { findings } from './findings.ts'
import { footprint } from './footprint.ts'
import { commandHelp, overallHelp } from './help.ts'
import { ingest } from './ingest.ts'
import { intake } from './intake.ts'
import { lineage } from './lineage.ts'
import { migrate } from './migrate.ts'
import { rebuild } from './rebuild.ts'
import { scrub } from './scrub.ts'
import { serve } from './serve.ts'
import { signin } from './signin.ts'
import { createTerminal, printable } from './terminal.ts'
import { token } from './token.ts'
import { verify } from './verify.ts'

const commands: readonly Command[] = [
  serve,
  demo,
  ingest,
  lineage,
  footprint,
  explain,
  findings,
  apply,
  intake,
  deadLetters,
  token,
  signin,
  verify,
  rebuild,
  scrub,
  migrate,
]

export type Surroundings = Readonly<{
  env: Readonly<Record<string, string | undefined>>
  streams: Parameters<typeof createTerminal>[0]
  signal: AbortSignal
}>

/** What the caller got wrong, as against what could not be done. */
const wrongUse = new Set<string>(['ARGUMENT_INVALID', 'CONFIG_INVALID'])

/** `lineward <command> …`: gives the exit code, and throws nothing. */
export async function runCommandLine(
  words: readonly string[],
  { env, streams, signal }: Surroundings,
): Promise<ExitCode> {
  const terminal = createTerminal(streams)
  try {
    const [name, ...rest] = words
    const isHelp = name === undefined || name === '--help' || name === '-h' || name === 'help'
    if (isHelp) {
      const show = name === undefined ? terminal.note : terminal.out
      for (const line of overallHelp(commands)) show(line)
      return name === undefined ? 2 : 0
    }
    const command = commands.find((known) => known.name === name)
    if (command === undefined) {
      throw new LinewardError('ARGUMENT_INVALID', `There is no command ${printable(name)}`)
    }
    const invocation = invocationOf(command, rest, { env, terminal, signal })
    if (invocation !== undefined) return await command.run(invocation)
    for (const line of commandHelp(command)) terminal.out(line)
    return 0
  } catch (error) {
    return failed(error, terminal)
  }
}

/** How the command was called; undefined when it was asked for its help. */
function invocationOf(
  command: Command,
  words: readonly string[],
  how: Readonly<{
    env: Surroundings['env']
    terminal: Terminal
    signal: AbortSignal
  }>,
): Invocation | undefined {
  const { values, positionals } = parsedArgs(command, words)
  if (values.get('help') !== undefined) return undefined
  const [word] = positionals
  if (word !== undefined && command.takesWords !== true) {
    throw new LinewardError('ARGUMENT_INVALID', `${command.name} takes no ${printable(word)}`)
  }
  const flags = [...settingFlags].flatMap((flag) => {
    const given = values.get(flag)?.at(-1)
    return given === undefined ? [] : [[flag, given] as const]
  })
  return {
    config: readConfig({ flags: Object.fromEntries(flags), env: how.env }),
    words: positionals,
    options: values,
    json: values.has('json'),
    terminal: how.terminal,
    signal: how.signal,
  }
}

const settingFlags: ReadonlySet<string> = new Set(
  Object.values(settings).flatMap((setting) => ('flag' in setting ? setting.flag : [])),
)

type Given = Readonly<{
  values: ReadonlyMap<string, readonly string[]>
  positionals: readonly string[]
}>

function parsedArgs(command: Command, words: readonly string[]): Given {
  const text = { type: 'string', multiple: true } as const
  const flag = { type: 'boolean', multiple: true } as const
  const own = Object.entries(command.options ?? {})
  const options = Object.fromEntries([
    ...[...settingFlags].map((name) => [name, text] as const),
    ...own.map(([name, { value }]) => [name, value === undefined ? flag : text] as const),
    ['help', { ...flag, short: 'h' }] as const,
    ['json', flag] as const,
  ])
  try {
    const { values, positionals } = parseArgs({
      args: words.map(guarded),
      options,
      allowPositionals: true,
      strict: true,
    })
    const given = Object.entries(values).map(([name, list]) => [name, textsOf(list)] as const)
    return { values: new Map(given), positionals: positionals.map(unguarded) }
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : 'The options cannot be read'
    throw new LinewardError('ARGUMENT_INVALID', message, { cause })
  }
}

const guard = '\u0000'

/** An id may begin with a dash, and no option with a single one is longer than `-h`. */
function guarded(word: string): string {
  return /^-[^-]./.test(word) ? `${guard}${word}` : word
}

function unguarded(word: string): string {
  return word.startsWith(guard) ? word.slice(guard.length) : word
}

function textsOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return []
  return list.map((item) => (typeof item === 'string' ? unguarded(item) : ''))
}

function failed(error: unknown, terminal: Terminal): ExitCode {
  terminal.progress(undefined)
  if (!(error instanceof LinewardError)) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    terminal.note(`lineward: something went wrong inside: ${words}`)
    return 1
  }
  terminal.note(`lineward: ${error.message} (${error.code})`)
  if (!wrongUse.has(error.code)) return 1
  terminal.note('`lineward --help` and `lineward COMMAND --help` say how.')
  return 2
}
