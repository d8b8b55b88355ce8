/** One step of a glob: a set of characters, or any run of them. */
type Step = Readonly<{ run: true } | { run: false; negated: boolean; ranges: readonly Range[] }>
type Range = readonly [from: string, to: string]

/** Above this many pairs of steps two globs count as meeting: a hostile name must not cost seconds. */
const pairsMax = 1_000_000

/** Whether a text has a wildcard of Hadoop's globs: `*`, `?`, or a class in brackets. */
export function isGlob(text: string): boolean {
  const bracket = text.indexOf('[')
  return /[*?]/.test(text) || (bracket !== -1 && text.indexOf(']', bracket + 2) !== -1)
}

/**
 * Whether some text matches both globs; a text without wildcards matches itself alone. `*` is any
 * run, `?` any one character, `[a-c]` one of a class and `[!a-c]` or `[^a-c]` none of it; with
 * `runs` only `*` is a wildcard.
 */
export function globsMeet(a: string, b: string, wildcards: 'all' | 'runs'): boolean {
  const left = stepsOf(a, wildcards)
  const right = stepsOf(b, wildcards)
  if (left.length * right.length > pairsMax) return true
  // meets[j]: whether what is left of `left` from the current step, and of `right` from j, can agree.
  let meets = Array.from({ length: right.length + 1 }, () => false)
  for (let i = left.length; i >= 0; i -= 1) {
    const next = meets
    meets = Array.from({ length: right.length + 1 }, () => false)
    for (let j = right.length; j >= 0; j -= 1) {
      const one = left[i]
      const other = right[j]
      if (one === undefined && other === undefined) meets[j] = true
      else if (one?.run === true) meets[j] = next[j] === true || meets[j + 1] === true
      else if (other?.run === true) meets[j] = meets[j + 1] === true || next[j] === true
      else if (one !== undefined && other !== undefined) {
        meets[j] = next[j + 1] === true && setsMeet(one, other)
      }
    }
  }
  return meets[0] === true
}

type OneOf = Extract<Step, { run: false }>

function setsMeet(a: OneOf, b: OneOf): boolean {
  if (a.negated && b.negated) return true
  if (a.negated) return setsMeet(b, a)
  return a.ranges.some(([from, to]) =>
    b.negated
      ? !b.ranges.some(([start, end]) => start <= from && to <= end)
      : b.ranges.some(([start, end]) => start <= to && from <= end),
  )
}

const anyCharacter: Step = { run: false, negated: true, ranges: [] }
const anyRun: Step = { run: true }

function stepsOf(glob: string, wildcards: 'all' | 'runs'): readonly Step[] {
  const steps: Step[] = []
  const lastClose = glob.lastIndexOf(']')
  for (let index = 0; index < glob.length; index += 1) {
    const character = String.fromCodePoint(glob.codePointAt(index) ?? 0)
    // A class may begin with what it would end with: `[]a]`, `[!]a]`.
    const negated = character === '[' && /[!^]/.test(glob.charAt(index + 1))
    const members = index + (negated ? 2 : 1)
    if (character === '*') {
      if (steps.at(-1) !== anyRun) steps.push(anyRun)
    } else if (character === '?' && wildcards === 'all') {
      steps.push(anyCharacter)
    } else if (character === '[' && wildcards === 'all' && lastClose > members) {
      const close = glob.indexOf(']', members + 1)
      steps.push({ run: false, negated, ranges: rangesOf(glob.slice(members, close)) })
      index = close
    } else {
      steps.push({ run: false, negated: false, ranges: [[character, character]] })
      index += character.length - 1
    }
  }
  return steps
}

function rangesOf(members: string): readonly Range[] {
  return [...members.matchAll(/([^])-([^])|([^])/gu)].map(([, from, to, alone = '']) =>
    from !== undefined && to !== undefined ? [from, to] : [alone, alone],
  )
}
