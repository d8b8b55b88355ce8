/** Which options of a tool are followed by a value; all others are switches. Names without hyphens. */
export type OptionTable = Readonly<{
  values: ReadonlySet<string>
  /** Options whose value may be left out; then another option or nothing follows. */
  optional?: ReadonlySet<string>
  /** The first operand ends the options. */
  stops?: boolean
  /** `-abc` is `-a -b -c`, and `-n4` is `-n 4`, where the letters are known. */
  letters?: ReadonlySet<string>
}>

export type Options = Readonly<{
  values: ReadonlyMap<string, readonly string[]>
  switches: ReadonlySet<string>
  operands: readonly string[]
}>

/**
 * Takes arguments apart as getopt and its kin do: `--name value`, `--name=value`, `-n value`,
 * switches, operands, and `--` before operands that begin with a hyphen.
 */
export function readOptions(args: readonly string[], table: OptionTable): Options {
  const values = new Map<string, string[]>()
  const switches = new Set<string>()
  const operands: string[] = []
  const add = (name: string, value: string): void => {
    const known = values.get(name)
    if (known === undefined) values.set(name, [value])
    else known.push(value)
  }
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? ''
    const [, name, sign, inline = ''] = /^--?([^-=][^=]*)(=?)([^]*)$/.exec(argument) ?? []
    if (argument === '--') {
      operands.push(...args.slice(index + 1))
      break
    }
    if (name === undefined) {
      operands.push(argument)
      if (table.stops === true) {
        operands.push(...args.slice(index + 1))
        break
      }
    } else if (sign === '=') {
      add(name, inline)
    } else if (table.values.has(name)) {
      index += 1
      add(name, args[index] ?? '')
    } else if (table.optional?.has(name) === true) {
      const next = args[index + 1]
      if (next === undefined || next.startsWith('-')) switches.add(name)
      else {
        index += 1
        add(name, next)
      }
    } else if (isCluster(argument, name, table)) {
      const letter = name.charAt(0)
      if (table.values.has(letter)) add(letter, name.slice(1))
      else for (const one of name) switches.add(one)
    } else {
      switches.add(name)
    }
  }
  return { values, switches, operands }
}

function isCluster(argument: string, name: string, { letters, values }: OptionTable): boolean {
  if (letters === undefined || argument.startsWith('--') || name.length < 2) return false
  return values.has(name.charAt(0)) || [...name].every((letter) => letters.has(letter))
}

/** The last value of an option under any of its names. */
export function lastValue({ values }: Options, ...names: readonly string[]): string | undefined {
  return names.flatMap((name) => values.get(name) ?? []).at(-1)
}

/** `key=value` of all options under these names; a later one counts. */
export function settingsIn(
  { values }: Options,
  ...names: readonly string[]
): ReadonlyMap<string, string> {
  const pairs = names.flatMap((name) => values.get(name) ?? [])
  return new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=')
      return at === -1 ? ([pair, ''] as const) : ([pair.slice(0, at), pair.slice(at + 1)] as const)
    }),
  )
}

export type Generic = Readonly<{
  /** What `-D`, `-fs` set. */
  settings: ReadonlyMap<string, string>
  rest: readonly string[]
}>

const genericOptions: ReadonlySet<string> = new Set([
  'conf',
  'fs',
  'jt',
  'files',
  'libjars',
  'archives',
  'tokenCacheFile',
])

/**
 * The arguments that Hadoop itself takes before those of a tool: `-D k=v`, `-Dk=v`, `-fs`, `-jt`,
 * `-conf`, `-files`, `-libjars`, `-archives`. They end at the first argument that is none of them.
 *
 * @see org.apache.hadoop.util.GenericOptionsParser
 */
export function genericArguments(args: readonly string[]): Generic {
  const settings = new Map<string, string>()
  let index = 0
  for (; index < args.length; index += 1) {
    const argument = args[index] ?? ''
    const [, name = '', sign, inline = ''] = /^--?([A-Za-z]+)(=?)([^]*)$/.exec(argument) ?? []
    if (/^--?D$/.test(argument)) {
      index += 1
      setPair(settings, args[index] ?? '')
    } else if (argument.startsWith('-D')) {
      setPair(settings, argument.slice(2))
    } else if (genericOptions.has(name) && (sign === '=' || inline === '')) {
      if (sign !== '=') index += 1
      if (name === 'fs') settings.set('fs.defaultFS', sign === '=' ? inline : (args[index] ?? ''))
    } else {
      // A hyphen alone ends them and is dropped.
      if (argument === '-') index += 1
      break
    }
  }
  return { settings, rest: args.slice(index) }
}

function setPair(settings: Map<string, string>, pair: string): void {
  const at = pair.indexOf('=')
  if (at > 0) settings.set(pair.slice(0, at), pair.slice(at + 1))
}
