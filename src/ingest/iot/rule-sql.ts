/** One column of what a rule sends on. `inputs` are columns of the payload, by dotted path. */
export type RuleColumn = Readonly<{ column: string; inputs: readonly string[]; isCopy: boolean }>

/** What a rule's SQL says: where it listens, what it sends on, and whom it asks besides. */
export type RuleSql = Readonly<{
  /** Undefined: it has no FROM, and listens to its own basic-ingest topic. */
  topic: string | undefined
  /** All columns of the payload go on under their own names, unknown here. */
  isEverything: boolean
  columns: readonly RuleColumn[]
  /** Tables and shadows that functions read: `get_dynamodb`, `get_thing_shadow`. */
  sources: readonly Readonly<{ kind: 'dynamodb' | 'shadow'; name: string }>[]
}>

type Token = Readonly<{ kind: 'word' | 'text' | 'number' | 'sign'; text: string }>

const lexical =
  /\s+|(?<text>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)|(?<word>[$A-Za-z_][\w$]*(?:\.[$A-Za-z_][\w$]*)*)|(?<sign><>|<=|>=|.)/gsy

/**
 * Reads the SQL of an IoT rule: a small language of its own, with one source, no joins and nested
 * selects over the payload. Undefined when it is no such statement.
 *
 * @see aws-events.md section 7.1, "SQL in brief"
 */
export function readRuleSql(sql: string): RuleSql | undefined {
  const tokens = tokensOf(sql)
  if (!isWord(tokens[0], 'SELECT')) return undefined
  const from = topLevel(tokens, 'FROM')
  const where = topLevel(tokens, 'WHERE')
  const end = Math.min(from ?? tokens.length, where ?? tokens.length)
  const items = splitAtCommas(tokens.slice(isWord(tokens[1], 'VALUE') ? 2 : 1, end))
  const source = from === undefined ? undefined : tokens[from + 1]
  return {
    topic: source?.kind === 'text' ? unquoted(source.text) : undefined,
    isEverything: items.some((item) => item.length === 1 && item[0]?.text === '*'),
    columns: items.flatMap((item, index) => columnOf(item, index)),
    sources: sourcesIn(tokens),
  }
}

function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = []
  for (const { groups = {} } of sql.matchAll(lexical)) {
    for (const kind of ['text', 'number', 'word', 'sign'] as const) {
      const text = groups[kind]
      if (text !== undefined) tokens.push({ kind, text })
    }
  }
  return tokens
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word
}

/** Where a word stands outside of all brackets and CASEs. */
function topLevel(tokens: readonly Token[], word: string): number | undefined {
  let depth = 0
  for (const [index, token] of tokens.entries()) {
    if (token.text === '(' || token.text === '[') depth += 1
    else if (token.text === ')' || token.text === ']') depth -= 1
    else if (depth === 0 && isWord(token, word)) return index
  }
  return undefined
}

function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]]
  let depth = 0
  for (const token of tokens) {
    if (token.text === '(' || token.text === '[') depth += 1
    else if (token.text === ')' || token.text === ']') depth -= 1
    if (depth === 0 && token.text === ',') parts.push([])
    else parts.at(-1)?.push(token)
  }
  return parts.filter((part) => part.length > 0)
}

function columnOf(item: readonly Token[], index: number): readonly RuleColumn[] {
  if (item.length === 1 && item[0]?.text === '*') return []
  const as = topLevel(item, 'AS')
  const expression = as === undefined ? item : item.slice(0, as)
  const alias = as === undefined ? undefined : item[as + 1]?.text
  const isCopy = expression.length === 1 && expression[0]?.kind === 'word'
  const own = isCopy ? expression[0]?.text.split('.').at(-1) : undefined
  const column = alias === undefined ? (own ?? `col${index}`) : unquoted(alias)
  return [{ column, inputs: payloadPaths(expression), isCopy }]
}

const words = new Set(
  'AND OR NOT AS CASE WHEN THEN ELSE END IN SELECT FROM WHERE VALUE TRUE FALSE NULL UNDEFINED'.split(
    ' ',
  ),
)

/** The columns of the payload that an expression reads: words that are no function and no keyword. */
function payloadPaths(tokens: readonly Token[]): readonly string[] {
  const paths = tokens.flatMap((token, index) => {
    const isCall = tokens[index + 1]?.text === '('
    const isPath = token.kind === 'word' && !isCall && !words.has(token.text.toUpperCase())
    return isPath ? [token.text] : []
  })
  return [...new Set(paths)]
}

/** What functions read whose first argument is a plain text; any other name is not known. */
function sourcesIn(tokens: readonly Token[]): RuleSql['sources'] {
  return tokens.flatMap((token, index): RuleSql['sources'] => {
    const argument = tokens[index + 2]
    if (tokens[index + 1]?.text !== '(' || argument?.kind !== 'text') return []
    const name = unquoted(argument.text)
    switch (token.text.toLowerCase()) {
      case 'get_dynamodb':
        return [{ kind: 'dynamodb', name }]
      case 'get_thing_shadow':
        return [{ kind: 'shadow', name }]
      default:
        return []
    }
  })
}

function unquoted(text: string): string {
  return /^['"]/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text
}
