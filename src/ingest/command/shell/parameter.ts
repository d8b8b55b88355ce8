import type { Environment } from './environment.ts'
import type { Parameter } from './word.ts'
import { isUnknown, unknown } from '../unknown.ts'

/** What stands in for a variable that is not set; `assigns`: it is set to it, too. */
export type Default = Readonly<{ word: string; assigns: boolean; orEmpty: boolean }>

/** The default of `${name:-word}`, `${name-word}`, `${name:=word}`, `${name=word}`. */
export function defaultOf({ rest }: Parameter): Default | undefined {
  const [, colon, sign, word = ''] = /^(:?)([-=])([^]*)$/.exec(rest) ?? []
  return sign === undefined ? undefined : { word, assigns: sign === '=', orEmpty: colon === ':' }
}

/** Whether the parameter's default is used: the script has not set it, or set it to nothing. */
export function isUnset(parameter: Parameter, environment: Environment): boolean {
  const set = valuesSet(parameter, environment)
  return set === undefined || (defaultOf(parameter)?.orEmpty === true && set.join('') === '')
}

/** The parameter's values after its operator; one that is unknown where they cannot be told. */
export function valuesOfParameter(
  parameter: Parameter,
  environment: Environment,
): readonly string[] {
  if (parameter.length) return [unknown]
  const set = valuesSet(parameter, environment)
  if (set === undefined) return [unknown]
  const [, operator, word = ''] =
    /^(:?\+|%%?|##?|\^\^?|,,?|\/\/?|:(?![-=?]))([^]*)$/.exec(parameter.rest) ?? []
  if (operator === undefined) return /^(?:$|:?[-=?])/.test(parameter.rest) ? set : [unknown]
  if (set.some(isUnknown)) return [unknown]
  return set.map((value) => alteredValue(value, operator, word))
}

function valuesSet(
  { name, index }: Parameter,
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
