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
  const category = categoryOf(label)
  return {
    category,
    group: category.split('.', 1)[0] ?? '',
    isPseudonym: isPseudonym(label),
    isAggregate: isAggregate(label),
  }
}

/** @internal Whether a label is one: a category, or `PSEUDO.`, `AGG.` or `AGG.PSEUDO.` of one. */
export function isLabel(label: string): boolean {
  return isCategory(labelParts(label).category)
}

/*
 * Labels of what was made from something: `PSEUDO.x` by a hash or a token, `AGG.x` by an aggregate.
 * Both are idempotent, and the deepest form is `AGG.PSEUDO.x`.
 */

const pseudo = 'PSEUDO.'
const aggregate = 'AGG.'

export function isPseudonym(label: string): boolean {
  return label.startsWith(pseudo) || label.startsWith(aggregate + pseudo)
}

export function isAggregate(label: string): boolean {
  return label.startsWith(aggregate)
}

/** The category that it was made from. */
export function categoryOf(label: string): string {
  const rest = label.startsWith(aggregate) ? label.slice(aggregate.length) : label
  return rest.startsWith(pseudo) ? rest.slice(pseudo.length) : rest
}

export function pseudonymOf(label: string): string {
  return isPseudonym(label) || isAggregate(label) ? label : pseudo + label
}

export function aggregateOf(label: string): string {
  return isAggregate(label) ? label : aggregate + label
}

/** An identifier of a person, plain or as a pseudonym: what tells one person's rows from another's. */
export function tellsPersons(label: string): boolean {
  return categoryOf(label).startsWith('ID.') && !isAggregate(label)
}

/** That, or what many persons have in common and few have all of: by it data is joined again (K-14). */
export function tellsOfPersons(label: string): boolean {
  return tellsPersons(label) || label.startsWith('QI.')
}

/** Knowing the value of such a column tells about everybody who is in the output (P-07). */
export function tellsByFilter(label: string): boolean {
  return ['CLIN.', 'BILL.', 'SENS.'].some((group) => categoryOf(label).startsWith(group))
}
