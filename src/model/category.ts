/**
 * The categories that a column or dataset can be labelled with, by group (phi.md section 2). Dotted
 * they are `ID.SSN`; a label covers what lies under it.
 *
 * @internal Tests go through it.
 */
export const categoryGroups = {
  ID: [
    'NAME',
    'GEO',
    'DATE',
    'PHONE',
    'FAX',
    'EMAIL',
    'SSN',
    'MRN',
    'HEALTHPLAN',
    'ACCOUNT',
    'LICENSE',
    'VEHICLE',
    'DEVICE',
    'URL',
    'IP',
    'BIOMETRIC',
    'PHOTO',
    'OTHER',
  ],
  QI: [
    'SEX',
    'AGE',
    'RACE',
    'ETHNICITY',
    'MARITAL',
    'LANGUAGE',
    'RELIGION',
    'OCCUPATION',
    'INCOME',
    'GEO',
    'YEAR',
    'OTHER',
  ],
  CLIN: ['DX', 'PX', 'RX', 'LAB', 'VITAL', 'DEVICE', 'IMM', 'ALLERGY', 'NOTE', 'ENC', 'OUTCOME'],
  BILL: ['CLAIM', 'PLAN', 'PCI', 'BANK'],
  PROV: ['NPI', 'DEA', 'NAME', 'OTHER'],
  SENS: ['SUD', 'MH', 'HIV', 'GENETIC', 'REPRO', 'MINOR'],
} as const

type CategoryGroup = keyof typeof categoryGroups

/** Reviewed as free of all others. */
const none = 'NONE'

/** Without what was done to it: `ID.SSN`, or `NONE`. */
const baseCategories: readonly string[] = [
  ...Object.entries(categoryGroups).flatMap(([group, codes]) =>
    codes.map((code) => `${group}.${code}`),
  ),
  none,
]

/** What was made of a category, in the only orders that there are: AGG over PSEUDO. */
const derivedPrefixes = ['', 'PSEUDO.', 'AGG.', 'AGG.PSEUDO.'] as const

/** `x`, `PSEUDO.x`, `AGG.x` or `AGG.PSEUDO.x`, in its parts. */
type Category = Readonly<{
  label: string
  group: CategoryGroup | 'NONE'
  /** Without the prefixes: `ID.SSN`. */
  base: string
  isPseudonym: boolean
  isAggregate: boolean
}>

const categories: ReadonlyMap<string, Category> = new Map(
  baseCategories.flatMap((base) =>
    derivedPrefixes
      .filter((prefix) => base !== none || prefix === '')
      .map((prefix) => {
        const label = `${prefix}${base}`
        const group = (base === none ? none : base.split('.', 1)[0]) as Category['group']
        const isPseudonym = prefix.includes('PSEUDO.')
        return [
          label,
          { label, group, base, isPseudonym, isAggregate: prefix.startsWith('AGG.') },
        ] as const
      }),
  ),
)

/** The category that a label is; undefined when it is none. Letter case counts. */
export function parseCategory(label: string): Category | undefined {
  return categories.get(label)
}

/**
 * Whether a label covers another: it is the same, or the other lies under it. `ID` covers `ID.SSN`,
 * and not `PSEUDO.ID.SSN`, which is something else.
 */
export function covers(label: string, other: string): boolean {
  return other === label || other.startsWith(`${label}.`)
}

/** Whether anything lies under the label, or it is a category itself. */
export function coversAny(label: string): boolean {
  return [...categories.keys()].some((known) => covers(label, known))
}

const lettersMax = 60

/** The categories that are written most like a text that is none, the nearest first. */
export function nearestCategories(text: string, most: number): readonly string[] {
  const wanted = lettersOf(text.slice(0, lettersMax))
  return [...categories.keys()]
    .map((label) => ({ label, distance: distanceOf(wanted, lettersOf(label)) }))
    .toSorted(
      (one, other) => one.distance - other.distance || one.label.length - other.label.length,
    )
    .slice(0, most)
    .map(({ label }) => label)
}

function lettersOf(text: string): string {
  return text.toUpperCase().replaceAll(/[^A-Z]+/g, '.')
}

/** How many letters have to be put in, taken out or changed; what begins alike is nearer. */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1]
    for (const [place, letterThere] of [...other].entries()) {
      const changed = (row[place] ?? 0) + (letter === letterThere ? 0 : 1)
      next.push(Math.min(changed, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1))
    }
    row = next
  }
  const lastPart = one.split('.').at(-1) ?? ''
  const sharesPart = lastPart !== '' && other.split('.').includes(lastPart)
  return (row.at(-1) ?? 0) - (sharesPart ? lastPart.length : 0)
}
