import type { DialectTraits } from '../dialect.ts'
import type { Parts } from '../name.ts'
import type { Input, Item } from './input.ts'
import { readQuery } from './select.ts'
import { Scope, TooLargeError } from './scope.ts'

/**
 * What a query reads and gives. `tables` in the order in which they were first read, with the letter
 * case of the dialect and as many parts as were written; inputs name them by place. `alternatives`:
 * the columns of the result, in order; several for queries joined by UNION whose columns cannot be
 * told one by one. `isUnordered`: the names are right, their places are not certain.
 */
export type Analysis = Readonly<{
  tables: readonly Parts[]
  alternatives: readonly (readonly Item[])[]
  isUnordered: boolean
  whole: readonly Input[]
}>

/** Enough for a table of a thousand columns out of a join of a hundred; more is not told by column. */
const columnsMax = 200_000

/** What the tree of a query says. @throws TooLargeError when it has too many columns. */
export function analyse(query: unknown, traits: DialectTraits): Analysis {
  let spent = 0
  const tables = new Map<string, Readonly<{ parts: Parts; number: number }>>()
  const shared = {
    traits,
    tableOf(parts: Parts) {
      const key = JSON.stringify(parts)
      const known = tables.get(key) ?? { parts, number: tables.size }
      tables.set(key, known)
      return known.number
    },
    read: readQuery,
    spend(columns: number) {
      spent += columns
      if (spent > columnsMax) throw new TooLargeError()
    },
  }
  const { alternatives, isUnordered, whole } = readQuery(query, new Scope(shared))
  return {
    tables: [...tables.values()].map(({ parts }) => parts),
    alternatives,
    isUnordered,
    whole,
  }
}
