export type { GraphqlParts } from './parts.ts'
export { subscriptionProtocol } from './subscriptions.ts'
export { registerGraphql } from './register-graphql.ts'
