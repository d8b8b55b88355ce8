import type { Rule } from './rule.ts'

const roles =
  'provider, physician, doctor, attending, ordering, referring, rendering, supervising, operating, ' +
  'prescriber, surgeon, nurse, caregiver, performer, practitioner, clinician, primary care, ' +
  'radiologist, pathologist, pharmacist, therapist, anesthesiologist, dentist, requester, actor, recorder, asserter, author'

/**
 * Identifiers of professionals: confidential, and not a patient's.
 *
 * @see phi.md section 3.2, PROV.*
 */
export const providerRules: readonly Rule[] = [
  {
    label: 'PROV.NPI',
    say: 'npi, national provider identifier, national provider id',
    unless: 'flag indicator',
  },
  { label: 'PROV.DEA', say: 'dea', where: ['health', 'provider'] },
  { label: 'PROV.DEA', say: 'dea number, dea id, dea registration' },
  {
    label: 'PROV.NAME',
    say: 'provider name, physician name, doctor name, provider first name, provider last name, provider middle name',
  },
  { label: 'PROV.NAME', head: 'name', say: roles, unless: 'identity cloud service group network' },
  {
    label: 'PROV.NAME',
    say: 'name, first, last, middle, full name, surname, given, family',
    head: 'name',
    where: ['provider'],
    never: ['person'],
    unless: 'organisation group department specialty type',
  },
  {
    label: 'PROV.NAME',
    as: 'whole',
    say: 'first, last, middle, surname, given, family, maiden, name family, name given, name text, name first, name last',
    where: ['provider'],
    never: ['person'],
  },
  { label: 'PROV.OTHER', say: 'taxonomy code, taxonomy id', where: ['provider', 'health'] },
  {
    label: 'PROV.OTHER',
    say: roles,
    where: ['health', 'provider'],
    unless:
      'date time datetime timestamp type specialty count total amount paid charge cost status ' +
      'payment relationship fee patient birth gender identity cloud network',
  },
  {
    label: 'PROV.OTHER',
    say: roles,
    head: 'id',
    unless: 'type specialty count identity cloud network',
  },
  {
    label: 'PROV.OTHER',
    as: 'whole',
    say: 'id, gender, sex, address, phone, email, birth date, year birth, license number, license, fax, mobile, identifier, key, number',
    where: ['provider'],
    never: ['person'],
  },
]
