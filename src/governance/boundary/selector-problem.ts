import type { Selector } from '../../model/index.ts'
import type { SelectorKey } from './selector.ts'
import { selectorKeys, selectorPart } from './selector.ts'

const patternCharactersMax = 500

/** Properties that nothing has both of, with what to do instead. */
const apart: readonly (readonly [one: SelectorKey, other: SelectorKey])[] = [
  ['name', 'job'],
  ['name', 'principal'],
  ['job', 'principal'],
  ['namespace', 'principal'],
  ['tag', 'principal'],
  ['vpc', 'principal'],
]

/**
 * Why a selector of a boundary cannot be used, and what to do; undefined when it can. It completes
 * the sentence "The selector …".
 */
export function selectorProblem(selector: Selector): string | undefined {
  const given = selectorKeys.filter((key) => selectorPart(selector, key) !== undefined)
  if (given.length === 0) {
    return `asks for nothing, and would match everything; give at least one of ${selectorKeys.join(', ')}`
  }
  const [one, other] = apart.find((pair) => pair.every((key) => given.includes(key))) ?? []
  if (one !== undefined) {
    return `asks for ${one} and ${other} at once, and nothing has both; write two selectors`
  }
  return partProblem(selector, given)
}

/**
 * The same for a selector of who may cross, which is of a job or principal and of nothing else.
 */
export function crosserProblem(selector: Selector): string | undefined {
  const given = selectorKeys.filter((key) => selectorPart(selector, key) !== undefined)
  const foreign = given.find((key) => key === 'name' || key === 'tag' || key === 'vpc')
  if (foreign !== undefined) {
    return `asks for ${foreign}, which says nothing of who moves data; ask for job, namespace or principal`
  }
  if (!given.some((key) => key === 'job' || key === 'namespace' || key === 'principal')) {
    return 'says neither which job (job, namespace) nor which principal may cross; give one of them'
  }
  return partProblem(selector, given)
}

function partProblem(selector: Selector, given: readonly SelectorKey[]): string | undefined {
  for (const key of given) {
    const text = selectorPart(selector, key) ?? ''
    const problem = textProblem(text) ?? accountProblem(key, text)
    if (problem !== undefined) return `has ${key} ${problem}`
  }
  return selector.tag?.key === '' || selector.tag?.value === ''
    ? 'has tag with an empty key or value; leave the value out to match any'
    : undefined
}

function textProblem(text: string): string | undefined {
  if (text === '') return 'with nothing in it; leave it out, or write ** to match any'
  if (text.length > patternCharactersMax) {
    return `of over ${patternCharactersMax} characters; write a shorter pattern`
  }
  return /[\p{Cc}\p{Cs}]/u.test(text)
    ? 'with characters that no name has; take them out'
    : undefined
}

function accountProblem(key: SelectorKey, text: string): string | undefined {
  if (key !== 'account' || !/^\d+$/.test(text) || text.length === 12) return undefined
  return `of ${text.length} digits, and an account of AWS has 12; with quotes around it no zero is lost`
}
