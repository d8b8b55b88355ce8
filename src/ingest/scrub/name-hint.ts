import { markerPattern } from './marker.ts'

/** What the name beside a run of digits says that it is. */
export type NameHint = Readonly<{
  ssn: boolean
  phone: boolean
  card: boolean
  npi: boolean
  mrn: boolean
}>

const none: NameHint = { ssn: false, phone: false, card: false, npi: false, mrn: false }
const worthALook = /ssn|soc|phone|tel|mobile|cell|fax|msisdn|card|pan|ccn|npi|mrn|medical/i

/** A name's last words, in lower case with one `_` between, are compared with these. */
const hints = {
  ssn: /(?:^|_)(?:ssn|soc(?:ial)?_?sec(?:urity)?)(?:_(?:number|no|num|nbr|id|text|value))?\d*$/,
  phone:
    /(?:^|_)(?:phone|telephone|tel|mobile|cell|cellphone|fax|msisdn)(?:_(?:number|no|num|nbr))?\d*$/,
  npi: /(?:^|_)npi(?:_(?:number|no|num|nbr|id))?\d*$/,
  mrn: /(?:^|_)(?:mrn|medical_record)(?:_(?:number|no|num|nbr|id))?\d*$/,
  card: /(?:^|_)(?:(?:credit|debit|payment)_?card|card|pan|ccn)(?:_?(?:number|no|num|nbr))?\d*$/,
} as const

/** What a column's or a key's name says of digits under it; `patientSSN`, `home_phone`, `card_no`. */
export function hintOf(name: string): NameHint {
  if (!worthALook.test(name)) return none
  // A marker's own word says nothing of what stands beside it.
  const words = name
    .replace(markerPattern, ' ')
    .slice(-200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase()
  return {
    ssn: hints.ssn.test(words),
    phone: hints.phone.test(words),
    card: hints.card.test(words),
    npi: hints.npi.test(words),
    mrn: hints.mrn.test(words),
  }
}
