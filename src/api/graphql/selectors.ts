import type { Selector } from '../../model/index.ts'
import type { Maybe } from './args.ts'
import type { ApiContext } from './context.ts'
import { LinewardError } from '../../errors.ts'
import { listWithin, textWithin } from './args.ts'
import { refuseSecret } from './scrubbed.ts'

/** `SelectorInput` in schema.graphql. */
export type SelectorInput = Readonly<
  { [Key in (typeof textKeys)[number]]?: Maybe<string> } & {
    tag?: Maybe<Readonly<{ key: string; value?: Maybe<string> }>>
  }
>

const textKeys = ['namespace', 'name', 'account', 'region', 'vpc', 'job', 'principal'] as const
/** Parts that are names of this platform and can hold whatever somebody typed. */
const nameKeys: readonly string[] = ['namespace', 'name', 'job']

const selectorsMax = 1000
const selectorCharactersMax = 2000

/**
 * The selectors, each with at least one part.
 *
 * @throws LinewardError ARGUMENT_INVALID for an empty one, a blank part, or one that holds what looks
 *   like a secret; LIMIT_EXCEEDED for too many or too long ones.
 */
export function selectorsIn(
  argument: string,
  given: readonly SelectorInput[],
  context: ApiContext,
): readonly Selector[] {
  return listWithin(selectorsMax, argument, given).map((selector, index) =>
    selectorIn(`${argument}[${index}]`, selector, context),
  )
}

function selectorIn(argument: string, given: SelectorInput, context: ApiContext): Selector {
  const texts = textKeys.flatMap((key) => {
    const value = given[key]
    if (typeof value !== 'string') return []
    const text = textWithin(selectorCharactersMax, `${argument}.${key}`, { value })
    if (nameKeys.includes(key)) refuseSecret(`${argument}.${key}`, text, context)
    return [[key, text] as const]
  })
  const tag = tagIn(argument, given, context)
  if (texts.length === 0 && tag === undefined) {
    throw new LinewardError(
      'ARGUMENT_INVALID',
      `\`${argument}\` is empty, and would match anything`,
    )
  }
  return { ...Object.fromEntries(texts), ...(tag === undefined ? {} : { tag }) }
}

function tagIn(argument: string, { tag }: SelectorInput, context: ApiContext): Selector['tag'] {
  if (tag === null || tag === undefined) return undefined
  const key = textWithin(selectorCharactersMax, `${argument}.tag.key`, { value: tag.key })
  refuseSecret(`${argument}.tag.key`, key, context)
  if (typeof tag.value !== 'string') return { key }
  const given = { value: tag.value, blank: true }
  const value = textWithin(selectorCharactersMax, `${argument}.tag.value`, given)
  refuseSecret(`${argument}.tag.value`, value, context)
  return { key, value }
}
