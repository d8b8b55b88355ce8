import type { DatasetGrain, DatasetName } from '../../model/index.ts'

/** The metadata of one dataset: names, types, comments and what others declared of it. No value. */
export type DetectInput = Readonly<{
  name: DatasetName
  /** Other names of the same dataset. */
  names?: readonly DatasetName[]
  kind?: string
  description?: string
  /** Declared by others: Glue parameters, LF-tags, OpenLineage tags; of a column where one is named. */
  tags?: readonly Readonly<{ key: string; value?: string; column?: string }>[]
  /** Nested ones by dotted path. */
  columns: readonly Readonly<{ name: string; type?: string; description?: string }>[]
  /** What a scanner outside found (Macie, Presidio …), by its own words; `confidence` is 0 to 1. */
  findings?: readonly Readonly<{
    column?: string
    category: string
    kind: string
    confidence: number
  }>[]
}>

export type EvidenceKind =
  | 'EXACT_NAME'
  | 'FUZZY_NAME'
  | 'TABLE_CONTEXT'
  | 'TYPE_MISMATCH'
  | 'DECLARED_TAG'
  | 'DESCRIPTION'
  | 'EXTERNAL_CHECKED'
  | 'EXTERNAL_FORMAT'

/** One reason for a label: `weight` is that of its kind, `strength` (0 to 1) how clearly it speaks. */
export type Evidence = Readonly<{
  kind: EvidenceKind
  weight: number
  strength: number
  words: string
}>

/** A label that detectors give to a column, or to the whole dataset where no column is named. */
export type Detection = Readonly<{
  /** In dotted form: `ID.SSN`. */
  label: string
  column?: string
  /** From 0.5 to 1, to four digits. */
  score: number
  /** `applied` from 0.8 on. */
  decision: 'applied' | 'suggested'
  evidence: readonly Evidence[]
}>

export type Detected = Readonly<{
  /** By column in the order of the input, the dataset's own last, then by label. */
  detections: readonly Detection[]
  grain: DatasetGrain
  /** Its rows are about care or its payment: being a patient is health information too. */
  isHealthContext: boolean
  /** Its rows are of persons: patients, or employees, customers, users. */
  isPersonTable: boolean
}>
