export type { AccessesAsk, AccessOf, AccessRecord } from './access.ts'
export { pageOfList } from './page.ts'
export { mapKeyOf } from './cells.ts'
export type { Cell, Property, StoredExplicit, StoredMap, StoredMoved } from './cells.ts'
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

export type { LogicalState } from './logical-state.ts'
export type {
  AsOf,
  Changes,
  ColumnEdge,
  ColumnRecord,
  Dataset,
  DatasetDetails,
  DatasetFilter,
  DeadLetterRecord,
  EvidenceOf,
  Expansion,
  ExposureRecord,
  FacetRecord,
  FlowRecord,
  Found,
  FrontierItem,
  FormerColumn,
  GovernedDataset,
  GraphReader,
  GraphStore,
  GraphWriter,
  JobDetails,
  JobRecord,
  KnownName,
  NodeKind,
  Move,
  MovedMap,
  Page,
  PageAsk,
  Readiness,
  ReduceBatch,
  RunDataset,
  RunRecord,
  SchemaRecord,
  EventCount,
  SourceCount,
  StatementRecord,
  Step,
  Translated,
} from './port.ts'
export type {
  Grain,
  Limit,
  LineageAnswer,
  LineageQuestion,
  PathAnswer,
  PathsAnswer,
  Start,
  WalkLimits,
} from './walk/answer.ts'
export { openSqliteGraph } from './sqlite/open.ts'
export { actedFor, actsFor } from './walk/acts-for.ts'
export { lineage } from './walk/lineage.ts'
export { paths } from './walk/paths.ts'
