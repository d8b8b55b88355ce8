import type { Texts } from '../texts.ts'

/** Arguments with the text of each `--options-file` in its place; `missing`: one has no known text. */
export type Expanded = Readonly<{ args: readonly string[]; missing: boolean }>

/**
 * Puts the lines of options files where they are named, as Sqoop does before it parses: one option or
 * value to a line, `#` begins a comment, a backslash at the end goes on, quotes around go off.
 *
 * @see org.apache.sqoop.util.OptionsFileUtil
 */
export function expandOptionsFiles(args: readonly string[], texts: Texts): Expanded {
  const expanded: string[] = []
  let missing = false
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index] ?? ''
    if (argument !== '--options-file') {
      expanded.push(argument)
      continue
    }
    index += 1
    const text = texts.get(args[index] ?? '')
    if (text === undefined) missing = true
    else for (const option of optionsIn(text)) expanded.push(option)
  }
  return { args: expanded, missing }
}

function optionsIn(text: string): readonly string[] {
  const options: string[] = []
  let begun = ''
  for (const line of text.split(/\r?\n/)) {
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    begun += trimmed
    if (trimmed.endsWith('\\')) {
      begun = begun.slice(0, -1)
    } else {
      options.push(begun.replace(/^(["'])([^]*)\1$/, '$2'))
      begun = ''
    }
  }
  return options
}
