/** One step of a pattern: a character of its own, or what stands for others. */
type Step =
  | Readonly<{ kind: 'character'; unit: number }>
  /** Any run within one part. */
  | Readonly<{ kind: 'run' }>
  /** Any run, over the ends of parts too. */
  | Readonly<{ kind: 'deepRun' }>
  /** The two steps behind it may both be left out. */
  | Readonly<{ kind: 'optionalTwo' }>

/** What a selector says of one property, made ready to be matched. */
export type Pattern = Readonly<{
  text: string
  steps: readonly Step[]
  /** What every match begins with. */
  prefix: string
  /** Characters that stand for themselves and must be there. */
  literals: number
  /** It has no wildcard, and matches its own text alone. */
  exact: boolean
}>

/** What the work of a match is counted in: one step tried at one place of the text. */
export type Tally = { steps: number }

const character = (unit: number): Step => ({ kind: 'character', unit })
const slash = '/'.charCodeAt(0)

/**
 * Reads a pattern. `*` is any run of characters, none too, within one part; `**` is any run. Where
 * `**` stands for whole folders there may be none of them: in front of a slash at the beginning or
 * behind another slash, and at the end, where the folder itself is meant too, for a folder is all
 * that is in it. All else stands for itself; there is no escape. Never throws.
 */
export function readPattern(text: string): Pattern {
  const steps: Step[] = []
  let literals = 0
  for (let at = 0; at < text.length;) {
    const isPartStart = at === 0 || text.charAt(at - 1) === '/'
    const end = endOfRun(text, at)
    const length = end - at
    if (length === 0) {
      const unit = text.charCodeAt(at)
      if (unit === slash && isDeepTail(text, at + 1)) {
        steps.push({ kind: 'optionalTwo' }, character(slash), { kind: 'deepRun' })
        at = text.length
      } else {
        steps.push(character(unit))
        literals += 1
        at += 1
      }
    } else if (length > 1 && isPartStart && text.charAt(end) === '/') {
      steps.push({ kind: 'optionalTwo' }, { kind: 'deepRun' }, character(slash))
      at = end + 1
    } else {
      steps.push({ kind: length > 1 ? 'deepRun' : 'run' })
      at = end
    }
  }
  return { text, steps, prefix: prefixOf(text), literals, exact: literals === text.length }
}

function endOfRun(text: string, start: number): number {
  let at = start
  while (text.charAt(at) === '*') at += 1
  return at
}

function isDeepTail(text: string, start: number): boolean {
  const end = endOfRun(text, start)
  return end === text.length && end - start > 1
}

/** Up to the first wildcard, without a slash that may be left out before it. */
function prefixOf(text: string): string {
  const wildcard = text.indexOf('*')
  if (wildcard === -1) return text
  const before = text.slice(0, wildcard)
  return isDeepTail(text, wildcard) && before.endsWith('/') ? before.slice(0, -1) : before
}

/**
 * Whether the pattern matches the whole text. `separator` is what ends a part, undefined where there
 * are no parts. All ways to go on are followed at once, character by character, so that the work is
 * at most (steps of the pattern + 1) × (length of the text + 1) whatever either holds.
 */
export function matches(
  { text: own, steps, prefix, exact }: Pattern,
  text: string,
  separator: string | undefined,
  tally: Tally = { steps: 0 },
): boolean {
  if (exact) return text === own
  if (!text.startsWith(prefix)) return false
  const boundary = separator?.charCodeAt(0)
  const seenAt = new Int32Array(steps.length + 1).fill(-1)
  // Every character of the prefix is a step of its own.
  let states = reached([prefix.length], { steps, seenAt, at: prefix.length, tally })
  for (let at = prefix.length; at < text.length && states.length > 0; at += 1) {
    const unit = text.charCodeAt(at)
    const next: number[] = []
    for (const state of states) {
      const step = steps[state]
      if (step?.kind === 'character') {
        if (step.unit === unit) next.push(state + 1)
      } else if (step?.kind === 'deepRun' || (step?.kind === 'run' && unit !== boundary)) {
        next.push(state)
      }
    }
    states = reached(next, { steps, seenAt, at: at + 1, tally })
  }
  return states.includes(steps.length)
}

type Walk = Readonly<{
  steps: readonly Step[]
  /** For each step, the last place of the text at which it was reached. */
  seenAt: Int32Array
  at: number
  tally: Tally
}>

/** The steps that can be next, each once: those given, and those that come after what may be empty. */
function reached(given: readonly number[], { steps, seenAt, at, tally }: Walk): number[] {
  const states: number[] = []
  const waiting = [...given]
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    if (seenAt[state] === at) continue
    seenAt[state] = at
    tally.steps += 1
    const kind = steps[state]?.kind
    if (kind === 'optionalTwo') waiting.push(state + 1, state + 3)
    else {
      states.push(state)
      if (kind === 'run' || kind === 'deepRun') waiting.push(state + 1)
    }
  }
  return states
}
