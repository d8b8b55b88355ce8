import type { Rule } from './rule.ts'
import { notOfPersons } from './rule.ts'

/**
 * Quasi-identifiers: harmless alone, identifying together.
 *
 * @see phi.md sections 2 and 3.2, QI.*
 */
export const quasiRules: readonly Rule[] = [
  { label: 'QI.YEAR', say: 'year birth, birth year, death year, year death', never: notOfPersons },
  {
    label: 'QI.SEX',
    say: 'gender, sex, female, male',
    never: notOfPersons,
    unless: 'partner health',
  },
  { label: 'QI.SEX', say: 'sexual orientation', where: ['person'] },
  { label: 'QI.RACE', say: 'race', never: notOfPersons, unless: 'condition horse bib' },
  { label: 'QI.ETHNICITY', say: 'ethnic, ethnicity, hispanic, latino', never: notOfPersons },
  {
    label: 'QI.MARITAL',
    say: 'marital status, marital, civil status, marriage status',
    never: notOfPersons,
  },
  {
    label: 'QI.LANGUAGE',
    say: 'language, preferred language, spoken language',
    where: ['person'],
    never: notOfPersons,
    unless: 'software programming note',
  },
  { label: 'QI.RELIGION', say: 'religion, religious, faith', never: notOfPersons },
  {
    label: 'QI.OCCUPATION',
    say: 'occupation, employer, job title, profession, employment status, employment, industry',
    where: ['person'],
    never: notOfPersons,
    unless: 'phone address date',
  },
  {
    label: 'QI.INCOME',
    say: 'income, salary, wage, wages, earnings, payment rate, net payment, gross payment',
    where: ['person'],
    never: notOfPersons,
  },
  {
    label: 'QI.AGE',
    say: 'age',
    where: ['person'],
    never: notOfPersons,
    unless: 'record file cache message account queue',
  },
  {
    label: 'QI.YEAR',
    say: 'year, calendar year',
    where: ['person'],
    never: notOfPersons,
    unless: 'fiscal model coverage month',
  },
  {
    label: 'QI.GEO',
    say: 'zip3, zip prefix',
    never: notOfPersons,
  },
  {
    label: 'QI.GEO',
    say: 'state, country, province, nationality, citizenship, region, territory, country birth',
    where: ['person', 'address'],
    never: notOfPersons,
    unless: 'process job workflow machine solid status task order claim disease steady',
  },
  {
    label: 'QI.OTHER',
    say: 'veteran, homeless, education, military, citizenship status, household size, family size, disability status, housing, immigration',
    where: ['person'],
    never: notOfPersons,
  },
]
