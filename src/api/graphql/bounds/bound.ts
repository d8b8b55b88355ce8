import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Config } from '../../../config.ts'

/** A question that was parsed and not looked at otherwise: it may still be invalid. */
export type Parsed = Readonly<{
  document: DocumentNode
  variables: Readonly<Record<string, unknown>>
  schema: GraphQLSchema
}>

/** What one question may not have more of. `of` must end on any document, also on an invalid one. */
export type Bound = Readonly<{
  /** As in "This query has more than 100 aliases". */
  unit: string
  max: (config: Config) => number
  of: (parsed: Parsed) => number
}>
