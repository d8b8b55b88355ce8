export { derivations } from './table.ts'
