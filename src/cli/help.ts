import type { Command } from './command.ts'
import { settings } from '../config.ts'
import { tableText } from './terminal.ts'

/** `lineward --help`. */
export function overallHelp(commands: readonly Command[]): readonly string[] {
  return [
    'lineward COMMAND …',
    '',
    ...indented(commands.map(({ name, summary }) => [name, summary])),
    '',
    '`lineward COMMAND --help` says more. Results go to stdout, everything else to stderr.',
    'Exit codes: 0 done, 1 failed, 2 wrong use, 3 done in part.',
  ]
}

/** `lineward COMMAND --help`: its own options, and the settings that every command takes. */
export function commandHelp({ name, usage, summary, options = {} }: Command): readonly string[] {
  const own = Object.entries(options).map(([flag, { value, meaning }]) => [
    value === undefined ? `--${flag}` : `--${flag} ${value}`,
    meaning,
  ])
  const common = Object.values(settings).flatMap((setting) =>
    'flag' in setting ? [[`--${setting.flag}`, `${setting.meaning} [${setting.default}]`]] : [],
  )
  return [
    ...usage.map((form) => `lineward ${name} ${form}`.trimEnd()),
    '',
    summary,
    '',
    ...indented([...own, ['--json', 'The result as JSON'], ['--help', 'This']]),
    '',
    'Settings, also as LINEWARD_… in the environment (docs/config.md):',
    ...indented(common),
  ]
}

function indented(rows: readonly (readonly string[])[]): readonly string[] {
  return tableText(['', ''], rows)
    .slice(1)
    .map((line) => `  ${line}`)
}
