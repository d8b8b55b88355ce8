import { readValue } from './assigned-value.ts'
import type { Range } from './assigned-value.ts'
import type { Span } from './marker.ts'
import { disjoint } from './neighbours.ts'
import { isHarmless, secretNamed } from './secret-name.ts'

const word =
  /(?:passw(?:or)?d|pass[-_ ]?phrase|pwd|(?:db|user|admin|root|login)[-_]?pass(?!w|[-_ ]?phrase)|(?:access|private|api|secret|signing)[-_. ]?key|secret|token|credential)s?\d{0,3}/gi

/** SQL's own form, where the name is two words. */
const identifiedBy =
  /(?<=\bidentified\s{1,4}(?:with\s{1,4}["'`]?\w{1,40}["'`]?\s{1,4})?(?:by|as)\s{1,4}(?:(?:password|values)\s{1,4})?["']?)(?!(?:password|values|externally|globally|random)\b)[^\s"';,)]+/gi

const nameCharacter = /[\w.-]/
const nameMax = 96

/** What `token` follows in the words of parsers and of pages, where it is no secret. */
const parserWords =
  /(?:unexpected|unrecognized|unknown|invalid|illegal|expected|expecting|offending|mismatched|extraneous|missing|input|current|last|next|first|previous|end|start|stop|page|continuation)[ "'`]{0,3}$/i

/**
 * Secrets that a text assigns to a name by the table of secret names: `KEY=value`, `key: value`,
 * `"key": "value"`, `--password value`, `PASSWORD 'value'`, `IDENTIFIED BY value`,
 * `.option("password", "value")`, `<password>value</password>`. The name stays, the value goes.
 *
 * In a program (`isCode`) only quoted values count: `password = password` hands a variable on.
 */
export function findAssignments(text: string, isCode: boolean): readonly Span[] {
  const spans: Span[] = []
  let from = 0
  for (const match of text.matchAll(word)) {
    const end = match.index + match[0].length
    if (match.index < from || goesOn(text, end)) continue
    const start = nameStart(text, match.index, from)
    // `arn:aws:secretsmanager:…:secret:name` is a reference.
    if (text.charAt(start - 1) === ':' && text.charAt(end) === ':') continue
    const name = text.slice(start, end)
    const detector = secretNamed(name, '')
    if (detector === undefined || text.slice(0, start).endsWith('[scrubbed:')) continue

    const value = readValue(text, { start, end, name, detector, isCode })
    if (value === undefined) continue
    from = value.end
    const shown = text.slice(value.start, value.end)
    const isParser =
      /^token/i.test(name) && parserWords.test(text.slice(Math.max(0, start - 24), start))
    if (
      !isParser &&
      !isHandedOn(text, { start, end, value, word: match[0] }) &&
      !isHarmless(shown, detector) &&
      secretNamed(name, shown) !== undefined
    ) {
      spans.push({ start: value.start, end: value.end, detector })
    }
  }
  for (const { index, 0: match } of text.matchAll(identifiedBy)) {
    if (!isHarmless(match, 'password')) {
      spans.push({ start: index, end: index + match.length, detector: 'password' })
    }
  }
  return disjoint(spans)
}

const option = /(?:^|\s)--?([\w.-]{1,64})(?:=|\s{1,4}(?!-))("[^"]*"|'[^']*'|\S+)/g

/** Secrets among the options of a command that a job or a table is called by: `--password=x`. */
export function findSecretOptions(text: string): readonly Span[] {
  const spans: Span[] = []
  for (const { index, 0: match, 1: name = '', 2: value = '' } of text.matchAll(option)) {
    const detector = secretNamed(name, value)
    if (detector === undefined || isHarmless(value, detector)) continue
    const end = index + match.length
    spans.push({ start: end - value.length, end, detector })
  }
  return spans
}

/**
 * `connect(password=password)`, `self.token = token`, `a.token = b.token`: a variable or a column of
 * the same name. Not in a URL, nor as a property: `db.password=password` is a poor password.
 */
function isHandedOn(
  text: string,
  { start, end, value, word: name }: { start: number; end: number; value: Range; word: string },
): boolean {
  const shown = text.slice(value.start, Math.min(value.end, value.start + 128))
  if (!/^[a-z_][\w.]*$/i.test(shown) || !text.slice(end, value.start).includes('=')) return false
  const isProperty = text.slice(start, end).includes('.') && end + 1 === value.start
  return (
    `_${shown.toLowerCase().replaceAll('.', '_')}`.endsWith(`_${name.toLowerCase()}`) &&
    /[=\s]/.test(text.charAt(value.start - 1)) &&
    !/[?&;]/.test(text.charAt(start - 1)) &&
    (!isProperty || shown.includes('.'))
  )
}

/** `password_file`, `tokenize` and `--password-file` go on behind the word: other names. */
function goesOn(text: string, end: number): boolean {
  return /^(?:\w|[.-][A-Za-z0-9])/.test(text.slice(end, end + 2))
}

function nameStart(text: string, wordStart: number, from: number): number {
  let start = wordStart
  const least = Math.max(from, wordStart - nameMax)
  while (start > least && nameCharacter.test(text.charAt(start - 1))) start -= 1
  return start
}
