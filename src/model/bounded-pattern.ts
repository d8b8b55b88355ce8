/** How many ways a part of a pattern can match, and how short and long what it matches is. */
type Size = Readonly<{ ways: number; least: number; most: number }>

const patternCharactersMax = 200
/** More ways to match at one place than any form of number has, and few enough for a megabyte. */
const waysMax = 1000
const matchCharactersMin = 4
const matchCharactersMax = 64

/**
 * A regular expression of which it is known beforehand how long a search takes: at each place of a
 * text it has at most 1000 ways to go on. That leaves letters and digits, escapes of one character,
 * classes, groups, `|`, `?` and counted repeats, and takes away `*`, `+`, `{n,}`, look-around and
 * back-references. It stands for 4 to 64 characters. A problem completes the
 * sentence "The pattern …" and says what to write instead.
 */
export function boundedPattern(text: string): Readonly<{ pattern: RegExp } | { problem: string }> {
  if (text.length > patternCharactersMax) {
    return { problem: `has over ${patternCharactersMax} characters; write a shorter one` }
  }
  const reader = new PatternReader(text)
  const size = reader.alternatives()
  const problem = reader.problem ?? problemOf(size)
  if (problem !== undefined) return { problem }
  try {
    return { pattern: new RegExp(text) }
  } catch {
    return { problem: 'is no regular expression of JavaScript' }
  }
}

function problemOf({ ways, least, most }: Size): string | undefined {
  if (ways > waysMax) {
    return `can match in over ${waysMax} ways; repeat less within what is repeated, as in [A-Z]{0,3}\\d{6,10}`
  }
  if (least < matchCharactersMin) {
    return `matches ${least} characters, and would take words; ask for ${matchCharactersMin} or more`
  }
  return most > matchCharactersMax
    ? `matches over ${matchCharactersMax} characters; give the repeats a lower limit`
    : undefined
}

class PatternReader {
  readonly #text: string
  #at = 0
  problem: string | undefined

  constructor(text: string) {
    this.#text = text
  }

  /** To the end of the text, or of the group that it stands in. */
  alternatives(depth = 0): Size {
    let size = this.#sequence(depth)
    while (this.#take('|')) {
      const other = this.#sequence(depth)
      size = {
        ways: size.ways + other.ways,
        least: Math.min(size.least, other.least),
        most: Math.max(size.most, other.most),
      }
    }
    if (depth === 0 && this.#at < this.#text.length) this.#fail('closes a bracket that is not open')
    return size
  }

  #sequence(depth: number): Size {
    let size: Size = { ways: 1, least: 0, most: 0 }
    while (this.#at < this.#text.length && !/[|)]/.test(this.#text.charAt(this.#at))) {
      const part = this.#repeated(this.#atom(depth))
      size = {
        ways: size.ways * part.ways,
        least: size.least + part.least,
        most: size.most + part.most,
      }
    }
    return size
  }

  #atom(depth: number): Size {
    const one: Size = { ways: 1, least: 1, most: 1 }
    const rest = this.#text.slice(this.#at)
    if (this.#take('(')) return this.#group(depth)
    const plain =
      /^(?:\[(?:[^\]\\]|\\[dws.\-\]\\/])+\]|\\[dDwWsS.\-/\\_[\](){}?|#]|[\w\-/ #:.])/.exec(rest)
    if (plain !== null) {
      this.#at += plain[0].length
      return one
    }
    const shown = rest.slice(0, 2)
    if (/^[*+]/.test(rest)) this.#fail('repeats without a limit; write {1,12} instead of + or *')
    else if (/^[\^$]|^\\[bB]/.test(rest)) {
      this.#fail('has ^, $ or \\b; leave them out, it is matched against whole words anyway')
    } else this.#fail(`has something that is not taken here at character ${this.#at + 1}: ${shown}`)
    return one
  }

  #group(depth: number): Size {
    if (this.#take('?') && !this.#take(':')) {
      this.#fail('has a look-around or a named group; write (?:…)')
    }
    if (depth >= 8) this.#fail('has groups in groups over 8 deep')
    const size = this.problem === undefined ? this.alternatives(depth + 1) : noSize
    if (!this.#take(')')) this.#fail('has a bracket that is never closed')
    return size
  }

  #repeated(size: Size): Size {
    const rest = this.#text.slice(this.#at)
    if (/^(?:[*+]|\{\d*,\})/.test(rest)) {
      this.#fail('repeats without a limit; write {1,12} instead of +, * or {1,}')
      return size
    }
    const [counted = '', from = '0', to = from] =
      /^\{(\d{1,3})(?:,(\d{1,3}))?\}/.exec(rest) ?? (rest.startsWith('?') ? ['?', '0', '1'] : [])
    if (counted === '') return size
    this.#at += counted.length
    if (/[?*+{]/.test(this.#text.charAt(this.#at))) this.#fail('has a repeat right after a repeat')
    const [least, most] = [Number(from), Number(to)]
    let ways = 0
    for (let times = least; times <= most; times += 1) ways += size.ways ** times
    return { ways, least: size.least * least, most: size.most * most }
  }

  #take(character: string): boolean {
    if (this.#text.charAt(this.#at) !== character) return false
    this.#at += 1
    return true
  }

  /** Reading ends at the first problem. */
  #fail(problem: string): void {
    this.problem ??= problem
    this.#at = this.#text.length
  }
}

const noSize: Size = { ways: 1, least: 0, most: 0 }
