import type { Json } from '../../../src/model/index.ts'
import type { ScrubRules } from '../../../src/ingest/scrub/index.ts'
import type { Row, ScrubFormat } from './canary-rows.ts'
import { awsMustGo } from './aws-canaries.ts'
import { mustGo, mustStay } from './canaries.ts'
import { objectMustGo, objectMustStay } from './object-canaries.ts'
import { awsMustStay, personMustGo } from './person-canaries.ts'
import { statementMustGo, statementMustStay } from './statement-canaries.ts'

/** A text that is planted in an event, and what becomes of it. */
export type Canary = Readonly<{
  id: string
  format: ScrubFormat
  place: string
  event: Json
  planted: string
  fate: 'goes' | 'stays'
}>

/** The rules that the canaries are made for: one form of record numbers. */
export const canaryRules: ScrubRules = { tokenKey: Buffer.alloc(32, 7), mrn: [/MR\d{8}/] }

/** All that is planted, over all formats. */
export const canaries: readonly Canary[] = [
  ...planted('goes', [
    ...mustGo.map(ofOpenLineage),
    ...awsMustGo,
    ...objectMustGo,
    ...statementMustGo,
    ...personMustGo,
  ]),
  ...planted('stays', [
    ...mustStay.map(ofOpenLineage),
    ...objectMustStay,
    ...statementMustStay,
    ...awsMustStay,
  ]),
]

function ofOpenLineage([place, text, event]: (typeof mustGo)[number]): Row {
  return [place, 'openlineage', text, event]
}

function planted(fate: Canary['fate'], rows: readonly Row[]): readonly Canary[] {
  return rows.map(([place, format, text, event], index) => ({
    id: `${fate}-${index + 1}`,
    format,
    place,
    event,
    planted: text,
    fate,
  }))
}
