import type { TokenGrant } from './token.ts'
import { LinewardError } from '../errors.ts'
import { formatNames } from '../model/index.ts'

/** A word of a grant stands in evidence, lists and logs: one line of visible characters. */
const visible = /^[^\p{C}\p{Z}](?:[^\p{C}\u2028\u2029]{0,198}[^\p{C}\p{Z}])?$/u

/** What evidence calls a browser, a command on the server's machine and a scraper. */
const otherCallers = /^(?:session:.*|local|metrics)$/u

const accountShape = /^\d{12}$/
const wordsMax = 1000
const requestsPerMinuteMax = 10_000_000
const knownFormats: readonly string[] = formatNames

/**
 * Whether a token may be made as it is asked for.
 *
 * @throws LinewardError ARGUMENT_INVALID, with what to do about it, for a word that cannot be shown
 *   as it is, a name that other callers go by, an empty or very long list, a format that there is
 *   not, an account that is none, a limit of producers for another role, a rate that is none.
 */
export function checkGrant(grant: TokenGrant): void {
  const { name, person, role, namespaces, formats, accounts, mapping } = grant
  const lists = { namespaces, formats, accounts, mapping: mapping && Object.entries(mapping) }
  const words = [
    name,
    person ?? name,
    ...Object.values(lists).flatMap((list) => list?.flat() ?? []),
  ]
  if (!words.every((word) => visible.test(word))) {
    throw invalid('A name is 1 to 200 visible characters')
  }
  if (otherCallers.test(name)) throw invalid('Callers without a token go by that name')
  for (const [what, list] of Object.entries(lists)) {
    if (list?.length === 0) throw invalid(`${what} may not be empty; leave it out for no limit`)
    if ((list?.length ?? 0) > wordsMax) throw invalid(`${what} has ${wordsMax} words at most`)
  }
  const given = Object.entries({ formats, accounts, mapping }).filter(([, value]) => value)
  if (role !== 'producer' && given.length > 0) {
    const names = given.map(([what]) => what).join(', ')
    throw invalid(`Only a producer has ${names}: leave that out, or make a token of role producer`)
  }
  const strange = formats?.find((format) => !knownFormats.includes(format))
  if (strange !== undefined) {
    throw invalid(`There is no format ${strange}; the formats are ${knownFormats.join(', ')}`)
  }
  if (accounts?.some((account) => !accountShape.test(account)) === true) {
    throw invalid('An AWS account is 12 digits, with its zeros in front')
  }
  checkRate(grant.requestsPerMinute)
}

function checkRate(rate: number | undefined): void {
  if (rate === undefined) return
  if (Number.isSafeInteger(rate) && rate >= 1 && rate <= requestsPerMinuteMax) return
  throw invalid(`requestsPerMinute is a whole number from 1 to ${requestsPerMinuteMax}`)
}

function invalid(message: string): LinewardError {
  return new LinewardError('ARGUMENT_INVALID', message)
}
