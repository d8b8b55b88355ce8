/** A locator taken apart. Nothing is decoded; the user, its password and the query are gone. */
export type Uri = Readonly<{
  scheme: string
  /** What stood behind `//`, as it was written, without the user. */
  authority: string
  /** The user, without its password: in `abfss://container@account` it is the container. */
  user: string
  /** From the first slash on, without query and fragment. */
  path: string
  /** Behind `?` or `;`: JDBC keeps the database there. Never part of a name. */
  parameters: string
}>

/**
 * Which `@` behind the first slash ends a user. A password may hold any character, `/` and `#` too,
 * when its producer forgot to encode it, and so the authority may look cut in two.
 *
 * - `any`: for servers, whose paths hold no `@`.
 * - `after-colon`: for buckets, which have no port, so that a colon begins a password.
 * - `after-bad-port`: where a path may hold an `@` and a host may have a port.
 */
export type UserEnd = 'any' | 'after-colon' | 'after-bad-port'

/** Takes apart what follows a scheme and its slashes. */
export function splitAuthority(scheme: string, rest: string, userEnd: UserEnd): Uri {
  let located = rest
  let user: string | undefined
  for (let end = endOfUser(located, userEnd); end !== -1; end = endOfUser(located, userEnd)) {
    user ??= located.slice(0, indexOfAny(located, userEnds))
    located = located.slice(end + 1)
  }
  const authorityEnd = indexOfAny(located, authorityEnds)
  const pathEnd = indexOfAny(located, pathEnds)
  return {
    scheme,
    user: user ?? '',
    authority: located.slice(0, authorityEnd),
    path: located.slice(authorityEnd, pathEnd),
    parameters: located.slice(pathEnd),
  }
}

/** The text as it is, but for the user and password of a locator. */
export function withoutUser(text: string): string {
  const [head] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(text) ?? []
  if (head === undefined) return text
  let rest = text.slice(head.length)
  for (let end = endOfUser(rest, 'any'); end !== -1; end = endOfUser(rest, 'any')) {
    rest = rest.slice(end + 1)
  }
  return head + rest
}

const authorityEnds = /[/?#;]/
const pathEnds = /[?#;]/
const userEnds = /[:@/]/

/** `?key=value` and the like, with no `@` before the value: then a later `@` belongs to a value. */
export const looksLikeQuery = /[?;&][^=@?;&]*=/

/** The `@` behind the user, or -1. */
function endOfUser(rest: string, userEnd: UserEnd): number {
  const last = rest.lastIndexOf('@')
  if (last === -1) return -1
  const authority = rest.slice(0, indexOfAny(rest, authorityEnds))
  const inAuthority = authority.lastIndexOf('@')
  if (last === inAuthority || looksLikeQuery.test(rest.slice(authority.length, last))) {
    return inAuthority
  }
  const passwordGoesOn = {
    any: true,
    'after-colon': authority.includes(':'),
    'after-bad-port': inAuthority === -1 && hasBadPort(authority),
  }
  return passwordGoesOn[userEnd] ? last : inAuthority
}

/** Whether behind some colon stands what is no port, so that a password may have been cut there. */
function hasBadPort(authority: string): boolean {
  return !authority.startsWith('[') && /:(?!\d+(?:,|$)|none(?:,|$))/i.test(authority)
}

/** The parts of a path between its slashes, however many stand in a row. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '')
}

/** Where the first match is, or the text's end. */
function indexOfAny(text: string, pattern: RegExp): number {
  const index = text.search(pattern)
  return index === -1 ? text.length : index
}
