export { mapKeyOf, properties, sayingsOf, subjectsOf } from './cells.ts'
export type {
  Cell,
  Property,
  Saying,
  StoredExplicit,
  StoredInput,
  StoredMap,
  StoredMoved,
  Subject,
} from './cells.ts'
export type {
  Derivations,
  Footprint,
  IdentityCells,
  IdentityReader,
  KeyedMap,
  Member,
  NameClass,
  RunOutcome,
} from './derived.ts'
export type * from './port.ts'
export type * from './walk/answer.ts'
