/** The categories of a column by group. @see phi.md section 2 */
const groups: Readonly<Record<string, string>> = {
  ID: 'NAME GEO DATE PHONE FAX EMAIL SSN MRN HEALTHPLAN ACCOUNT LICENSE VEHICLE DEVICE URL IP BIOMETRIC PHOTO OTHER',
  QI: 'SEX AGE RACE ETHNICITY MARITAL LANGUAGE RELIGION OCCUPATION INCOME GEO YEAR OTHER',
  CLIN: 'DX PX RX LAB VITAL DEVICE IMM ALLERGY NOTE ENC OUTCOME',
  BILL: 'CLAIM PLAN PCI BANK',
  PROV: 'NPI DEA NAME OTHER',
  SENS: 'SUD MH HIV GENETIC REPRO MINOR',
}

/** Every category of a column in dotted form, in the order of phi.md section 2. */
const categories: ReadonlySet<string> = new Set(
  Object.entries(groups).flatMap(([group, codes]) =>
    codes.split(' ').map((code) => `${group}.${code}`),
  ),
)

export function isCategory(label: string): boolean {
  return categories.has(label)
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

/** Whether a label is one: a category, or `PSEUDO.`, `AGG.` or `AGG.PSEUDO.` of one. */
export function isLabel(label: string): boolean {
  return isCategory(labelParts(label).category)
}
