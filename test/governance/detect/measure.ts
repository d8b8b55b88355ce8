import type { Detected } from '../../../src/governance/detect/detection.ts'
import type { LabelledTable } from './labelled.ts'
import { detect } from '../../../src/governance/detect/detect.ts'

/** What was asked of one category and what was found. Ratios of nothing are 1. */
export type Score = Readonly<{
  /** Columns that are of the category, and those of them that have it (or a label as good). */
  asked: number
  found: number
  /** Labels of the category that were given, and those of them that are right. */
  given: number
  right: number
}>

export type Measured = Readonly<{
  byLabel: ReadonlyMap<string, Score>
  /** Each as `table.column: expected, given`. */
  missed: readonly string[]
  wrong: readonly string[]
}>

type Asking = Readonly<{ appliedOnly?: boolean }>

/**
 * Detectors against labels. A column counts for the recall of the first of its labels unless NONE
 * is as good; a label given counts as right when it is any of them.
 */
export function measure(tables: readonly LabelledTable[], asking: Asking = {}): Measured {
  const byLabel = new Map<string, { asked: number; found: number; given: number; right: number }>()
  const missed: string[] = []
  const wrong: string[] = []
  const score = (label: string) => {
    const known = byLabel.get(label) ?? { asked: 0, found: 0, given: 0, right: 0 }
    byLabel.set(label, known)
    return known
  }
  for (const { input, expected } of tables) {
    const given = labelsOf(detect(input), asking)
    for (const [column, labels] of expected) {
      const found = given.get(column) ?? []
      const [meant = 'NONE'] = labels
      const where = `${input.name.name}.${column}: ${labels.join('|')}, ${found.join(' ') || 'nothing'}`
      if (!labels.includes('NONE')) {
        const isFound = labels.some((label) => found.includes(label))
        score(meant).asked += 1
        if (isFound) score(meant).found += 1
        else missed.push(where)
      }
      for (const label of found) {
        score(label).given += 1
        if (labels.includes(label)) score(label).right += 1
        else wrong.push(where)
      }
    }
  }
  return { byLabel, missed, wrong }
}

function labelsOf(
  { detections }: Detected,
  { appliedOnly = false }: Asking,
): ReadonlyMap<string, readonly string[]> {
  const given = new Map<string, string[]>()
  for (const { column, label, decision } of detections) {
    if (column === undefined || (appliedOnly && decision !== 'applied')) continue
    given.set(column, [...(given.get(column) ?? []), label])
  }
  return given
}

/** The score of all labels of a group together: `ID`, `QI`, `CLIN` … */
export function groupScore({ byLabel }: Measured, group: string): Score {
  const total = { asked: 0, found: 0, given: 0, right: 0 }
  for (const [label, score] of byLabel) {
    if (!label.startsWith(`${group}.`)) continue
    total.asked += score.asked
    total.found += score.found
    total.given += score.given
    total.right += score.right
  }
  return total
}

export function recallOf({ asked, found }: Score): number {
  return asked === 0 ? 1 : found / asked
}

export function precisionOf({ given, right }: Score): number {
  return given === 0 ? 1 : right / given
}
