/** What the outermost function of an expression makes of a value, as far as that is recognised. */
export type FunctionKind = 'pseudonym' | 'count' | 'constant' | 'year' | 'zip3' | 'other'

/** Hashes, keyed or not, encryption and tokens (P-04): the value cannot be read, but told again. */
const pseudonyms: ReadonlySet<string> = new Set(
  `md5 sha sha1 sha2 sha224 sha256 sha384 sha512 sha3 func_sha1 hash hmac
   hmac_sha256 hmac_sha512 xxhash64 murmur3 fnv_hash crc32 hash_md5 hash_sha256
   digest blake2b siphash farmfingerprint64 encrypt aes_encrypt pgp_sym_encrypt
   encrypt_aes kms_encrypt fpe fpe_encrypt tokenize tokenise token pseudonymize
   pseudonymise date_shift dateshift`.split(/\s+/),
)

/** Aggregates that return no value of the column (P-11). Any other may (P-10). */
const counts: ReadonlySet<string> = new Set(
  `count count_distinct countdistinct count_if approx_count_distinct sum
   sum_distinct avg average mean stddev stddev_pop stddev_samp variance var_pop
   var_samp regr_count corr covar_pop covar_samp`.split(/\s+/),
)

const expressionMax = 2000

/**
 * The kind of the function that stands outermost in an expression, as `sha2(mrn, 256)`; a name alone
 * is that of a function, and a literal is a constant. What is not read whole is `other`.
 */
export function functionIn(expression: string): FunctionKind {
  if (expression.length > expressionMax) return 'other'
  const known = kinds.get(expression)
  if (known !== undefined) return known
  const kind = kindOf(expression)
  if (kinds.size >= kindsMax) kinds.clear()
  kinds.set(expression, kind)
  return kind
}

/** One expression is in every run of its job. */
const kinds = new Map<string, FunctionKind>()
const kindsMax = 5000

function kindOf(expression: string): FunctionKind {
  const text = withoutCasts(expression.trim())
  if (isLiteral(text)) return 'constant'
  if (isYear(text)) return 'year'
  if (isFirstThree(text)) return 'zip3'
  const name = outermost(text)?.toLowerCase()
  if (name === undefined) return 'other'
  if (pseudonyms.has(name)) return 'pseudonym'
  return counts.has(name) ? 'count' : 'other'
}

function isLiteral(text: string): boolean {
  return (
    /^null$/i.test(text) ||
    /^(?:true|false)$/i.test(text) ||
    /^[+-]?\d+(?:\.\d+)?$/.test(text) ||
    /^'(?:[^']|'')*'$/.test(text)
  )
}

function isYear(text: string): boolean {
  return /^(?:year\s*\([^()]*\)|extract\s*\(\s*year\s+from\s[^()]*\)|date_part\s*\(\s*'year'\s*,[^()]*\))$/i.test(
    text,
  )
}

function isFirstThree(text: string): boolean {
  return /^(?:left\s*\([^(),]*,\s*3\s*\)|substr(?:ing)?\s*\([^(),]*,\s*[01]\s*,\s*3\s*\))$/i.test(
    text,
  )
}

/** `CAST(x AS type)` and `x::type` say nothing of the value. */
function withoutCasts(text: string): string {
  const cast = /^(?:try_)?cast\s*\(/i.exec(text)
  if (cast !== null && closes(text, cast[0].length - 1) === text.length - 1) {
    const inner = text.slice(cast[0].length, -1)
    const as = inner.toLowerCase().lastIndexOf(' as ')
    return as === -1 ? text : withoutCasts(inner.slice(0, as).trim())
  }
  const typed = /^(.*\S)\s*::\s*\w+$/s.exec(text)
  return typed?.[1] === undefined ? text : withoutCasts(typed[1])
}

/** The function whose call is the whole expression, or that is named alone. */
function outermost(text: string): string | undefined {
  const name = /^\w+/.exec(text)?.[0]
  if (name === undefined) return undefined
  const rest = text.slice(name.length).trimStart()
  if (rest === '') return name
  if (!rest.startsWith('(')) return undefined
  const open = text.length - rest.length
  return closes(text, open) === text.length - 1 ? name : undefined
}

/** Where the bracket that opens there is closed; quotes are stepped over. */
function closes(text: string, open: number): number {
  let depth = 0
  let quoted = false
  for (let at = open; at < text.length; at += 1) {
    const character = text[at]
    if (character === "'") quoted = !quoted
    if (quoted) continue
    if (character === '(') depth += 1
    if (character === ')') depth -= 1
    if (depth === 0) return at
  }
  return -1
}
