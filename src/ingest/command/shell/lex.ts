import type { Word } from './word.ts'
import { WordReader } from './word-reader.ts'

export type Token = Readonly<
  | { kind: 'word'; word: Word }
  /** `&&`, `||`, `;`, `;;`, `&`, `|`, `(`, `)`, and a newline. */
  | { kind: 'operator'; text: string }
  /** What it leads to is the next word; of a here-document, the text. */
  | { kind: 'redirect'; descriptor: string; operator: string; here: HereDocument | undefined }
>

/** The text of a here-document; `literal` when its delimiter was quoted. */
export type HereDocument = { text: string; literal: boolean }

export type Lexed = Readonly<{ tokens: readonly Token[]; broken: boolean }>

type Pending = { here: HereDocument; delimiter: string; tabs: boolean }

const operators = ['&&', '||', ';;&', ';;', ';&', ';', '|&', '|', '&', '(', ')'] as const
const redirect = /(\d+|\{\w+\})?(&>>|&>|<<<|<<-|<<|<>|<&|>>|>&|>\||<|>)/y

/**
 * The tokens of a shell's text, by POSIX and what Bash adds. Never throws: an unclosed quote closes
 * at the end of the text, and `broken` says so. Costs what the text is long.
 *
 * @see POSIX.1-2017, Shell Command Language 2.3; Bash manual, 3.1.2
 */
export function tokensOf(source: string): Lexed {
  const text = source.replaceAll('\r\n', '\n')
  const tokens: Token[] = []
  const pending: Pending[] = []
  const reader = new WordReader(text)
  let index = 0
  while (index < text.length) {
    const character = text.charAt(index)
    if (text.startsWith('\\\n', index)) {
      index += 2
    } else if (character === '\n') {
      tokens.push({ kind: 'operator', text: '\n' })
      index = readHereDocuments(text, index + 1, pending)
    } else if (/\s/.test(character)) {
      index += 1
    } else if (character === '#') {
      const end = text.indexOf('\n', index)
      index = end === -1 ? text.length : end
    } else {
      index = readToken(text, index, { tokens, pending, reader })
    }
  }
  return { tokens, broken: reader.broken }
}

type Reading = { tokens: Token[]; pending: Pending[]; reader: WordReader }

function readToken(text: string, from: number, { tokens, pending, reader }: Reading): number {
  redirect.lastIndex = from
  const [found, descriptor = '', operator = ''] = redirect.exec(text) ?? []
  const isProcess = descriptor === '' && /^[<>]$/.test(operator) && text.charAt(from + 1) === '('
  if (found !== undefined && !isProcess) {
    const isHere = operator === '<<' || operator === '<<-'
    const here = isHere ? { text: '', literal: false } : undefined
    tokens.push({ kind: 'redirect', descriptor, operator, here })
    if (here === undefined) return from + found.length
    const start = skipBlanks(text, from + found.length)
    const { word, end } = reader.read(start)
    here.literal = word.parts.some(({ quoted }) => quoted)
    const delimiter = word.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    pending.push({ here, delimiter, tabs: operator === '<<-' })
    return Math.max(end, start)
  }
  const known = isProcess ? undefined : operators.find((one) => text.startsWith(one, from))
  if (known !== undefined) {
    tokens.push({ kind: 'operator', text: known })
    return from + known.length
  }
  const { word, end } = reader.read(from)
  tokens.push({ kind: 'word', word })
  return Math.max(end, from + 1)
}

function skipBlanks(text: string, from: number): number {
  let index = from
  while (text.charAt(index) === ' ' || text.charAt(index) === '\t') index += 1
  return index
}

/** Takes the texts of all here-documents that were begun on the line before. */
function readHereDocuments(text: string, from: number, pending: Pending[]): number {
  let index = from
  for (const { here, delimiter, tabs } of pending.splice(0)) {
    const lines: string[] = []
    while (index < text.length) {
      const newline = text.indexOf('\n', index)
      const end = newline === -1 ? text.length : newline
      const line = text.slice(index, end)
      index = Math.min(text.length, end + 1)
      const content = tabs ? line.replace(/^\t+/, '') : line
      if (content === delimiter) break
      lines.push(content)
    }
    here.text = lines.join('\n')
  }
  return index
}
