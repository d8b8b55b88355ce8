import type { Span } from './marker.ts'
import { isHarmless, secretNamed } from './secret-name.ts'

const authority = /[^\s/?#"'<>`]*/y
const untilAt = /[^\s"'<>`@]{1,256}@/y
const scheme = /[a-z][a-z0-9+.-]{0,30}$/i

/** `container@account` of Azure's stores: the name of a place, not of a person. */
const containerSchemes = /^(?:abfss?|wasbs?)$/i

/** An Oracle URL has `user/password@` without a scheme of its own before it. */
const oracle = /(?<=jdbc:oracle:[a-z0-9]{2,8}:)[^\s/@"':]{1,128}\/[^\s@"']{1,256}(?=@)/gi

/**
 * User and password before a URL's host; also a password with a slash in it, and one for each host
 * of a list. Not: Azure's `container@account`, `git@`, a password that is masked or a template.
 */
export function findUserinfo(text: string): readonly Span[] {
  const spans: Span[] = []
  let from = 0
  for (
    let slashes = text.indexOf('://');
    slashes >= 0;
    slashes = text.indexOf('://', Math.max(slashes + 3, from))
  ) {
    const prefix = scheme.exec(text.slice(Math.max(0, slashes - 32), slashes))?.[0]
    if (prefix === undefined) continue
    for (const { start, end } of userinfosAt(text, slashes + 3)) {
      from = end
      if (isCredential(prefix, text.slice(start, end))) {
        spans.push({ start, end, detector: 'uri-userinfo' })
      }
    }
  }
  for (const match of text.matchAll(oracle)) {
    const [user = '', password = ''] = match[0].split('/', 2)
    if (user !== '' && !isHarmless(password, 'password')) {
      const start = match.index
      spans.push({ start, end: start + match[0].length, detector: 'uri-userinfo' })
    }
  }
  return spans.toSorted((a, b) => a.start - b.start)
}

/** The same in a name, where nothing stands in its place: the name without is the one that is meant. */
export function findUserinfoOfName(text: string): readonly Span[] {
  return findUserinfo(text).map((span) => {
    const isOracle = text.charAt(span.start - 1) !== '/' && text.charAt(span.start - 1) !== ','
    return { ...span, end: isOracle ? span.end : span.end + 1, put: '' }
  })
}

function userinfosAt(text: string, start: number): readonly { start: number; end: number }[] {
  authority.lastIndex = start
  const hosts = authority.exec(text)?.[0] ?? ''
  const parts = hosts.split(',')
  if (parts.length > 1 && parts.every((part) => /^[^@]+@[^@]+$/.test(part))) {
    let at = start
    return parts.map((part) => {
      const found = { start: at, end: at + part.indexOf('@') }
      at += part.length + 1
      return found
    })
  }
  const last = hosts.lastIndexOf('@')
  if (last >= 0) return [{ start, end: start + last }]
  // `user:pass/word@host`: what follows the colon is no port, so the slash is the password's.
  const colon = /^[^:@[\]]{0,128}:(?!\d{0,5}(?:[,/?#]|$)|None\b|null\b|[${<])/.exec(hosts)
  if (colon === null) return []
  untilAt.lastIndex = start
  const wide = untilAt.exec(text)?.[0]
  return wide === undefined ? [] : [{ start, end: start + wide.length - 1 }]
}

function isCredential(schemeName: string, userinfo: string): boolean {
  const colon = userinfo.indexOf(':')
  if (colon < 0) {
    const isPlace = containerSchemes.test(schemeName) || userinfo === 'git'
    return !isPlace && !isHarmless(userinfo, 'password')
  }
  return !isHarmless(userinfo.slice(colon + 1), 'password')
}

const parameter = /(?<=[?&;,(#])([\w.-]{1,64})=(\{[^{}]{0,256}\}|[^\s&;#"'<>)]*)/g

/** What a URL is signed with: who has one of these needs no password. */
const signatures =
  /^(?:x-(?:amz|goog|ms)-(?:signature|credential|security-token)|sig|signature|awsaccesskeyid)$/i

/** Signatures in query strings: presigned S3, GCS and Azure SAS URLs. */
export function findSignatures(text: string): readonly Span[] {
  return findParameters(text, (name) => (signatures.test(name) ? 'uri-signature' : undefined))
}

/** Secrets among the parameters of a URL or a JDBC connection: `?password=…`, `;password=…`. */
export function findSecretParameters(text: string): readonly Span[] {
  return findParameters(text, (name) =>
    signatures.test(name) ? 'uri-signature' : secretNamed(name),
  )
}

function findParameters(
  text: string,
  detectorOf: (name: string) => Span['detector'] | undefined,
): readonly Span[] {
  const spans: Span[] = []
  for (const match of text.matchAll(parameter)) {
    const [all, name = '', value = ''] = match
    const detector = detectorOf(name)
    if (detector === undefined || isHarmless(value, detector)) continue
    const end = match.index + all.length
    spans.push({ start: end - value.length, end, detector })
  }
  return spans
}
