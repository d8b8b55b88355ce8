export type { Defaults } from './defaults.ts'
export type { Movement } from './movement.ts'
export { readCommand } from './read-command.ts'
