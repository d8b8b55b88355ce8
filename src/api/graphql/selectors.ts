import type { Selector } from '../../model/index.ts'
import type { Maybe } from './args.ts'
import type { ApiContext } from './context.ts'
import { listWithin } from './args.ts'
import { refuseSecret } from './scrubbed.ts'

/** `SelectorInput` in schema.graphql. */
export type SelectorInput = Readonly<
  { [Key in (typeof textKeys)[number]]?: Maybe<string> } & {
    tag?: Maybe<Readonly<{ key: string; value?: Maybe<string> }>>
  }
>

const textKeys = ['namespace', 'name', 'account', 'region', 'vpc', 'job', 'principal'] as const
/** Parts in which somebody can have typed anything, and that never look like a number of a person. */
const nameKeys: readonly string[] = ['namespace', 'name', 'job']

const selectorsMax = 1000

/**
 * The selectors as they were given. Whether they can be used is for governance to say.
 *
 * @throws LinewardError ARGUMENT_INVALID for one that holds what looks like a secret, LIMIT_EXCEEDED
 *   for too many.
 */
export function selectorsIn(
  argument: string,
  given: readonly SelectorInput[],
  context: ApiContext,
): readonly Selector[] {
  return listWithin(selectorsMax, argument, given).map((selector, index) => {
    const at = `${argument}[${index}]`
    const texts = textKeys.flatMap((key) => {
      const text = selector[key]
      if (typeof text !== 'string') return []
      if (nameKeys.includes(key)) refuseSecret(`${at}.${key}`, text, context)
      return [[key, text] as const]
    })
    const tag = tagIn(`${at}.tag`, selector, context)
    return { ...Object.fromEntries(texts), ...(tag === undefined ? {} : { tag }) }
  })
}

function tagIn(at: string, { tag }: SelectorInput, context: ApiContext): Selector['tag'] {
  if (tag === null || tag === undefined) return undefined
  const { key, value } = tag
  refuseSecret(`${at}.key`, key, context)
  if (typeof value !== 'string') return { key }
  refuseSecret(`${at}.value`, value, context)
  return { key, value }
}
