import type { SqlTerms, Statement } from '../sql/index.ts'

/** What is read here of what a statement says. */
export type SqlStatement = Pick<
  Statement,
  'inputs' | 'outputs' | 'maps' | 'copies' | 'changes' | 'unresolved'
>

/** Reads a text of one or more statements, in their order. Never throws. */
export type ReadSql = (
  text: string,
  terms: Omit<SqlTerms, 'isWholeSession'>,
) => readonly SqlStatement[]
