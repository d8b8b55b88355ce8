import type { Transformation } from '../../model/index.ts'
import type { Analysis } from './query/analyse.ts'
import type { SqlName } from './name.ts'
import { keyOf } from './name.ts'
import { composed, identity } from './query/input.ts'

/** One column of a dataset that goes into something, and one thing that is done to it. */
export type Used = Readonly<{ dataset: SqlName; column: string; done: Transformation }>

export type QueryItem = Readonly<
  | { column: Readonly<{ name: string | undefined; inputs: readonly Used[] }> }
  | { star: Readonly<{ dataset: SqlName; except: readonly string[] }> }
>

/** `Analysis` with whole names, in which temporary tables stand for what was put into them. */
export type Query = Readonly<{
  inputs: readonly SqlName[]
  alternatives: readonly (readonly QueryItem[])[]
  isUnordered: boolean
  whole: readonly Used[]
  unresolved?: string
}>

/** What a name in a query is: a dataset, a temporary table with its content, nothing that holds data. */
export type Meaning = Readonly<
  { dataset: SqlName } | { content: Query } | { unresolved: string } | { system: true }
>

export const noQuery: Query = { inputs: [], alternatives: [[]], isUnordered: false, whole: [] }

/** The query that an analysis says, each table as what it means. */
export function queryOf(
  { tables, alternatives, isUnordered, whole }: Analysis,
  meaningOf: (parts: readonly string[]) => Meaning,
): Query {
  const meanings = tables.map(meaningOf)
  const inputs = new Map<string, SqlName>()
  const contents: Query[] = []
  let unresolved: string | undefined
  for (const meaning of meanings) {
    if ('dataset' in meaning) inputs.set(keyOf(meaning.dataset), meaning.dataset)
    else if ('unresolved' in meaning) unresolved = meaning.unresolved
    else if ('content' in meaning) {
      contents.push(meaning.content)
      unresolved ??= meaning.content.unresolved
      for (const input of meaning.content.inputs) inputs.set(keyOf(input), input)
    }
  }
  const used = (
    all: readonly Readonly<{ table: number; column: string; done: Transformation }>[],
  ): readonly Used[] =>
    all.flatMap(({ table, column, done }) => usedOf(meanings[table], column, done))
  let isMixed = isUnordered
  const items = alternatives.map((list) =>
    list.flatMap((item): readonly QueryItem[] => {
      if ('column' in item) {
        return [{ column: { name: item.column.name, inputs: used(item.column.inputs) } }]
      }
      const { table, except } = item.star
      const meaning = meanings[table]
      if (meaning === undefined || 'system' in meaning || 'unresolved' in meaning) {
        isMixed = true
        return []
      }
      if ('dataset' in meaning) return [{ star: { dataset: meaning.dataset, except } }]
      isMixed ||= meaning.content.isUnordered || meaning.content.alternatives.length > 1
      return meaning.content.alternatives.flat().filter((inner) => !isLeft(inner, except))
    }),
  )
  return {
    inputs: [...inputs.values()],
    alternatives: items,
    isUnordered: isMixed,
    whole: [...used(whole), ...contents.flatMap((content) => content.whole)],
    ...(unresolved === undefined ? {} : { unresolved }),
  }
}

function isLeft(item: QueryItem, except: readonly string[]): boolean {
  return 'column' in item && item.column.name !== undefined && except.includes(item.column.name)
}

function usedOf(
  meaning: Meaning | undefined,
  column: string,
  done: Transformation,
): readonly Used[] {
  if (meaning === undefined) return []
  if ('dataset' in meaning) return [{ dataset: meaning.dataset, column, done }]
  if (!('content' in meaning)) return []
  return columnIn(meaning.content, column).map((inner) => ({
    ...inner,
    done: composed(done, inner.done),
  }))
}

/** What a column of a query is made of, by its name. */
function columnIn({ alternatives }: Query, name: string): readonly Used[] {
  return alternatives.flatMap((items) => {
    const named = items.flatMap((item) =>
      'column' in item && item.column.name === name ? [item.column.inputs] : [],
    )
    if (named.length > 0) return named.flat()
    return items.flatMap((item) =>
      'star' in item && !item.star.except.includes(name)
        ? [{ dataset: item.star.dataset, column: name, done: identity }]
        : [],
    )
  })
}
