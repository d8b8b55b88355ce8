export type { CommandOptions, Defaults } from './defaults.ts'
export type { Movement, Saved, Unresolved, UnresolvedReason } from './movement.ts'
export { readCommand } from './read-command.ts'
export type { ReadSql } from './sql.ts'
