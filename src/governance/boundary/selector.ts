import type { Selector } from '../../model/index.ts'
import { canonicalName, canonicalNamespace } from '../../model/index.ts'

/** What a selector can ask for, the most specific first (phi.md section 6.1). */
export const selectorKeys = [
  'name',
  'job',
  'principal',
  'namespace',
  'tag',
  'vpc',
  'account',
  'region',
] as const
export type SelectorKey = (typeof selectorKeys)[number]

/** The order in which a selector is written out: from the outside in. */
export const writtenKeys: readonly SelectorKey[] = [
  'namespace',
  'name',
  'account',
  'region',
  'vpc',
  'tag',
  'job',
  'principal',
]

/** The text that a selector has for one property; undefined where it asks nothing of it. */
export function selectorPart(selector: Selector, key: SelectorKey): string | undefined {
  if (key !== 'tag') return selector[key]
  const { tag } = selector
  return tag === undefined ? undefined : tagText(tag)
}

/** A tag as Lineward writes it: `key`, or `key:value`. */
function tagText({ key, value }: NonNullable<Selector['tag']>): string {
  return value === undefined ? key : `${key}:${value}`
}

/** A selector in one line; equal lines are one selector. */
export function selectorText(selector: Selector): string {
  return writtenKeys
    .flatMap((key) => {
      const part = selectorPart(selector, key)
      return part === undefined ? [] : [`${key} ${part}`]
    })
    .join(', ')
}

const wild = (text: string | undefined): boolean => text === undefined || text.includes('*')

/**
 * The selector in the spelling of the names that it will meet: a namespace without wildcards, and a
 * name of a dataset in such a one, as `naming.md` writes them (`s3a://lake` is `s3://lake`). What has
 * wildcards loses the slash at its end and stays as it is.
 */
export function canonicalSelector(selector: Selector): Selector {
  const { namespace, name, job } = selector
  const bare = name !== undefined && name.length > 1 ? name.replace(/\/+$/, '') : name
  // The namespace of a job is as its producer sent it.
  if (namespace === undefined || wild(namespace) || job !== undefined) {
    return { ...selector, ...(bare === undefined ? {} : { name: bare }) }
  }
  if (bare !== undefined && !wild(bare)) {
    return { ...selector, ...canonicalName(namespace, bare) }
  }
  return {
    ...selector,
    namespace: canonicalNamespace(namespace),
    ...(bare === undefined ? {} : { name: bare }),
  }
}
