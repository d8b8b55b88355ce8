import type { SqlDialect } from './dialect.ts'
import type { Token } from './token.ts'
import type { Draft, Statement } from './statement.ts'
import { isSign, isWord } from './cursor.ts'
import { digestOf } from './digest.ts'
import { traitsOf } from './dialect.ts'
import { askParser } from './engine.ts'
import { heads } from './heads/table.ts'
import { unparsed } from './heads/target.ts'
import { keyOf } from './name.ts'
import { Reading, isWithinBounds } from './reading.ts'
import { rendered } from './render.ts'
import { scanned } from './scan.ts'
import { Session } from './session.ts'
import { statementOf } from './statement.ts'
import { tokensOf } from './token.ts'

/**
 * `database` and `schema` are those of names that say none; of Hive and Spark `schema` is what they call
 * a database. `isWholeSession`: the text is all that one session says, so that a temporary table that
 * it makes is only a step between what it was made of and what is made of it (so if absent).
 */
export type SqlTerms = Readonly<{
  dialect: SqlDialect
  database?: string | undefined
  schema?: string | undefined
  isWholeSession?: boolean
}>

/** A text is read so far, in characters and in statements; what is behind is one unresolved statement. */
const textCharactersMax = 500_000
const statementsMax = 1000

/**
 * What each statement of a text says of where data goes, in their order. Literals may be scrubbed. What
 * does not parse is told by the words before its tables, and is `unresolved`; so is what names nothing.
 * A statement that moves nothing is there with empty sets, a multi-insert is several. Never throws;
 * the same text gives the same answer each time, as long as the parser answers at all.
 */
export function readSql(text: string, terms: SqlTerms): readonly Statement[] {
  const traits = traitsOf(terms.dialect)
  const { database, schema, isWholeSession = true } = terms
  const session = new Session(traits, { database, schema, isWhole: isWholeSession })
  const isCut = text.length > textCharactersMax
  const cut = isCut ? text.slice(0, textCharactersMax) : text
  const all = statementsIn(tokensOf(cut, traits))
  const statements = all
    .slice(0, statementsMax)
    .flatMap((tokens) => readOne(cut, tokens, { dialect: terms.dialect, session }))
  if (!isCut && all.length <= statementsMax) return statements
  const unresolved = 'The text is longer than what is read'
  return [
    ...statements,
    statementOf({ unresolved }, 'UNKNOWN', digestOf({ tokens: [], text: '' }, traits)),
  ]
}

/** The tokens between semicolons; a parser of its own takes those within quotes. */
function statementsIn(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const statements: (readonly Token[])[] = []
  let from = 0
  for (let at = 0; at <= tokens.length; at += 1) {
    if (at < tokens.length && !isSign(tokens[at], ';')) continue
    if (at > from) statements.push(tokens.slice(from, at))
    from = at + 1
  }
  return statements
}

function readOne(
  text: string,
  tokens: readonly Token[],
  { dialect, session }: Readonly<{ dialect: SqlDialect; session: Session }>,
): readonly Statement[] {
  const reading = new Reading({ text, tokens, dialect, session })
  const { verb, drafts } = draftsOf(reading)
  const digest = digestWithin(text, tokens, dialect)
  return drafts.map((draft) => statementOf(distinct(draft), draft.verb ?? verb, digest))
}

/** The digest of a statement, and of the one in its first literal where it only wraps that (UNLOAD). */
function digestWithin(text: string, tokens: readonly Token[], dialect: SqlDialect): string {
  const traits = traitsOf(dialect)
  const shown = rendered(tokens, text, { evenNumbers: true })
  const printed = isWithinBounds(tokens, shown)
    ? askParser({ statement: shown, dialect }).printed
    : undefined
  const [first, , literal] = tokens
  const wraps = isWord(first, 'unload') && (literal?.kind === 'text' || literal?.kind === 'body')
  const inner = wraps
    ? digestWithin(literal.value, tokensOf(literal.value, traits), dialect)
    : undefined
  return digestOf({ tokens, text, printed, inner }, traits)
}

function draftsOf(reading: Reading): Readonly<{ verb: string; drafts: readonly Draft[] }> {
  const { cursor } = reading
  // A query can stand in brackets.
  while (isSign(cursor.peek(), '(')) cursor.next()
  const head = heads.find(([words]) => cursor.takes(words))
  if (head === undefined) {
    const found = scanned(reading)
    return { verb: 'UNKNOWN', drafts: [{ ...found, unresolved: unparsed }] }
  }
  const [, verb, read] = head
  const given = read(reading)
  const drafts =
    given === undefined ? [] : Array.isArray(given) ? (given as readonly Draft[]) : [given as Draft]
  if (drafts.length > 0) return { verb, drafts }
  return { verb, drafts: [{ ...scanned(reading), unresolved: unparsed }] }
}

function distinct(draft: Draft): Draft {
  const once = <Name extends Parameters<typeof keyOf>[0]>(
    names: readonly Name[] = [],
  ): readonly Name[] => [...new Map(names.map((name) => [keyOf(name), name])).values()]
  return { ...draft, inputs: once(draft.inputs), outputs: once(draft.outputs) }
}
