import type { SqoopOptions } from './options.ts'
import { unknown } from '../unknown.ts'
import { longNames } from './options.ts'

/** A tool's arguments as Sqoop's parser takes them. Of an option given twice the first value counts. */
export type SqoopArguments = Readonly<{
  values: ReadonlyMap<string, string>
  switches: ReadonlySet<string>
  /** From the first argument on that is no option; Sqoop refuses any but empty ones. */
  extra: readonly string[]
  /** An option without its value: Sqoop refuses it. */
  isLacking: boolean
  /** An unknown value stands where an option could be, so that there may be more of them. */
  hasUnknown: boolean
}>

/**
 * Parses as Sqoop does: `-opt` and `--opt` are one, a value follows or stands behind `=`, `-m4` is
 * `-m 4`, and one pair of double quotes around a value is taken off.
 *
 * @see org.apache.commons.cli.GnuParser of release 1.2, org.apache.sqoop.cli.SqoopParser
 */
export function parseSqoop(args: readonly string[], options: SqoopOptions): SqoopArguments {
  const tokens = flattened(args, options)
  const values = new Map<string, string>()
  const switches = new Set<string>()
  const extra: string[] = []
  let isLacking = false
  let hasUnknown = false
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] ?? ''
    const kind = token.startsWith('-') ? kindOf(token, options) : undefined
    const name = nameOf(token)
    if (token === unknown) {
      hasUnknown = true
    } else if (kind === undefined) {
      // A hyphen alone is dropped, and ends the options.
      extra.push(...tokens.slice(token === '-' ? index + 1 : index))
      break
    } else if (kind === 'switch') {
      switches.add(name)
    } else {
      const value = tokens[index + 1]
      const isMissing =
        value === undefined || (value.startsWith('-') && kindOf(value, options) !== undefined)
      isLacking ||= isMissing
      if (!isMissing) {
        index += 1
        if (!values.has(name)) values.set(name, unquoted(value))
      }
    }
  }
  return { values, switches, extra, isLacking, hasUnknown }
}

/** Takes `--name=value` and `-m4` apart, up to the first argument that begins like an option and is none. */
function flattened(args: readonly string[], options: SqoopOptions): readonly string[] {
  const tokens: string[] = []
  for (const [index, argument] of args.entries()) {
    if (!argument.startsWith('-') || argument === '-') {
      tokens.push(argument)
      continue
    }
    const sign = argument.indexOf('=')
    const short = argument.slice(0, 2)
    if (kindOf(argument, options) !== undefined) {
      tokens.push(argument)
    } else if (sign > 0 && kindOf(argument.slice(0, sign), options) !== undefined) {
      tokens.push(argument.slice(0, sign), argument.slice(sign + 1))
    } else if (kindOf(short, options) !== undefined) {
      tokens.push(short, argument.slice(2))
    } else {
      return [...tokens, ...args.slice(index)]
    }
  }
  return tokens
}

function kindOf(argument: string, options: SqoopOptions): 'value' | 'switch' | undefined {
  return options.get(withoutHyphens(argument))
}

function withoutHyphens(argument: string): string {
  return argument.replace(/^--?/, '')
}

function nameOf(token: string): string {
  const name = withoutHyphens(token)
  return longNames.get(name) ?? name
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1)
    : value
}
