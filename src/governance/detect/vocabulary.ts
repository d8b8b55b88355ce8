import { abbreviations } from './abbreviations.ts'
import { ordinaryWords } from './ordinary-words.ts'
import { billingRules } from './rules/billing.ts'
import { clinicalRules } from './rules/clinical.ts'
import { identifierRules } from './rules/identifiers.ts'
import { providerRules } from './rules/provider.ts'
import { quasiRules } from './rules/quasi.ts'
import { sensitiveRules } from './rules/sensitive.ts'
import { tableWords } from './table-words.ts'

const wordsOfRules = new Set(
  [providerRules, identifierRules, quasiRules, billingRules, clinicalRules, sensitiveRules]
    .flat()
    .flatMap(({ say }) => say.split(/,? /))
    .filter((word) => word !== '*'),
)
const ordinary = new Set(ordinaryWords)
const known = new Set([
  ...wordsOfRules,
  ...ordinary,
  ...abbreviations.keys(),
  ...[...abbreviations.values()].flat(),
  ...tableWords,
])

/** Whether a word, in lower case, is one that means something in the name of a column or table. */
export function knows(word: string): boolean {
  return known.has(word)
}

const lettersMin = 6
const lettersMax = 24

/** Every way to leave one letter out of a long known word, to what it was. */
const withoutOne = new Map<string, string[]>()
for (const word of [...known].filter((each) => each.length >= lettersMin).toSorted()) {
  for (const short of [word, ...shortened(word)]) {
    const words = withoutOne.get(short)
    if (words === undefined) withoutOne.set(short, [word])
    else if (!words.includes(word)) words.push(word)
  }
}

/**
 * The known word of six letters or more from which one edit, or two letters changing places, makes
 * the token; undefined when there is none, or when it is as near to a word that no rule asks for.
 */
export function nearestWord(token: string): string | undefined {
  if (token.length < lettersMin || token.length > lettersMax || !/^\p{L}+$/u.test(token)) {
    return undefined
  }
  const found = new Set<string>()
  for (const short of [token, ...shortened(token)]) {
    for (const word of withoutOne.get(short) ?? []) if (isNear(token, word)) found.add(word)
  }
  const words = [...found].toSorted()
  return words.some((word) => ordinary.has(word)) ? undefined : words[0]
}

function shortened(word: string): readonly string[] {
  return Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))
}

/** One letter more, less or other, or two neighbours the wrong way round. */
function isNear(a: string, b: string): boolean {
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1
  const [restA, restB] = [a.slice(from), b.slice(from)]
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    restA.slice(1) === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  )
}
