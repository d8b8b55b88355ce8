/**
 * What the table of a column is. `person`: its rows are of one person each, or of an event of one;
 * `health`: and it is about care or its payment; `address`: siblings make a postal address;
 * `billing`: its rows are of claims, charges or payments. The others are what takes meaning away
 * from words: `provider` (professionals), `organisation`, `reference` (codes, places, products),
 * `aggregate`, `technical` (logs, jobs, metrics).
 */
export type Trait =
  | 'person'
  | 'event'
  | 'health'
  | 'address'
  | 'billing'
  | 'provider'
  | 'organisation'
  | 'reference'
  | 'aggregate'
  | 'technical'

/** What a name says that its value is, by its last word. */
export type Head = 'date' | 'id' | 'name' | 'other'

/** What the rows of a table are about: the label of its columns `code`, `value`, `description`. */
export const ownTheme = 'the theme of the table'

/**
 * One line of a table of rules. `say` has phrases, each a run of whole words in their canonical
 * form (see `words.ts`), separated by commas; `*` is any name. Of the rules of a table the first
 * that matches gives the column's label; NONE says that the name is none of what follows.
 */
export type Rule = Readonly<{
  label: string
  say: string
  /**
   * Where the phrase must stand in the name; anywhere when absent. `subject`: right before the word
   * that makes it a number, as `patient` in `patient_id` and not in `patient_class_id`.
   */
  as?: 'whole' | 'end' | 'subject'
  head?: Head
  /** The table must have one of these. */
  where?: readonly Trait[]
  /** The table must have none of these. */
  never?: readonly Trait[]
  /** Words of which the name must have none. */
  unless?: string
  /** Below 1 where the words mean other things about as often. */
  strength?: number
}>

/** Tables in which an identifier's words do not speak of a patient. */
export const notOfPersons = [
  'provider',
  'organisation',
  'reference',
  'aggregate',
  'technical',
] as const satisfies readonly Trait[]
