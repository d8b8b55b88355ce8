import type { Parameter, Word, WordPart } from './word.ts'
import { ansiText, endOfNesting } from './scan.ts'

const wordEnd = /[\s;&|()<>]/
/** What is more than text, in double quotes and outside of quotes. */
const quotedEnd = /[\\`$"]/g
const plainEnd = /[\\`$"'\s;&|()<>]/g

type Read = Readonly<{ word: Word; end: number }>

/** Reads words out of one text. Costs what it passes over; `broken`: a quote or nesting is not closed. */
export class WordReader {
  broken = false
  readonly #text: string
  /** Lists hold no lists. */
  #isInList = false

  constructor(text: string) {
    this.#text = text
  }

  /** The word at `from`; it ends before the next blank or operator. */
  read(from: number): Read {
    const text = this.#text
    const parts: WordPart[] = []
    let index = from
    while (index < text.length) {
      const character = text.charAt(index)
      if (wordEnd.test(character)) {
        const isList = character === '(' && !this.#isInList && isAssignment(parts)
        const isProcess = index === from && /[<>]/.test(character) && text.charAt(index + 1) === '('
        if (isList) index = this.#readList(index + 1, parts)
        else if (isProcess) index = this.#readCommand(index + 2, { quoted: false, parts })
        else break
      } else {
        index = this.#readPart(index, parts)
      }
    }
    return { word: { parts }, end: index }
  }

  /** The whole text as one word, blanks and all. */
  readWhole(): Word {
    const parts: WordPart[] = []
    let index = 0
    while (index < this.#text.length) index = this.#readPart(index, parts)
    return { parts }
  }

  #readPart(index: number, parts: WordPart[]): number {
    const text = this.#text
    const character = text.charAt(index)
    if (character === "'") return this.#readLiteral(index + 1, parts)
    if (character === '"') return this.#readQuoted(index + 1, parts)
    if (text.startsWith("$'", index)) return this.#readAnsi(index + 2, parts)
    if (text.startsWith('$"', index)) return this.#readQuoted(index + 2, parts)
    return this.#readPlain(index, { quoted: false, parts })
  }

  /** The whole text as between double quotes, in which a double quote is nothing special. */
  readHere(): Word {
    const parts: WordPart[] = []
    let index = 0
    while (index < this.#text.length) index = this.#readPlain(index, { quoted: true, parts })
    return { parts }
  }

  #readList(from: number, parts: WordPart[]): number {
    const words: Word[] = []
    let index = from
    this.#isInList = true
    for (;;) {
      while (/\s/.test(this.#text.charAt(index))) index += 1
      const character = this.#text.charAt(index)
      if (character === '#') {
        const end = this.#text.indexOf('\n', index)
        index = end === -1 ? this.#text.length : end
        continue
      }
      if (character === ')') break
      const { word, end } = this.read(index)
      if (end === index) break
      words.push(word)
      index = end
    }
    this.#isInList = false
    if (this.#text.charAt(index) !== ')') this.broken = true
    parts.push({ kind: 'list', words, quoted: false })
    return index + 1
  }

  #readLiteral(from: number, parts: WordPart[]): number {
    const end = this.#closed(this.#text.indexOf("'", from))
    addText(parts, this.#text.slice(from, end), true)
    return end + 1
  }

  #readAnsi(from: number, parts: WordPart[]): number {
    let end = from
    while (end < this.#text.length && this.#text.charAt(end) !== "'") {
      end += this.#text.charAt(end) === '\\' ? 2 : 1
    }
    end = this.#closed(end < this.#text.length ? end : -1)
    addText(parts, ansiText(this.#text.slice(from, end)), true)
    return end + 1
  }

  #readQuoted(from: number, parts: WordPart[]): number {
    if (this.#text.charAt(from) === '"') addText(parts, '', true)
    let index = from
    while (index < this.#text.length && this.#text.charAt(index) !== '"') {
      index = this.#readPlain(index, { quoted: true, parts })
    }
    return this.#closed(index < this.#text.length ? index : -1) + 1
  }

  /** One step of what is neither in single quotes nor their beginning. */
  #readPlain(from: number, into: Readonly<{ quoted: boolean; parts: WordPart[] }>): number {
    const { quoted, parts } = into
    const character = this.#text.charAt(from)
    const next = this.#text.charAt(from + 1)
    if (character === '\\') {
      if (next === '\n') return from + 2
      // Inside of double quotes a backslash before any other character is a backslash.
      const isEscape = !quoted || '$`"\\'.includes(next || ' ')
      addText(parts, isEscape ? next : character + next, true)
      return from + 2
    }
    if (character === '`') {
      const end = this.#closed(endOfBackticks(this.#text, from + 1))
      const text = this.#text.slice(from + 1, end).replace(/\\([$`\\])/g, '$1')
      parts.push({ kind: 'command', text, quoted })
      return end + 1
    }
    if (character === '$') return this.#readDollar(from + 1, into)
    const end = this.#plainEnd(from, quoted)
    addText(parts, this.#text.slice(from, end), quoted)
    return end
  }

  /** Behind what is surely nothing but text; at least one character on. */
  #plainEnd(from: number, quoted: boolean): number {
    const pattern = quoted ? quotedEnd : plainEnd
    pattern.lastIndex = from + 1
    return pattern.exec(this.#text)?.index ?? this.#text.length
  }

  #readDollar(from: number, into: Readonly<{ quoted: boolean; parts: WordPart[] }>): number {
    const { quoted, parts } = into
    const text = this.#text
    if (text.charAt(from) === '(') return this.#readCommand(from + 1, into)
    if (text.charAt(from) === '{') {
      const end = this.#nestingEnd(from + 1, '}')
      const parameter = parameterOf(text.slice(from + 1, end))
      parts.push(
        parameter === undefined
          ? { kind: 'computed', quoted }
          : { kind: 'parameter', parameter, quoted },
      )
      return end + 1
    }
    name.lastIndex = from
    const [found] = name.exec(text) ?? []
    if (found === undefined) {
      addText(parts, '$', quoted)
      return from
    }
    const parameter = { name: found, index: undefined, length: false, rest: '' }
    parts.push({ kind: 'parameter', parameter, quoted })
    return from + found.length
  }

  /** `( )` behind a `$`, `<` or `>`: `from` is behind the parenthesis. */
  #readCommand(from: number, into: Readonly<{ quoted: boolean; parts: WordPart[] }>): number {
    const end = this.#nestingEnd(from, ')')
    const text = this.#text.slice(from, end)
    const isArithmetic = text.startsWith('(') && text.endsWith(')')
    into.parts.push(
      isArithmetic
        ? { kind: 'computed', quoted: into.quoted }
        : { kind: 'command', text, quoted: into.quoted },
    )
    return end + 1
  }

  #nestingEnd(from: number, closer: ')' | '}'): number {
    const end = endOfNesting(this.#text, from, closer)
    return this.#closed(end < this.#text.length ? end : -1)
  }

  #closed(end: number): number {
    if (end !== -1) return end
    this.broken = true
    return this.#text.length
  }
}

const name = /[A-Za-z_]\w*|[0-9@*#?$!-]/y

function endOfBackticks(text: string, from: number): number {
  for (let index = from; index < text.length; index += 1) {
    if (text.charAt(index) === '\\') index += 1
    else if (text.charAt(index) === '`') return index
  }
  return -1
}

const parameterForm = /^(#|!)?([A-Za-z_]\w*|\d+|[@*#?$!-])(?:\[([^\]]*)\])?([^]*)$/

function parameterOf(text: string): Parameter | undefined {
  const form = text === '#' ? ['#', undefined, '#', undefined, ''] : parameterForm.exec(text)
  const [, mark, found, index, rest = ''] = form ?? []
  // `${!name}` is a variable whose name is a variable's value.
  if (found === undefined || mark === '!') return undefined
  return { name: found, index, length: mark === '#', rest }
}

function isAssignment(parts: readonly WordPart[]): boolean {
  const [only] = parts
  return parts.length === 1 && only?.kind === 'text' && /^[A-Za-z_]\w*\+?=$/.test(only.text)
}

function addText(parts: WordPart[], text: string, quoted: boolean): void {
  const last = parts.at(-1)
  if (last?.kind === 'text' && last.quoted === quoted) {
    parts[parts.length - 1] = { kind: 'text', text: last.text + text, quoted }
  } else {
    parts.push({ kind: 'text', text, quoted })
  }
}

/** A here-document's text, or the rest of a parameter, as a word in double quotes. */
export function hereWord(text: string): Word {
  return new WordReader(text).readHere()
}

/** The default of `${name:-default}` as one word. */
export function wholeWord(text: string): Word {
  return new WordReader(text).readWhole()
}
