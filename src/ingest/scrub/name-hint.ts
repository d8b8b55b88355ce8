import { markerPattern } from './marker.ts'

/** What the name beside a run of digits says that it is. */
export type NameHint = Readonly<Record<keyof typeof hints, boolean>>

const worthALook =
  /ssn|soc|phone|tel|mobile|cell|fax|msisdn|card|pan|ccn|mrn|medical|chart|npi|provider|mbi|medicare/i

const ending = '(?:_?(?:number|no|num|nbr|id|text|value))?\\d*$'

/** A name's last words, in lower case with one `_` between, are compared with these. */
const hints = {
  ssn: /(?:^|_)(?:ssn|soc(?:ial)?_?sec(?:urity)?)(?:_(?:number|no|num|nbr|id|text|value))?\d*$/,
  phone:
    /(?:^|_)(?:phone|telephone|tel|mobile|cell|cellphone|fax|msisdn)(?:_(?:number|no|num|nbr))?\d*$/,
  card: /(?:^|_)(?:(?:credit|debit|payment)_?card|card|pan|ccn)(?:_?(?:number|no|num|nbr))?\d*$/,
  mrn: new RegExp(`(?:^|_)(?:mrn|med(?:ical)?_?rec(?:ord)?|chart_?(?=n))${ending}`),
  npi: new RegExp(`(?:^|_)(?:npi|national_?provider_?id(?:entifier)?)${ending}`),
  mbi: new RegExp(`(?:^|_)(?:mbi|medicare(?:_?beneficiary)?)${ending}`),
} as const

const none: NameHint = { ssn: false, phone: false, card: false, mrn: false, npi: false, mbi: false }

/** What a column's or a key's name says of digits under it; `patientSSN`, `home_phone`, `card_no`. */
export function hintOf(name: string): NameHint {
  if (!worthALook.test(name)) return none
  const words = wordsOf(name)
  return {
    ssn: hints.ssn.test(words),
    phone: hints.phone.test(words),
    card: hints.card.test(words),
    mrn: hints.mrn.test(words),
    npi: hints.npi.test(words),
    mbi: hints.mbi.test(words),
  }
}

const personal =
  /(?:^|_)(?:(?:patient|pat|person|member|subscriber|beneficiary|enrollee|insured|client|guarantor|encounter|visit|account_holder)_?(?:id|key|no|num|nbr|number|identifier|uuid|name|mrn)?|empi|mpi|hicn|ssn|mrn|npi|mbi|dob|birth_?date|(?:last|first|full|sur|given|family)_?name|e?mail|phone)$/

/** Whether a partition's name says that its values are people: `patient_id=…`, `mrn=…`. */
export function namesAPerson(name: string): boolean {
  const hint = hintOf(name)
  return hint.ssn || hint.mrn || hint.mbi || hint.npi || hint.phone || personal.test(wordsOf(name))
}

function wordsOf(name: string): string {
  // A marker's own word says nothing of what stands beside it.
  return name
    .replace(markerPattern, ' ')
    .slice(-200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
}
