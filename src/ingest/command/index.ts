export type { Defaults } from './defaults.ts'
export type { Movement, SavedName } from './movement.ts'
export { readCommand } from './read-command.ts'
