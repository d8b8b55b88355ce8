export { covers, coversAny, nearestCategories, parseCategory } from './category.ts'
export { entryKeyOf } from './entry.ts'
export type {
  DecisionPayload,
  Draft,
  Entry,
  EntryKey,
  EntryKind,
  Exposure,
  Position,
  SpelledName,
  Trust,
} from './entry.ts'
export type {
  ColumnInput,
  ColumnMap,
  CopiedColumns,
  Copy,
  DatasetOrJob,
  Declarer,
  DefinitionKey,
  ExplicitEntry,
  FacetOwner,
  Fact,
  SessionOrigin,
  FactKind,
  LifecycleChange,
  LocationBy,
  Moved,
  Mover,
  RunEventType,
  SchemaBy,
  SchemaField,
  Side,
  Spelling,
  TransactionEvent,
  Transformation,
} from './fact.ts'
export type {
  Basis,
  Direction,
  FlowId,
  FlowKind,
  Interval,
  JobId,
  Meeting,
  MeetingKind,
  RunId,
  RunState,
} from './flow.ts'
export { compactFormatNames, formatNames } from './format.ts'
export type { CompactFormatName, FormatName } from './format.ts'
export {
  certificateMethods,
  datasetGrains,
  datasetStatuses,
  findingStatuses,
  governanceIdOf,
  objectOf,
  partsOf,
  zones,
} from './governance.ts'
export type {
  Attestation,
  CertificateMethod,
  DatasetGrain,
  DatasetPart,
  DatasetStatus,
  FindingStatus,
  GovernanceId,
  Selector,
  StatedByWhom,
  Statement,
  Zone,
} from './governance.ts'
export { digestId } from './id.ts'
export { jobGroupIdOf } from './job-group.ts'
export type { JobGroupId } from './job-group.ts'
export { canonicalJobName, jobIdOf, runIdOf, withoutRunMarks } from './job-name.ts'
export type { JobName } from './job-name.ts'
export { canonicalJson } from './canonical-json.ts'
export { isJsonObject, parseJson, parseJsonRounded, unrounded } from './json.ts'
export type { Json, JsonObject, RawNumber } from './json.ts'
export { boundedPattern } from './bounded-pattern.ts'
export { overBounds } from './json-bounds.ts'
export type { JsonBounds } from './json-bounds.ts'
export {
  canonicalName,
  canonicalNamespace,
  canonicalNames,
  compareNames,
  datasetIdOf,
} from './name.ts'
export type { CanonicalName, DatasetId, DatasetName } from './name.ts'
export { whereaboutsOf } from './naming/whereabouts.ts'
export type { Whereabouts } from './naming/whereabouts.ts'
export { compareCodePoints } from './order.ts'
export { isOwnerAddress } from './owner.ts'
export {
  isLocation,
  kindByName,
  partSeparatorOf,
  placeOf,
  placesOverlap,
  segmentIsPattern,
} from './place.ts'
export type { DatasetKind, Place } from './place.ts'
export { beginningIn, nameInSchema, schemaIdOf, schemaOf } from './schema-name.ts'
export type { SchemaId } from './schema-name.ts'
export { definitionIdOf, transactionIdOf } from './shared.ts'
export type { DefinitionId, TransactionId } from './shared.ts'
export { formatTime, micros, parseTime } from './time.ts'
export type { Micros } from './time.ts'
export { isSamePerson } from './person.ts'
export { principalKeyOf, principalWords, sessionKeyOf } from './principal.ts'
export type { PrincipalKey, SessionKey } from './principal.ts'
