import type { Head, Rule, Trait } from './rules/rule.ts'
import type { Word } from './words.ts'
import { billingRules } from './rules/billing.ts'
import { clinicalRules } from './rules/clinical.ts'
import { identifierRules } from './rules/identifiers.ts'
import { providerRules } from './rules/provider.ts'
import { quasiRules } from './rules/quasi.ts'
import { sensitiveRules } from './rules/sensitive.ts'
import { technicalRules } from './rules/technical.ts'

/** A rule that matched a name: the words that it found, and whether one of them was corrected. */
export type Match = Readonly<{ rule: Rule; words: string; isExact: boolean }>

/** A name as the rules see it. */
export type ReadName = Readonly<{ words: readonly Word[]; head: Head }>

const dateHeads = new Set(['date', 'datetime', 'timestamp', 'time', 'at', 'day', 'month'])
/** What a number or key is called, surrogate keys of warehouses among them. */
export const idHeads: ReadonlySet<string> = new Set([
  'id',
  'identifier',
  'number',
  'key',
  'reference',
  'uuid',
  'guid',
  'uid',
  'sid',
  'icn',
  'ien',
  'oid',
  'pk',
  'sk',
])

/** Words at the end of a name that say how a value is written and not what it is. */
const forms = new Set([
  'raw',
  'text',
  'source',
  'value',
  'string',
  'original',
  'current',
  'utc',
  'local',
  'internal',
  'external',
  'list',
  'alternate',
  'hash',
  'hashed',
  'encrypted',
  'token',
  'formatted',
  'real',
])

export function readName(read: readonly Word[], isDate = false): ReadName {
  // The id of a concept is a code: it says what, and not who.
  const words =
    read.at(-2)?.word === 'concept' && read.at(-1)?.word === 'id' ? read.slice(0, -1) : read
  let last = words.length - 1
  while (last > 0 && forms.has(words[last]?.word ?? '')) last -= 1
  // `num_value` is a value, and no number of anything.
  if (words[last]?.word === 'number' && words[last + 1]?.word === 'value') last += 1
  const word = words[last]?.word ?? ''
  if (dateHeads.has(word)) return { words, head: 'date' }
  // `ref` alone is a letter of a genome as well as the number of something.
  const isBare = words.length === 1 && ['reference', 'number', 'key'].includes(word)
  if (idHeads.has(word) && !isBare) return { words, head: 'id' }
  // `date_of_service`, `date_noted`: the word comes first.
  const isDatedFirst = words.length > 1 && ['date', 'datetime'].includes(words[0]?.word ?? '')
  if (isDatedFirst && !takesAway.has(word)) return { words, head: 'date' }
  // `id_patient`, `key_nis`
  if (words.length > 1 && ['id', 'key'].includes(words[0]?.word ?? '') && word !== 'name') {
    return { words, head: 'id' }
  }
  if (isDate) return { words, head: 'date' }
  return { words, head: word === 'name' ? 'name' : 'other' }
}

/**
 * Words that, behind the words of a rule, make the name mean something about them: `email_preference`
 * is no address and `phone_type` no number.
 */
const takesAway = new Set(
  (
    'type kind class category status flag indicator count total length len size width version format unit uom ' +
    'precision queue server template preference preferences model level method mode policy rank score quality ' +
    'valid verified provider bus list_size schema system percent average opt consent use required missing preferred'
  ).split(' '),
)

/** What is written as a code has types and statuses: `race_type` is still a race. */
const takesAwayFromCodes = takesAway.difference(
  new Set(['type', 'kind', 'class', 'category', 'status', 'indicator', 'flag']),
)
const nothing: ReadonlySet<string> = new Set()

/** The tables in the order in which they are asked, each with the words that spoil what stands before. */
const tables = [
  { rules: technicalRules, weakenedBy: nothing },
  { rules: providerRules, weakenedBy: nothing },
  { rules: identifierRules, weakenedBy: takesAway },
  { rules: quasiRules, weakenedBy: takesAwayFromCodes },
  { rules: billingRules, weakenedBy: nothing },
  { rules: clinicalRules, weakenedBy: nothing },
] as const

type Compiled = Readonly<{
  rule: Rule
  weakenedBy: ReadonlySet<string>
  order: number
  unless: ReadonlySet<string>
}>
type Phrase = Readonly<{ words: readonly string[]; of: Compiled }>

/** Phrases by their first word, in the order of the rules. */
function compiled(
  sets: readonly Readonly<{ rules: readonly Rule[]; weakenedBy: ReadonlySet<string> }>[],
): ReadonlyMap<string, readonly Phrase[]> {
  const phrases = new Map<string, Phrase[]>()
  let order = 0
  for (const { rules, weakenedBy } of sets) {
    for (const rule of rules) {
      const of: Compiled = { rule, weakenedBy, order, unless: new Set(rule.unless?.split(' ')) }
      order += 1
      for (const say of rule.say.split(', ')) {
        const words = say.split(' ')
        const first = words[0] ?? ''
        phrases.set(first, [...(phrases.get(first) ?? []), { words, of }])
      }
    }
  }
  return phrases
}

const mainPhrases = compiled(tables)
const sensitivePhrases = compiled([{ rules: sensitiveRules, weakenedBy: nothing }])

/** The first rule that gives a name its main label in such a table; one may give NONE. */
export function mainMatch(name: ReadName, traits: ReadonlySet<Trait>): Match | undefined {
  return matchesIn(mainPhrases, name, traits).toSorted((a, b) => a.order - b.order)[0]?.match
}

/** Every special category that a name speaks of. */
export function sensitiveMatches(name: ReadName, traits: ReadonlySet<Trait>): readonly Match[] {
  return matchesIn(sensitivePhrases, name, traits)
    .toSorted((a, b) => a.order - b.order)
    .map(({ match }) => match)
}

function matchesIn(
  phrases: ReadonlyMap<string, readonly Phrase[]>,
  name: ReadName,
  traits: ReadonlySet<Trait>,
): readonly Readonly<{ order: number; match: Match }>[] {
  const found = new Map<number, Readonly<{ order: number; match: Match }>>()
  const words = name.words.filter(({ word }) => word !== 'of' && word !== 'the' && word !== 'on')
  for (let at = 0; at < words.length; at += 1) {
    for (const phrase of [
      ...(phrases.get(words[at]?.word ?? '') ?? []),
      ...(at === 0 ? (phrases.get('*') ?? []) : []),
    ]) {
      if (found.has(phrase.of.order)) continue
      const match = matchAt(phrase, { words, head: name.head }, at, traits)
      if (match !== undefined) found.set(phrase.of.order, { order: phrase.of.order, match })
    }
  }
  return [...found.values()]
}

function matchAt(
  { words: wanted, of: { rule, weakenedBy, unless } }: Phrase,
  { words, head }: ReadName,
  at: number,
  traits: ReadonlySet<Trait>,
): Match | undefined {
  const isAny = wanted[0] === '*'
  const run = isAny ? words : words.slice(at, at + wanted.length)
  if (!isAny && !wanted.every((word, index) => run[index]?.word === word)) return undefined
  if (rule.head !== undefined && rule.head !== head) return undefined
  if (rule.as === 'whole' && run.length !== words.length) return undefined
  if (
    rule.as === 'subject' &&
    !words.slice(at + wanted.length).every(({ word }) => idHeads.has(word) || forms.has(word))
  ) {
    return undefined
  }
  if (rule.as === 'end' && at + wanted.length !== words.length) return undefined
  if (rule.where !== undefined && !rule.where.some((trait) => traits.has(trait))) return undefined
  if (rule.never?.some((trait) => traits.has(trait)) === true) return undefined
  if (words.some(({ word }) => unless.has(word) && !(!isAny && wanted.includes(word))))
    return undefined
  if (!isAny && words.slice(at + wanted.length).some(({ word }) => weakenedBy.has(word))) {
    return undefined
  }
  return {
    rule,
    words: isAny ? `a ${head}: ${said(run)}` : said(run),
    isExact: run.every(({ near }) => near === undefined),
  }
}

/** As it was written, and not as it was read. */
function said(words: readonly Word[]): string {
  return words.map(({ word, near }) => near ?? word).join(' ')
}
