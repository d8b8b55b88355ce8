import type { Detector } from './marker.ts'
import { isCard } from './card.ts'
import { hintOf } from './name-hint.ts'
import { isNpi } from './npi.ts'
import { isPhoneShaped } from './phone.ts'
import { isSsnNumber } from './ssn.ts'

/** What the name above says that a number's digits are, if they can be it. */
export function identifierOf(digits: string, name: string): Detector | undefined {
  const hint = hintOf(name)
  if (hint.mrn && /^\d{4,14}$/.test(digits)) return 'mrn'
  if (hint.npi && isNpi(digits)) return 'npi'
  if (hint.ssn && isSsnNumber(digits)) return 'ssn'
  if (hint.card && isCard(digits, true)) return 'card'
  return hint.phone && isPhoneShaped(digits) ? 'phone' : undefined
}
