/** Where in a text something is, both counted from 1; a column is a UTF-16 unit. */
export type TextPosition = Readonly<{ line: number; column: number }>

const whiteSpace = /[ \t\n\r]*/y
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * Where a text stops being JSON, for people who have to mend it. Only for texts that `JSON.parse`
 * refused; of any other it gives the end. Works without recursion and reads the text once.
 */
export function findJsonError(text: string): TextPosition {
  const index = indexOfError(text)
  const before = text.slice(0, index)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: index - lineStart + 1 }
}

type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'comma or end'

function indexOfError(text: string): number {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = skip(whiteSpace, text, 0)
  for (;;) {
    const character = text[at]
    if (expected === 'comma or end') {
      const container = open.at(-1)
      if (container !== undefined && character === ',') {
        expected = container === '{' ? 'key' : 'value'
        at += 1
      } else if (container !== undefined && character === (container === '{' ? '}' : ']')) {
        open.pop()
        at += 1
      } else {
        return at
      }
    } else if (expected === 'key' || expected === 'key or end') {
      if (character === '}' && expected === 'key or end') {
        open.pop()
        expected = 'comma or end'
        at += 1
      } else {
        const end = character === '"' ? endOfGoodString(text, at) : at
        if (end === at || text[end] !== '"') return end
        at = skip(whiteSpace, text, end + 1)
        if (text[at] !== ':') return at
        expected = 'value'
        at += 1
      }
    } else if (character === '{' || character === '[') {
      open.push(character)
      expected = character === '{' ? 'key or end' : 'value or end'
      at += 1
    } else if (character === ']' && expected === 'value or end') {
      open.pop()
      expected = 'comma or end'
      at += 1
    } else if (character === '"') {
      at = endOfGoodString(text, at)
      if (text[at] !== '"') return at
      expected = 'comma or end'
      at += 1
    } else {
      const end = skip(scalar, text, at)
      if (end === at) return at
      expected = 'comma or end'
      at = end
    }
    at = skip(whiteSpace, text, at)
  }
}

/** The closing quote of a string, or the first character that may not stand in one. */
function endOfGoodString(text: string, start: number): number {
  // A loop and not one pattern: a pattern needs a stack that strings of megabytes overflow.
  let at = start + 1
  for (;;) {
    const unit = text.charCodeAt(at)
    if (text[at] === '\\') {
      const end = skip(escape, text, at)
      if (end === at) return at
      at = end
    } else if (text[at] === '"' || Number.isNaN(unit) || unit < firstPrintable) {
      return at
    } else {
      at += 1
    }
  }
}

const firstPrintable = 0x20

/** The end of what the sticky pattern matches at an index, or the index itself. */
function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : at
}
