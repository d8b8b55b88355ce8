import type { Rule } from './rule.ts'
import { notOfPersons } from './rule.ts'

const roles = [
  'patient',
  'subscriber',
  'member',
  'insured',
  'guarantor',
  'person',
  'beneficiary',
  'employee',
  'customer',
  'contact',
  'spouse',
  'dependent',
]
/** `patient_last`, `subscriber_first` */
const partsOfNames = roles.flatMap((role) =>
  ['last', 'first', 'middle', 'given', 'family', 'surname', 'maiden'].map(
    (part) => `${role} ${part}`,
  ),
)

/** Words for the person that health data are about. */
const people =
  'patient, person, subject, beneficiary, enrollee, participant, individual, mother, newborn, donor, household'

/**
 * The 18 identifiers of safe harbour, each with the words that people give to their columns.
 *
 * @see phi.md sections 1 and 3.2
 */
export const identifierRules: readonly Rule[] = [
  // Whole phrases that mean one thing wherever they stand.
  {
    label: 'ID.SSN',
    say: 'social security number, social security, ssn last, ssn',
    never: ['reference', 'technical', 'aggregate'],
  },
  { label: 'ID.SSN', as: 'end', say: roles.map((role) => `${role} ss`).join(', ') },
  {
    label: 'ID.SSN',
    as: 'whole',
    say: 'sin, nino, national insurance number, tin, itin, ss, ss number, national id',
    where: ['person', 'health'],
  },
  {
    label: 'ID.MRN',
    say: 'mrn, medical record number, medical record, chart number, patient id list, patient identifier list, empi, master patient index, hospital number, enterprise patient id, mpi',
    never: ['reference', 'aggregate'],
    unless: 'date time status type',
  },
  {
    label: 'ID.MRN',
    say: 'identifier value, external patient id, patient identifier value',
    as: 'whole',
    where: ['health'],
    never: notOfPersons,
  },
  {
    label: 'ID.EMAIL',
    say: 'email, mail address, email address, electronic mail',
    never: ['provider', 'organisation', 'reference', 'technical', 'aggregate'],
  },
  { label: 'ID.FAX', say: 'fax', never: notOfPersons },
  {
    label: 'ID.PHONE',
    say: 'phone, mobile number, mobile phone, cell number, cell phone, telecom, pager, telephone',
    never: notOfPersons,
    unless: 'system use device app',
  },
  { label: 'ID.PHONE', as: 'whole', say: 'mobile, cell', where: ['person'] },
  {
    label: 'ID.IP',
    say: 'ip address, client ip, remote address, source ip, gateway ip, login ip, last login ip, remote ip, user ip',
    never: ['reference', 'technical', 'organisation'],
  },
  {
    label: 'ID.IP',
    as: 'whole',
    say: 'ip, last ip, user ip, host ip, device ip, home ip',
    where: ['person'],
  },
  {
    label: 'ID.PHOTO',
    say: 'photo, photograph, avatar, portrait, face image, profile picture, profile image, pixel data, face',
    never: ['reference', 'technical', 'organisation', 'aggregate'],
  },
  { label: 'ID.PHOTO', as: 'whole', say: 'image, picture', where: ['person'] },
  {
    label: 'ID.BIOMETRIC',
    say: 'fingerprint, voiceprint, iris, retina, retinal, biometric, palm print, waveform',
    where: ['person'],
    unless: 'device certificate key browser',
  },
  {
    label: 'ID.LICENSE',
    say: 'driver license, dl number, driver license number, license plate state, professional license, medical license',
    never: ['technical', 'reference', 'provider', 'organisation'],
  },
  {
    label: 'ID.LICENSE',
    say: 'driver, license number, license, certificate number, permit number, licence',
    where: ['person'],
    never: notOfPersons,
    unless: 'software name type date',
  },
  { label: 'ID.OTHER', say: 'passport', never: ['reference', 'technical'] },
  {
    label: 'ID.VEHICLE',
    say: 'vin, vehicle identification, license plate, plate number, vehicle id',
    never: ['reference', 'technical'],
  },
  {
    label: 'ID.DEVICE',
    say: 'udi, unique device identifier, unique device id, device identifier, device id, device serial, serial number, implant serial, imei, mac address, production identifier, production id, device uuid, device unique identifier, meid, imsi',
    where: ['person', 'health'],
    never: ['reference', 'organisation', 'aggregate'],
    unless: 'type model',
  },
  { label: 'ID.DEVICE', as: 'end', say: 'serial, udi, mac', where: ['person'], unless: 'prefix' },
  {
    label: 'ID.URL',
    say: 'url, portal link, website, web address, uri, hyperlink',
    where: ['person'],
    never: notOfPersons,
    unless: 'system schema profile endpoint callback',
  },

  // Money and plan: whose number it is decides.
  {
    label: 'ID.HEALTHPLAN',
    say: 'member id, member number, subscriber id, subscriber number, policy number, policy id, group number, mbi, hicn, medicaid id, medicaid number, medicare id, medicare number, medicare beneficiary, health plan id, insurance id, insurance number, health insurance claim number, plan member, beneficiary identifier, card holder id, nhs number, health card number, insured id, insurance member',
    where: ['health'],
    never: notOfPersons,
  },
  {
    label: 'ID.HEALTHPLAN',
    as: 'whole',
    say: 'mbi, hicn, subscriber id, medicaid id, medicare id, medicare number, medicaid number',
    never: notOfPersons,
  },
  {
    label: 'ID.ACCOUNT',
    say: 'patient control number, account number, account id, patient account, hospital account, financial number, claim id, claim number, claim control number, claim key, charge id, charge number, invoice id, invoice number, bill id, bill number, eob id, explanation benefit id, bank account, payment id, receipt number, check number, guarantor account, claim reference, claim identifier, account identifier',
    where: ['health', 'person'],
    never: ['reference', 'organisation', 'technical', 'aggregate'],
    unless: 'type status parent name',
  },
  {
    label: 'ID.ACCOUNT',
    as: 'whole',
    say: 'id, identifier, key, number, account, invoice, claim line id, transfer out id, transfer id, transaction id, remittance id',
    where: ['billing'],
    never: notOfPersons,
  },

  {
    label: 'ID.ACCOUNT',
    head: 'id',
    say: 'claim, charge, invoice',
    where: ['health'],
    never: notOfPersons,
    unless:
      'type status parent patient person diagnosis procedure code reason concept plan payer ' +
      'provider physician encounter visit event',
  },

  { label: 'ID.HEALTHPLAN', say: 'group id', where: ['billing'], never: notOfPersons },
  // Who: keys of persons and of what happened to them.
  {
    label: 'ID.OTHER',
    head: 'id',
    as: 'subject',
    say: people,
    never: ['reference', 'aggregate'],
    unless: 'type status date count',
  },
  {
    label: 'ID.OTHER',
    as: 'whole',
    say: 'patient, pid, unique pid, patient pid, person, subject, beneficiary, enrollee, patient source value, person source value, subject reference, patient reference, encounter, visit, subject id, patient key, encounter reference, participant',
    where: ['person'],
    never: notOfPersons,
  },
  {
    label: 'ID.OTHER',
    head: 'id',
    say: 'occurrence, exposure, era, event, period, encounter, visit, admission, hospital admission, stay, episode, appointment, accession, study, series, instance, specimen, order, prescription, contact serial, case, referral, authorization',
    where: ['health'],
    never: notOfPersons,
    unless: 'type status set concept item code class provider',
  },
  {
    label: 'ID.OTHER',
    head: 'id',
    as: 'subject',
    say: 'employee, customer, client, user, student, applicant, guarantor, member, contact, staff, worker, resident, tenant, account holder, shopper, buyer, citizen, voter',
    where: ['person'],
    never: ['reference', 'aggregate'],
    unless: 'type status group role',
  },
  {
    label: 'ID.OTHER',
    say: 'user name, login, login name, screen name, token, handle',
    as: 'whole',
    where: ['person'],
  },

  // When.
  {
    label: 'ID.DATE',
    say: 'birth date, date birth, birth datetime, birth timestamp, birth time, birth day, birth month, day birth, month birth, death date, date death, death datetime, death time, deceased date, deceased datetime, deceased time, deceased at, death timestamp, date deceased, birth at',
    never: ['reference', 'aggregate', 'technical', 'provider'],
  },
  {
    label: 'ID.DATE',
    head: 'date',
    say: 'admit, admission, discharge, service, visit, onset, collect, specimen, encounter, procedure, diagnosis, appointment, surgery, prescription, immunization, vaccination, enrollment, injury, treatment, illness, therapy, infusion, dispense',
    where: ['person', 'health'],
    never: notOfPersons,
  },
  {
    label: 'ID.DATE',
    head: 'date',
    say: 'admit, admission, discharge, visit, date service, service date',
    never: [...notOfPersons],
    unless: 'window web page',
  },
  {
    label: 'ID.DATE',
    head: 'date',
    say: 'hire, termination, marriage, retire, graduation, enrollment',
    where: ['person'],
    never: notOfPersons,
  },
  {
    label: 'ID.DATE',
    head: 'date',
    say: '*',
    where: ['health'],
    never: notOfPersons,
  },
  {
    label: 'ID.DATE',
    as: 'end',
    say: 'period start, period end, statement from, statement to, service from, service to, service thru, date from, date to, date thru, date start, date end, coverage start, coverage end',
    where: ['person', 'health'],
    never: notOfPersons,
  },
  {
    label: 'ID.DATE',
    as: 'end',
    say: 'start, stop, end, begin, from, thru, onset, issued, effective, period start, period end, recorded, performed, administered, authored, collected, admitted, discharged, occurred',
    where: ['event'],
    never: notOfPersons,
    unless: 'address range value reference',
  },

  // Where.
  {
    label: 'ID.GEO',
    say: 'address line, street, address, city, town, county, zip, postal, fips, latitude, longitude, geohash, census tract, block group, geocode, precinct, municipality, neighborhood, birth place, place birth, residence, home address, mailing address, zip code, postal code, parish, geolocation, coordinates, lat, lon, lng, suburb',
    never: notOfPersons,
    unless:
      'ip email mac memory network bus web facility payer organisation hospital supplier vendor ' +
      'store warehouse clinic pharmacy provider url country state id key',
  },
  { label: 'ID.GEO', say: 'city zip, state city zip, city state zip', never: notOfPersons },
  { label: 'ID.GEO', as: 'whole', say: 'tract, birthplace', where: ['person'] },

  // Names.
  {
    label: 'ID.NAME',
    say: 'patient name, first name, last name, name full, given name, family name, middle name, maiden name, full name, subscriber name, guarantor name, guardian name, next kin name, contact name, member name, mother maiden, person name, surname, preferred name, legal name, employee name, customer name, client name, beneficiary name, insured name, emergency contact, nick name, alias name, owner name, spouse name, father name, mother name, child name, student name, middle initial, name prefix, name suffix, name family, name given, name text, name last, name first, name middle, insured last, insured first, recipient name, guest name, caller name, passenger name, holder name',
    never: ['provider', 'organisation', 'reference', 'technical', 'aggregate'],
    unless:
      'file host table field product service company drug test plan payer pharmacy facility id',
  },
  {
    label: 'ID.NAME',
    as: 'end',
    say: partsOfNames.join(', '),
    never: ['reference', 'technical', 'aggregate'],
  },
  {
    label: 'ID.NAME',
    as: 'whole',
    say: 'first, last, middle, maiden, given, family, name, names, prefix, suffix, initials, next kin, guardian, mi, fname, lname, mname, kin, spouse, salutation, alias',
    where: ['person'],
    never: [...notOfPersons],
  },

  {
    label: 'ID.NAME',
    head: 'name',
    say: '*',
    where: ['person'],
    never: [...notOfPersons, 'event'],
    unless:
      'group payer plan facility department organisation drug medication test procedure product ' +
      'service company hospital clinic diagnosis unit ward item panel component institution study ' +
      'series school program project campaign store brand role job event device state county city ' +
      'country street file condition insurance business vendor host field table type class employer',
  },

  // Whatever else numbers a record of one person.
  {
    label: 'ID.OTHER',
    head: 'id',
    say: 'uuid, guid, uid, unique id, globally unique',
    where: ['health'],
    never: notOfPersons,
  },
  {
    label: 'ID.OTHER',
    head: 'id',
    say: '*',
    where: ['health'],
    never: notOfPersons,
    unless:
      'concept item product job code department facility site organisation location room bed unit ' +
      'ward payer plan type status category class component vocabulary domain test drug ' +
      'medication system schedule currency language modifier provider source version section ' +
      'segment route term device sponsor service procedure diagnosis condition value ' +
      'sequence reason center clinic hospital insurance company isolate line set ' +
      'carrier fee method mode role group phase version numeric result reading count quantity age ' +
      'program project routing region state county country payee vendor insurer model tax drg icd cpt ndc loinc hcpcs snomed rxnorm cvx station role step supply operator qualifier specialty amount charge',
  },
]
