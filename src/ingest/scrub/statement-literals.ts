import type { SqlToken } from './sql-tokens.ts'
import { isMarker } from './marker.ts'
import { namesAPerson } from './name-hint.ts'
import { isRedaction } from './redaction.ts'
import { isStatement } from './sql.ts'

/** A part of a statement that is data, or that is a statement itself. */
export type Literal = Readonly<{ token: SqlToken; is: 'data' | 'statement' }>

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Words whose literal says where or how, not what. */
const keeping = words(
  'from to iam_role region delimiter format dateformat timeformat database schema catalog_id uri ' +
    'location inpath directory serde inputformat outputformat kms_key_id s3_bucket lambda jsonpaths encoding interval ' +
    'secret_arn catalog_role by quote null zone account namespace port authentication_arn ' +
    'credentials parquet orc avro json csv shapefile fillrecord of cluster broker topic collate',
)
/** Before brackets: within them stand options, each a name and its value. */
const options = words(
  'with tblproperties dbproperties serdeproperties options settings properties set',
)
/** Functions whose literals say what is done, by the place of the first one that may be data. */
const functions: Readonly<Record<string, readonly number[]>> = {
  date_trunc: [0],
  date_part: [0],
  dateadd: [0],
  date_add: [0],
  datediff: [0],
  date_diff: [0],
  extract: [0],
  to_char: [1],
  to_date: [1],
  to_timestamp: [1],
  date_format: [1],
  date_parse: [1],
  json_extract_path_text: [1, 2, 3, 4, 5],
  json_extract: [1],
  json_extract_scalar: [1],
  get_json_object: [1],
  sha2: [1],
  regexp_replace: [1, 2],
  listagg: [1],
  encode: [1],
  decode: [1],
  get: [1],
  get_dynamodb: [0, 1, 3],
  get_thing_shadow: [0],
  get_secret: [1, 2],
  machinelearning_predict: [0],
}
const place =
  /^(?:s3[an]?|arn|emr|dynamodb|https?|jdbc|hdfs|kafka|abfss?|gs|file|ssh|wasbs?):|^aws_iam_role=arn:/i
/** Before a literal that is a statement. */
const running = words('immediate execute exec prepare')
const comparing = words('like ilike rlike between in similar not is any all')
const comparison: ReadonlySet<string> = new Set(['=', '<', '>', '!'])

type Frame = {
  is: 'options' | 'partition' | 'rows' | 'list' | 'call' | 'plain'
  of: string
  at: number
}

/** Each literal and number of a statement that is data by where it stands. */
export function* literalsOf(text: string, tokens: readonly SqlToken[]): Generator<Literal> {
  const walk = new Walk(text, tokens)
  for (const [index, token] of tokens.entries()) {
    const is = walk.read(token, index)
    if (is !== undefined) yield { token, is }
  }
}

class Walk {
  readonly #text: string
  readonly #tokens: readonly SqlToken[]
  readonly #frames: Frame[] = []
  #word = ''
  #wordBefore = ''
  #first = ''
  #isRows = false
  #isCompared = false
  #isBetween = false
  /** The last name in brackets, which an option or a partition is called by. */
  #column = ''

  constructor(text: string, tokens: readonly SqlToken[]) {
    this.#text = text
    this.#tokens = tokens
  }

  read(token: SqlToken, index: number): Literal['is'] | undefined {
    switch (token.kind) {
      case 'comment':
        return undefined
      case 'word':
        return this.#readWord(this.#shown(token), index)
      case 'sign':
        return this.#readSign(this.#text.charAt(token.start), index)
      case 'body':
        return this.#after('statement')
      case 'number':
        return this.#after(this.#isDataNumber(token, index) ? 'data' : undefined)
      case 'quoted':
        return this.#after(this.#isDataQuoted(token, index) ? 'data' : undefined)
      case 'literal':
        return this.#after(this.#literal(token, index))
    }
  }

  #shown({ inner }: SqlToken): string {
    return this.#text.slice(inner.start, inner.end)
  }

  #readWord(shown: string, index: number): undefined {
    const lower = shown.toLowerCase()
    const next = this.#tokens[index + 1]
    // `N'…'`, `E'…'`: a part of the literal.
    if (next?.kind === 'literal' && next.start === this.#tokens[index]?.end) return undefined
    if (this.#first === '') this.#first = lower
    if (lower === 'values' || lower === 'value') this.#isRows = true
    else if (/^(?:select|from|where|on|set)$/.test(lower)) this.#isRows = false
    // The second bound of BETWEEN is compared as the first one was.
    const isBound = this.#isBetween && lower === 'and'
    this.#isBetween = lower === 'between' || (this.#isBetween && !isBound)
    this.#isCompared = comparing.has(lower) || this.#isBetween || isBound
    this.#wordBefore = this.#word
    this.#word = lower
    this.#column = shown
    return undefined
  }

  #readSign(sign: string, index: number): undefined {
    if (sign === '(' || sign === '[' || sign === '{') this.#open(sign)
    else if (sign === ')' || sign === ']' || sign === '}') {
      this.#frames.pop()
      this.#isCompared = false
    } else if (sign === ',') {
      const frame = this.#frames.at(-1)
      if (frame !== undefined) frame.at += 1
      this.#isCompared = false
    } else if (sign === ';') {
      this.#frames.length = 0
      this.#first = ''
      this.#isRows = false
      this.#isCompared = false
    } else if (comparison.has(sign)) this.#isCompared = true
    else if (sign === ':') {
      const [before, after] = [this.#tokens[index - 1], this.#tokens[index + 1]]
      const isCast = [before, after].some((token) => this.#isSign(token, ':'))
      if (before?.kind === 'literal' && !isCast) this.#isCompared = true
    }
    if (sign !== '-' && sign !== '.' && sign !== '[') {
      this.#wordBefore = ''
      if (sign !== '=') this.#word = ''
    }
    return undefined
  }

  #open(sign: string): void {
    const word = this.#word
    const above = this.#frames.at(-1)
    const is =
      above?.is === 'options' || (sign === '(' && options.has(word))
        ? 'options'
        : word === 'partition'
          ? 'partition'
          : this.#isRows || above?.is === 'rows'
            ? 'rows'
            : word === 'in' || word === 'any' || above?.is === 'list'
              ? 'list'
              : word === ''
                ? 'plain'
                : 'call'
    this.#frames.push({ is, of: word, at: 0 })
    this.#isCompared = false
    this.#word = ''
  }

  #literal(token: SqlToken, index: number): Literal['is'] | undefined {
    const value = this.#shown(token)
    if (isNothing(value)) return undefined
    const frame = this.#frames.at(-1)
    const isInner = frame?.of === 'unload' || frame?.is === 'options' || running.has(this.#word)
    if (isInner && isStatement(value)) return 'statement'
    if (place.test(value)) return undefined
    const next = this.#tokens[index + 1]
    // `{'name': value}`, and not a cast.
    if (this.#isSign(next, ':') && !this.#isSign(this.#tokens[index + 2], ':')) return undefined
    if (frame?.is === 'options') return undefined
    if (frame?.is === 'partition') return namesAPerson(this.#column) ? 'data' : undefined
    const isSetting = this.#first === 'set' && frame === undefined
    if (isSetting || (!this.#isCompared && this.#isKept())) return undefined
    const kept =
      frame?.is === 'call' && Object.hasOwn(functions, frame.of) ? functions[frame.of] : []
    return kept?.includes(frame?.at ?? -1) === true ? undefined : 'data'
  }

  #isKept(): boolean {
    return keeping.has(this.#word) || (this.#word === 'as' && keeping.has(this.#wordBefore))
  }

  /** In rows nothing is a column; elsewhere what is compared with a column may be one. */
  #isDataQuoted(token: SqlToken, index: number): boolean {
    const value = this.#shown(token)
    if (isNothing(value) || this.#isSign(this.#tokens[index + 1], '.')) return false
    if (this.#frames.at(-1)?.is === 'options') return false
    const isColumnName = /^[\w$.-]{1,128}$/.test(value)
    return this.#frames.at(-1)?.is === 'rows' || (this.#isCompared && !isColumnName)
  }

  #isDataNumber(token: SqlToken, index: number): boolean {
    const frame = this.#frames.at(-1)
    if (frame?.is === 'options' || (this.#first === 'set' && frame === undefined)) return false
    // `$1` stands for a value, `t.1` for an element.
    const before = this.#tokens[index - 1]
    if (this.#isSign(before, '$') || this.#isSign(before, '.') || this.#isSign(before, '['))
      return false
    if (frame?.is === 'rows' || frame?.is === 'list') return true
    if (frame?.is === 'partition') return namesAPerson(this.#column)
    return this.#isCompared && token.end - token.start > 1
  }

  #after<Is>(is: Is): Is {
    this.#word = ''
    this.#wordBefore = ''
    if (!this.#isBetween) this.#isCompared = false
    return is
  }

  #isSign(token: SqlToken | undefined, sign: string): boolean {
    return token?.kind === 'sign' && this.#text.charAt(token.start) === sign
  }
}

/** Nothing to take out: empty, a sign such as a delimiter, a pattern of anything, a marker. */
function isNothing(value: string): boolean {
  return /^(?:\W{0,3}|\\?[a-zA-Z])$/.test(value) || isMarker(value) || isRedaction(value)
}
