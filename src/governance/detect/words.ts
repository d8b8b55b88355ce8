import { abbreviations } from './abbreviations.ts'
import { isFieldOfMessage } from './positions.ts'
import { knows, nearestWord } from './vocabulary.ts'

/** One word of a name, in its canonical form. `near` is what stood there, where it was corrected. */
export type Word = Readonly<{ word: string; near?: string }>

/** A longer name is read to here: what follows says no more about a column. */
const charactersMax = 200
const tokensMax = 32
/** Words run together are taken apart up to this length. */
const compoundMax = 48

/**
 * The tokens of a name in lower case: split where letter case, letters and digits, or anything else
 * says so. `birthDate` and `birth-date` are two, `DIAGNOSIS1` is a word and a number.
 */
export function tokensOf(name: string): readonly string[] {
  return remembered(tokensByName, name, () => splitName(name))
}

/** Names of columns come again and again: so many of them are remembered. */
const namesMax = 20_000
const tokensByName = new Map<string, readonly string[]>()
const setsByName = new Map<string, ReadonlySet<string>>()
const wordsByToken = new Map<string, readonly Word[]>()

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key)
  if (found !== undefined) return found
  const made = make()
  if (known.size >= namesMax) known.clear()
  if (key.length <= charactersMax) known.set(key, made)
  return made
}

function splitName(name: string): readonly string[] {
  const tokens: string[] = []
  const separated = name
    .slice(0, charactersMax)
    .replace(/(?<!\p{L})e[-_ ]mail/giu, 'email')
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
  for (const [run] of separated.matchAll(/[\p{L}\d]+/gu)) {
    if (knows(run) || isFieldOfMessage(run)) tokens.push(run)
    else for (const [part] of run.matchAll(/\p{L}+|\d+/gu)) tokens.push(part)
    if (tokens.length >= tokensMax) break
  }
  return tokens.slice(0, tokensMax)
}

/**
 * The words of a name: short forms written out, plurals in the singular, words that were run
 * together taken apart, and one slip of the pen in a long word corrected. Numbers are left out.
 * Takes time by the number of tokens, which is bounded, whatever the name is.
 */
export function wordsOf(tokens: readonly string[]): readonly Word[] {
  const words = tokens.flatMap((token) => (isNumber(token) ? [] : wordsOfToken(token)))
  // A last letter alone is a mark of the system (`SEX_C`), as a first one is of a layer (`v_`).
  const kept = words.filter(({ word }) => word.length > 1)
  return kept.length > 0 ? kept : words
}

/** The words of a name, each once. */
export function wordsIn(name: string): ReadonlySet<string> {
  return remembered(
    setsByName,
    name,
    () => new Set(wordsOf(tokensOf(name)).map(({ word }) => word)),
  )
}

function isNumber(token: string): boolean {
  return /^\d/.test(token) && !knows(token)
}

function wordsOfToken(token: string): readonly Word[] {
  return remembered(wordsByToken, token, () => readToken(token))
}

function readToken(token: string): readonly Word[] {
  const known = canonical(token)
  if (known !== undefined) return known.map((word) => ({ word }))
  const parts = partsOf(token)
  if (parts !== undefined)
    return parts.flatMap((part) => (canonical(part) ?? [part]).map((word) => ({ word })))
  const nearest = nearestWord(token)
  if (nearest === undefined) return [{ word: token }]
  return (canonical(nearest) ?? [nearest]).map((word) => ({ word, near: token }))
}

function canonical(token: string): readonly string[] | undefined {
  const words = abbreviations.get(token)
  if (words !== undefined) return words
  if (knows(token)) return [token]
  const one = singulars(token).find((word) => abbreviations.has(word) || knows(word))
  return one === undefined ? undefined : (abbreviations.get(one) ?? [one])
}

function singulars(token: string): readonly string[] {
  if (token.length < 4 || !token.endsWith('s')) return []
  const stem = token.slice(0, -1)
  if (token.endsWith('ies')) return [`${token.slice(0, -3)}y`, stem]
  return token.endsWith('es') ? [stem, token.slice(0, -2)] : [stem]
}

/** Words that may be two letters long inside a compound. */
const shortParts = new Set([
  'id',
  'no',
  'dt',
  'cd',
  'nm',
  'to',
  'by',
  'of',
  'in',
  'is',
  'at',
  'ip',
  'rx',
  'dx',
  'ed',
  'yr',
])
/** Short forms of three letters that are parts of no other words, or of few. */
const shortFormsInside = new Set(
  'num amt val dob ssn mrn zip reg seq cnt qty enc adm pat grp typ txt dtm dod nbr org emp ref tot chg pay clm obs'.split(
    ' ',
  ),
)
/** Endings of many other words (`linkage`, `postage`, `trace`), so no part of a compound. */
const neverLast = new Set([
  'age',
  'race',
  'ion',
  'ing',
  'able',
  'ted',
  'ate',
  'late',
  'art',
  'cat',
  'ment',
  'out',
])

/**
 * A token as a run of known words, the fewest and of those the longest first; undefined when it is
 * none. One letter more may stand at the end of two words or more (`lastbilleddatep`).
 */
function partsOf(token: string): readonly string[] | undefined {
  if (token.length < 5 || token.length > compoundMax) return undefined
  const whole = runsOf(token)
  if (whole !== undefined) return whole
  return runsOf(token.slice(0, -1)) ?? datedParts(token)
}

/** `admidate`: what is dated may be anything. */
function datedParts(token: string): readonly string[] | undefined {
  const cut = token.length - 'date'.length
  return token.endsWith('date') && cut >= 3 && cut <= 8 ? [token.slice(0, cut), 'date'] : undefined
}

function runsOf(token: string): readonly string[] | undefined {
  // The best way to read what begins at each place, from the end.
  const best: (readonly string[] | undefined)[] = Array.from({ length: token.length + 1 })
  best[token.length] = []
  for (let from = token.length - 2; from >= 0; from -= 1) {
    for (let to = token.length; to >= from + 2; to -= 1) {
      const rest = best[to]
      if (rest === undefined) continue
      const part = token.slice(from, to)
      if (!isPart(part, { isLast: to === token.length, isFirst: from === 0 })) continue
      const found = best[from]
      if (found === undefined || rest.length + 1 < found.length) best[from] = [part, ...rest]
    }
  }
  const parts = best[0]
  return parts !== undefined && parts.length > 1 ? parts : undefined
}

function isPart(part: string, { isLast, isFirst }: { isLast: boolean; isFirst: boolean }): boolean {
  if (part.length === 2)
    return (
      shortParts.has(part) &&
      (isLast || isFirst || part === 'of' || part === 'in' || part === 'to' || part === 'by')
    )
  if (part.length === 3 && isLast && neverLast.has(part)) return false
  if (isLast && neverLast.has(part)) return false
  return abbreviations.has(part) && part.length === 3
    ? shortFormsInside.has(part)
    : canonical(part) !== undefined
}
