import { parseCategory } from '../model/index.ts'

/** A category of a column in dotted form, and nothing that was made from one. */
export function isCategory(label: string): boolean {
  const found = parseCategory(label)
  return found !== undefined && found.base === label && found.group !== 'NONE'
}

/**
 * A label taken apart: `AGG.PSEUDO.ID.MRN` is an aggregate of a pseudonym of ID.MRN.
 *
 * @see phi.md sections 2 and 6.1
 */
export type LabelParts = Readonly<{
  /** The category at the bottom: `ID.MRN`. */
  category: string
  /** `ID`, `QI`, `CLIN`, `BILL`, `PROV` or `SENS`. */
  group: string
  isPseudonym: boolean
  isAggregate: boolean
}>

export function labelParts(label: string): LabelParts {
  const isAggregate = label.startsWith('AGG.')
  const inner = isAggregate ? label.slice('AGG.'.length) : label
  const isPseudonym = inner.startsWith('PSEUDO.')
  const category = isPseudonym ? inner.slice('PSEUDO.'.length) : inner
  return { category, group: category.split('.', 1)[0] ?? '', isPseudonym, isAggregate }
}

/** @internal Whether a label is one: a category, or `PSEUDO.`, `AGG.` or `AGG.PSEUDO.` of one. */
export function isLabel(label: string): boolean {
  return isCategory(labelParts(label).category)
}
