/** One column of what a rule sends on. `inputs` are columns of the payload, by dotted path. */
export type RuleColumn = Readonly<{
  column: string
  inputs: readonly string[]
  isCopy: boolean
  /** What goes on is a hash. */
  isMasked: boolean
}>

/** What a rule's SQL says: where it listens, what it sends on, and whom it asks besides. */
export type RuleSql = Readonly<{
  /** Undefined: it has no FROM, and listens to its own basic-ingest topic. */
  topic: string | undefined
  /** All columns of the payload go on under their own names, unknown here. */
  isEverything: boolean
  columns: readonly RuleColumn[]
  /** The columns of the payload that decide which messages go on. */
  filters: readonly string[]
  /** What functions ask besides; a name that is not a plain text is decided by each message. */
  sources: readonly RuleSource[]
}>

/** `get_dynamodb`, `get_thing_shadow`, `aws_lambda`, `machinelearning_predict`. */
export type RuleSource = Readonly<{
  kind: 'dynamodb' | 'shadow' | 'lambda' | 'model'
  name: string | undefined
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
    filters: where === undefined ? [] : payloadPaths(tokens.slice(where + 1)),
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
  const isMasked = hash.test(expression[0]?.text ?? '') && isOneCall(expression)
  return [{ column, inputs: payloadPaths(expression), isCopy, isMasked }]
}

const hash = /^(?:md[25]|sha(?:1|224|256|384|512))$/i

/** Whether an expression is a function's call and nothing around it. */
function isOneCall([, ...behind]: readonly Token[]): boolean {
  if (behind[0]?.text !== '(') return false
  let depth = 0
  const end = behind.findIndex(({ text }) => {
    if (text === '(') depth += 1
    else if (text === ')') depth -= 1
    return depth === 0
  })
  return end === behind.length - 1
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

const asking: ReadonlyMap<string, RuleSource['kind']> = new Map([
  ['get_dynamodb', 'dynamodb'],
  ['get_thing_shadow', 'shadow'],
  ['aws_lambda', 'lambda'],
  ['machinelearning_predict', 'model'],
])

/** What functions ask that bring in data from elsewhere; the first argument names it. */
function sourcesIn(tokens: readonly Token[]): RuleSql['sources'] {
  return tokens.flatMap((token, index): RuleSql['sources'] => {
    const kind = asking.get(token.text.toLowerCase())
    if (kind === undefined || tokens[index + 1]?.text !== '(') return []
    const [argument, after] = [tokens[index + 2], tokens[index + 3]]
    const isPlain = argument?.kind === 'text' && (after?.text === ',' || after?.text === ')')
    return [{ kind, name: isPlain ? unquoted(argument.text) : undefined }]
  })
}

function unquoted(text: string): string {
  return /^['"]/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text
}
