import type { Door } from './door.ts'
import { LinewardError } from '../errors.ts'
import { query } from './graphql.ts'
import { fieldsIn, listIn } from './lineage-answer.ts'

type Fields = Readonly<Record<string, unknown>>

/** What pages have in common of a connection's nodes: so many of them, and whether there are more. */
export type Listed = Readonly<{ nodes: readonly Fields[]; more: boolean; behind: boolean }>

const pageMax = 500

/** The first `first` nodes of a connection, page after page. `text` takes `$first` and `$after`. */
export async function listed(
  door: Door,
  text: string,
  {
    field,
    first,
    variables,
  }: Readonly<{ field: string; first: number; variables: Readonly<Record<string, unknown>> }>,
): Promise<Listed> {
  const nodes: Fields[] = []
  let after: unknown = null
  for (;;) {
    const wanted = Math.min(pageMax, first - nodes.length)
    const page = fieldsIn(await query(door, text, { ...variables, first: wanted, after }), field)
    nodes.push(...listIn(page, 'edges').map((edge) => fieldsIn(edge, 'node')))
    const { hasNextPage, endCursor } = fieldsIn(page, 'pageInfo')
    const more = hasNextPage === true
    if (!more || nodes.length >= first) return { nodes, more, behind: page['behind'] === true }
    after = endCursor
  }
}

/**
 * The values given for an option that names members of a set, in any letter case and with - for _.
 *
 * @throws LinewardError ARGUMENT_INVALID for one that is none.
 */
export function membersOf<const Values extends readonly string[]>(
  option: string,
  given: readonly string[] | undefined,
  values: Values,
): readonly Values[number][] | undefined {
  return given
    ?.flatMap((text) => text.split(','))
    .map((text) => {
      const wanted = text.trim().toUpperCase().replaceAll('-', '_')
      if (values.includes(wanted)) return wanted
      throw new LinewardError('ARGUMENT_INVALID', `--${option} is one of ${values.join(', ')}`)
    })
}

/** @throws LinewardError ARGUMENT_INVALID when `--first` is no whole number of 1 or more. */
export function firstOf(given: string | undefined, otherwise: number): number {
  const first = /^\d{1,6}$/.test(given ?? String(otherwise)) ? Number(given ?? otherwise) : 0
  if (first > 0) return first
  throw new LinewardError('ARGUMENT_INVALID', '--first is a whole number of 1 or more')
}
