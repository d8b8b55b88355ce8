/** What closes each nesting of a shell's text. */
type Closer = ')' | '}' | '"' | '`'

/**
 * Where the nesting that begins before `from` ends: the index of its closer, or the text's end when
 * it never does. Quotes and nestings inside are respected. Costs what it passes over, once.
 */
export function endOfNesting(text: string, from: number, closer: Closer): number {
  const open: Closer[] = [closer]
  for (let index = from; index < text.length; index += 1) {
    const character = text.charAt(index)
    const innermost = open.at(-1)
    if (character === '\\') {
      index += 1
    } else if (character === innermost) {
      open.pop()
      if (open.length === 0) return index
    } else if (character === '`' || (character === '"' && innermost !== '"')) {
      open.push(character)
    } else if (character === '$' && '({'.includes(text.charAt(index + 1) || ' ')) {
      open.push(text.charAt(index + 1) === '(' ? ')' : '}')
      index += 1
    } else if (innermost === ')' || innermost === '`') {
      if (character === "'") {
        const end = text.indexOf("'", index + 1)
        index = end === -1 ? text.length : end
      } else if (character === '(') {
        open.push(')')
      }
    }
  }
  return text.length
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['e', '\x1b'],
  ['E', '\x1b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])

const escape = /\\(?:x([0-9a-f]{1,2})|u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|([0-7]{1,3})|c(.)|([^]))/gi

/** The text of `$'…'` without its escapes. @see Bash manual, 3.1.2.4 ANSI-C Quoting */
export function ansiText(quoted: string): string {
  return quoted.replace(escape, (whole: string, ...groups: readonly (string | undefined)[]) => {
    const [short, wide, wider, octal, control, other = ''] = groups
    const hexadecimal = short ?? wide ?? wider
    // `\X41` and `\C` are no escapes, though the pattern takes any case of digits.
    if (hexadecimal !== undefined && !/^\\[xuU]/.test(whole)) return whole
    if (hexadecimal !== undefined) return characterOf(Number.parseInt(hexadecimal, 16))
    if (octal !== undefined) return characterOf(Number.parseInt(octal, 8) & 0xff)
    if (control !== undefined) {
      return whole.charAt(1) === 'c' ? characterOf(control.charCodeAt(0) & 0x1f) : whole
    }
    return escapes.get(other) ?? (`\\'"?`.includes(other) ? other : whole)
  })
}

function characterOf(code: number): string {
  return code > 0x10ffff || code === 0 ? '' : String.fromCodePoint(code)
}
