export { readSql } from './read.ts'
export type { SqlDialect } from './dialect.ts'
export type { SqlName } from './name.ts'
export type { SqlColumnMap, Statement } from './statement.ts'
