import type { Config } from '../config.ts'
import type { Terminal } from './terminal.ts'

/** 0 done, 1 failed, 2 wrong use, 3 done in part. */
export type ExitCode = 0 | 1 | 2 | 3

/** An option of one command, beside the settings that every command takes. */
export type Option = Readonly<{
  /** What stands for its value in the help; absent: it has none. */
  value?: string
  multiple?: boolean
  meaning: string
}>

/** How a command was called. */
export type Invocation = Readonly<{
  config: Config
  words: readonly string[]
  /** The values given for each option of the command; a flag without value is there with ''. */
  options: ReadonlyMap<string, readonly string[]>
  json: boolean
  terminal: Terminal
  /** Aborted by SIGINT or SIGTERM. */
  signal: AbortSignal
}>

/** A subcommand of `lineward`. */
export type Command = Readonly<{
  name: string
  /** What comes after the name, one line for each form. */
  usage: readonly string[]
  summary: string
  /** Whether anything may stand behind its name but options. */
  takesWords?: boolean
  options?: Readonly<Record<string, Option>>
  /** @throws LinewardError ARGUMENT_INVALID for wrong use, others for what failed. */
  run: (invocation: Invocation) => Promise<ExitCode>
}>

/** The last value given for an option. */
export function optionOf({ options }: Invocation, name: string): string | undefined {
  return options.get(name)?.at(-1)
}
