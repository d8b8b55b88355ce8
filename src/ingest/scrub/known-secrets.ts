import type { Detector, Span } from './marker.ts'
import { disjoint, textBefore } from './neighbours.ts'

/**
 * Secrets that show what they are by their first characters, wherever they stand. Each length is an
 * issuer's least; the lookbehind starts a match at a word only, so that a scan stays linear.
 */
const prefixed: readonly (readonly [Detector, RegExp])[] = [
  ['jwt', /(?<![\w-])eyJ[\w-]{8,}(?:\.[\w-]*){2,4}/g],
  ['github-token', /(?<![A-Za-z0-9])(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{22,})/g],
  ['gitlab-token', /(?<![A-Za-z0-9])gl(?:pat|dt|ptt|rt)-[\w-]{20,}/g],
  ['slack-token', /(?<![A-Za-z0-9])xox[abeoprs]-[A-Za-z0-9-]{10,}/g],
  ['slack-token', /(?<=hooks\.slack\.com\/(?:services|workflows)\/)[\w/]{20,}/g],
  ['stripe-key', /(?<![A-Za-z0-9])(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,}/g],
  ['openai-key', /(?<![\w-])sk-(?:(?:proj|ant|svcacct)-[\w-]{20,}|[A-Za-z0-9]{40,})/g],
  ['google-key', /(?<![\w-])(?:AIza[\w-]{35}|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,})/g],
  ['databricks-token', /(?<![A-Za-z0-9])dapi[0-9a-f]{32}(?:-\d)?/g],
  ['npm-token', /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{36}/g],
  [
    'token',
    /(?<![A-Za-z0-9])(?:hv[sb]\.[\w-]{24,}|pypi-AgE[\w-]{50,}|SG\.[\w-]{16,}\.[\w-]{16,})/g,
  ],
  ['azure-key', /(?<=\b(?:Account|SharedAccess)Key=)[A-Za-z0-9+/]{30,}={0,2}/g],
  ['aws-session-token', /(?<![\w/+])(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[\w/+=%]{50,}/g],
]

/** Tokens and keys of the issuers above. */
export function findPrefixed(text: string): readonly Span[] {
  return disjoint(
    prefixed.flatMap(([detector, pattern]) =>
      [...text.matchAll(pattern)].map(({ index, 0: match }) => ({
        start: index,
        end: index + match.length,
        detector,
      })),
    ),
  )
}

const beginning = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g
const ending = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g

/** Private keys in PEM, to their last line; one that is cut off goes to the end of the text. */
export function findPrivateKeys(text: string): readonly Span[] {
  const spans: Span[] = []
  beginning.lastIndex = 0
  for (let match = beginning.exec(text); match !== null; match = beginning.exec(text)) {
    ending.lastIndex = beginning.lastIndex
    const end = ending.exec(text) === null ? text.length : ending.lastIndex
    spans.push({ start: match.index, end, detector: 'private-key' })
    if (end === text.length) break
    beginning.lastIndex = end
  }
  return spans
}

const accessKeyId = /(?<![A-Za-z0-9])(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/g
const fortyCharacters = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/g

/**
 * AWS access keys: the id by its form, the secret (forty characters of base64) beside an id or a
 * word that says so. A SHA-1 has no capitals, a path more slashes. Role and user ids (AROA…, AIDA…)
 * are names and stay.
 */
export function findAwsKeys(text: string): readonly Span[] {
  const spans: Span[] = []
  for (const { index, 0: match } of text.matchAll(accessKeyId)) {
    spans.push({ start: index, end: index + match.length, detector: 'aws-access-key-id' })
  }
  for (const { index, 0: match } of text.matchAll(fortyCharacters)) {
    const isMixed = /[a-z]/.test(match) && /[A-Z]/.test(match) && /\d/.test(match)
    const isPath = match.split('/').length > 5
    const isBesideId = /(?:AKIA|ASIA)[A-Z0-9]{16}/.test(text.slice(Math.max(0, index - 200), index))
    if (isMixed && !isPath && (isBesideId || /aws|secret/i.test(textBefore(text, index)))) {
      spans.push({ start: index, end: index + match.length, detector: 'aws-secret-key' })
    }
  }
  return disjoint(spans)
}

const authorization =
  /(?<=authorization["'\\]{0,3}\s{0,4}[:=,]\s{0,4}["'\\]{0,3}(bearer|basic|token|digest|negotiate|apikey)\s{1,4})[^\s"'\\,;]{4,}/gi
const bearer = /(?<=(?<![\w-])bearer\s{1,4})[\w.~+/-]{16,}={0,2}/gi
const basic = /(?<=(?<![\w-])basic\s{1,4})[A-Za-z0-9+/]{8,}={0,2}/gi
const curl = /(?<=curl\s(?:[^\n]{0,400}\s)?(?:-u|--user)[ =]{0,2}["']?[^\s:"']{1,128}:)[^\s"']+/gi

/**
 * Credentials of HTTP: what follows the scheme in an Authorization header (`name` is the key that
 * the text stands under), `Bearer …`, `Basic …`, and `curl -u user:…`.
 */
export function findHttpCredentials(text: string, name: string): readonly Span[] {
  const spans: Span[] = []
  const add = (start: number, secret: string, detector: Detector) => {
    spans.push({ start, end: start + secret.length, detector })
  }
  const header = /authorization$/i.test(name) ? 'authorization: ' : ''
  for (const { index, 0: match, 1: scheme = '' } of `${header}${text}`.matchAll(authorization)) {
    const detector = scheme.toLowerCase() === 'basic' ? 'basic-auth' : 'bearer-token'
    add(index - header.length, match, detector)
  }
  for (const { index, 0: match } of text.matchAll(bearer)) {
    // `bearer authentication-required` is prose.
    if (/\d|[a-z][A-Z]/.test(match)) add(index, match, 'bearer-token')
  }
  for (const { index, 0: match } of text.matchAll(basic)) {
    if (isUserAndPassword(match)) add(index, match, 'basic-auth')
  }
  for (const { index, 0: match } of text.matchAll(curl)) add(index, match, 'basic-auth')
  return disjoint(spans)
}

function isUserAndPassword(base64: string): boolean {
  const text = Buffer.from(base64.slice(0, 1024), 'base64').toString('latin1')
  return text.includes(':') && /^[\x20-\x7e]+$/.test(text)
}
