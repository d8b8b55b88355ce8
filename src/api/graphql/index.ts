export type { GraphqlParts } from './parts.ts'
export { registerGraphql } from './register-graphql.ts'
