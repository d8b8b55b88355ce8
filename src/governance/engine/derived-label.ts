/*
 * Labels of what was made from something: `PSEUDO.x` by a hash or a token, `AGG.x` by an aggregate.
 * Both are idempotent, and the deepest form is `AGG.PSEUDO.x` (phi.md section 6.1).
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
