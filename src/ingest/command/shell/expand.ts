import type { Budget, Environment } from './environment.ts'
import type { Parameter, Word, WordPart } from './word.ts'
import { isUnknown, unknown, withUnknowns } from '../unknown.ts'
import { hereWord, wordIn } from './lex.ts'

/** What words are worked out with. `run` reads the commands in a `$( )` and gives what they print. */
export type Expansion = Readonly<{
  environment: Environment
  budget: Budget
  run: (text: string) => string | undefined
}>

/** The arguments that words become: split at spaces where they are not quoted. */
export function argumentsOf(words: readonly Word[], expansion: Expansion): string[] {
  return words.flatMap((word) => fieldsOf(word, expansion, 0))
}

/** The one text that a word becomes where the shell does not split: in assignments and redirections. */
export function textOf(word: Word, expansion: Expansion): string {
  return partsText(word.parts, expansion, 0)
}

/** The text of a here-document. */
export function hereText(text: string, expansion: Expansion): string {
  return partsText(hereWord(text).parts, expansion, 0)
}

/** The values of `name=value` and `name=(a b)`, of which `parts` are what stands behind the sign. */
export function valuesOf(parts: readonly WordPart[], expansion: Expansion): readonly string[] {
  const list = parts.find((part) => part.kind === 'list')
  if (list?.kind === 'list') return argumentsOf(list.words, expansion)
  return [partsText(parts, expansion, 0)]
}

/** Defaults within defaults are followed so far. */
const depthMax = 16

function fieldsOf({ parts }: Word, expansion: Expansion, depth: number): readonly string[] {
  const fields: string[] = []
  let current: string | undefined
  for (const [index, part] of parts.entries()) {
    const values = valuesOfPart(part, expansion, depth)
    const isSplit = !part.quoted && (part.kind === 'parameter' || part.kind === 'command')
    const pieces = isSplit ? values.flatMap(splitAtSpaces) : values
    const isTilde = index === 0 && part.kind === 'text' && !part.quoted && part.text.startsWith('~')
    for (const [at, piece] of pieces.entries()) {
      if (at > 0 && current !== undefined) fields.push(current)
      const text = isTilde ? unknown + piece.slice(1) : piece
      current = at > 0 ? text : (current ?? '') + text
    }
    if (current === undefined && part.quoted && pieces.length > 0) current = ''
  }
  if (current !== undefined && (current !== '' || parts.some(({ quoted }) => quoted))) {
    fields.push(current)
  }
  return fields.map(withUnknowns)
}

function splitAtSpaces(value: string): readonly string[] {
  return value.split(/[ \t\n]+/).filter((piece) => piece !== '')
}

function partsText(parts: readonly WordPart[], expansion: Expansion, depth: number): string {
  return parts.map((part) => valuesOfPart(part, expansion, depth).join(' ')).join('')
}

/** One text, but for `"${list[@]}"` and `"$@"`. */
function valuesOfPart(part: WordPart, expansion: Expansion, depth: number): readonly string[] {
  switch (part.kind) {
    case 'text':
      return [part.text]
    case 'parameter': {
      const values = parameterValues(part.parameter, expansion, depth)
      const { budget } = expansion
      budget.characters -= values.reduce((sum, value) => sum + value.length, 0)
      return budget.characters < 0 ? [unknown] : values
    }
    case 'command':
      return [expansion.run(part.text) ?? unknown]
    case 'computed':
    case 'list':
      return [unknown]
  }
}

function parameterValues(
  parameter: Parameter,
  expansion: Expansion,
  depth: number,
): readonly string[] {
  const { name, index, length, rest } = parameter
  if (length) return [unknown]
  const set = valuesSet(name, index, expansion.environment)
  if (rest === '') return set ?? [unknown]
  const [, operator = '', word = ''] =
    /^(:?[-=?+]|%%?|##?|\^\^?|,,?|\/\/?|:)([^]*)$/.exec(rest) ?? []
  if (/^:?[-=]$/.test(operator)) {
    const isSet = set !== undefined && !(operator.startsWith(':') && set.join('') === '')
    if (isSet) return set
    const given = depth >= depthMax ? unknown : defaultText(word, expansion, depth)
    if (operator.endsWith('=')) expansion.environment.set(name, [given])
    return [given]
  }
  if (operator.endsWith('?')) return set ?? [unknown]
  if (set === undefined || set.some(isUnknown)) return [unknown]
  return set.map((value) => alteredValue(value, operator, word))
}

/** The default is one word, blanks and all. */
function defaultText(word: string, expansion: Expansion, depth: number): string {
  const { parts } = /["'\\]/.test(word) ? wordIn(word) : hereWord(word)
  return partsText(parts, expansion, depth + 1)
}

function valuesSet(
  name: string,
  index: string | undefined,
  environment: Environment,
): readonly string[] | undefined {
  if (/^[@*]$/.test(name)) return environment.positional
  if (/^\d+$/.test(name)) return positionalValue(Number(name), environment)
  if (!/^\w/.test(name)) return undefined
  const values = environment.get(name)
  if (values === undefined || index === '@' || index === '*') return values
  if (index === undefined) return values.slice(0, 1)
  return /^\d+$/.test(index) ? values.slice(Number(index), Number(index) + 1) : [unknown]
}

function positionalValue(
  index: number,
  { positional }: Environment,
): readonly string[] | undefined {
  if (index === 0 || positional === undefined) return undefined
  const value = positional[index - 1]
  return value === undefined ? undefined : [value]
}

/** What operators make of a known value; only those whose word is plain text are worked out. */
function alteredValue(value: string, operator: string, word: string): string {
  const isPlain = !/[*?[\]$`"'\\{}]/.test(word)
  switch (operator) {
    case '+':
    case ':+':
      return isPlain ? word : unknown
    case '%':
    case '%%':
      if (!isPlain) return cutAtPattern(value, operator, word)
      return value.endsWith(word) ? value.slice(0, value.length - word.length) : value
    case '#':
    case '##':
      if (!isPlain) return cutAtPattern(value, operator, word)
      return value.startsWith(word) ? value.slice(word.length) : value
    case '^^':
      return word === '' ? value.toUpperCase() : unknown
    case ',,':
      return word === '' ? value.toLowerCase() : unknown
    case '/':
    case '//': {
      const [from = '', to = ''] = word.split('/')
      if (!isPlain || from === '') return unknown
      return operator === '/' ? value.replace(from, () => to) : value.replaceAll(from, () => to)
    }
    case ':': {
      const [, start, size] = /^ *(\d+)(?::(\d+))?$/.exec(word) ?? []
      if (start === undefined) return unknown
      const end = size === undefined ? undefined : Number(start) + Number(size)
      return value.slice(Number(start), end)
    }
    default:
      return unknown
  }
}

/** A star and one character: the name behind the last slash, the name before its first dot. */
function cutAtPattern(value: string, operator: string, word: string): string {
  const [, before, behind] = /^(?:\*([^*?[\]$`"'\\{}])|([^*?[\]$`"'\\{}])\*)$/.exec(word) ?? []
  if (operator.startsWith('#') && before !== undefined) {
    const at = operator === '##' ? value.lastIndexOf(before) : value.indexOf(before)
    return value.slice(at + 1)
  }
  if (operator.startsWith('%') && behind !== undefined) {
    const at = operator === '%%' ? value.indexOf(behind) : value.lastIndexOf(behind)
    return at === -1 ? value : value.slice(0, at)
  }
  return unknown
}
