import type { SqlName } from './name.ts'
import type { Reading } from './reading.ts'
import type { Draft } from './statement.ts'
import { Cursor, isSign, isWord } from './cursor.ts'
import { keyOf, takeName } from './name.ts'

const readBehind = ['from', 'join', 'using']
const writtenBehind = ['into', 'update', 'overwrite']
const notNames =
  /^(?:select|values|lateral|unnest|table|only|set|where|by|the|from|as|with|outer|inner|directory|local|jar|exists|distinct)$/i

/**
 * The tables of a statement that does not parse, by the words before them alone: what stands behind
 * FROM and JOIN is read, behind INTO, UPDATE and OVERWRITE written. Names of its WITH clause are none.
 */
export function scanned(reading: Reading, from = 0): Draft {
  const { cursor, traits, session } = reading
  const { tokens, text } = cursor
  const views = new Set<string>()
  const [inputs, outputs] = [new Map<string, SqlName>(), new Map<string, SqlName>()]
  const scan = new Cursor(text, tokens, from)
  for (let at = from; at < tokens.length; at += 1) {
    if (isWord(tokens[at], 'as') && isSign(tokens[at + 1], '(') && tokens[at - 1] !== undefined) {
      scan.goTo(at - 1)
      const view = takeName(scan, traits)
      if (Array.isArray(view)) views.add(String(view[0]))
    }
  }
  const take = (at: number, into: Map<string, SqlName>): number => {
    scan.goTo(at)
    while (scan.takes('table') || scan.takes('only')) continue
    const token = scan.peek()
    if (token === undefined || (token.kind === 'word' && notNames.test(token.value))) return at
    const parts = takeName(scan, traits)
    // A bracket behind a name makes it a function, but where columns are listed.
    if (!Array.isArray(parts)) return at
    if (into === inputs && isSign(scan.peek(), '(')) return at
    if (parts.length === 1 && views.has(String(parts[0]))) return scan.at
    const meaning = session.meaningOf(parts)
    if ('dataset' in meaning) into.set(keyOf(meaning.dataset), meaning.dataset)
    if ('content' in meaning) {
      for (const input of meaning.content.inputs) into.set(keyOf(input), input)
    }
    return scan.at
  }
  /** `FROM a, b x, c`: those behind the commas. */
  const takeMore = (start: number, end: number): void => {
    let [before, behind] = [start, end]
    while (behind > before) {
      scan.goTo(behind)
      scan.takes('as')
      if (!isSign(scan.peek(), ',') && isSign(scan.peek(1), ',')) scan.next()
      if (!scan.takesSign(',')) return
      before = scan.at
      behind = take(before, inputs)
    }
  }
  for (let at = from; at < tokens.length; at += 1) {
    const isRead = readBehind.some((word) => isWord(tokens[at], word))
    const isWritten = writtenBehind.some((word) => isWord(tokens[at], word))
    // `extract(year from x)`, `trim(both from x)` read no table.
    if (isRead && isWord(tokens[at], 'from') && isInCall(tokens, at)) continue
    if (!isRead && !isWritten) continue
    const behind = take(at + 1, isRead ? inputs : outputs)
    if (isRead) takeMore(at + 1, behind)
  }
  return { inputs: [...inputs.values()], outputs: [...outputs.values()] }
}

function isInCall(tokens: Cursor['tokens'], at: number): boolean {
  let depth = 0
  for (let before = at - 1; before >= 0 && at - before < 40; before -= 1) {
    if (isSign(tokens[before], ')')) depth += 1
    else if (isSign(tokens[before], '(')) {
      if (depth === 0)
        return /^(?:extract|trim|substring|overlay|position)$/i.test(
          tokens[before - 1]?.value ?? '',
        )
      depth -= 1
    } else if (depth === 0 && isWord(tokens[before], 'select')) return false
  }
  return false
}
