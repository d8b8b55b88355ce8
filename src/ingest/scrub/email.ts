import type { Span } from './marker.ts'

const localCharacter = /[\p{L}\p{N}._%+'-]/u
const localMax = 64
const domain =
  /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,10}(?:xn--[a-z0-9-]{2,59}|\p{L}{2,24})(?![\p{L}\p{N}])/uy

/** Last parts that are no top-level domain where events are written: files, and hosts' own names. */
const notTopLevel = new Set(
  (
    'avro bak bat bin bz2 c cfg class conf cpp csv dat db egg gif go gz h hql htm html ini ipynb ' +
    'jar java jpeg jpg js json jsonl jsx kt lock log md orc parquet pdf pem php png ps1 py rb ' +
    'scala sh snappy sql svg tar tgz toml ts tsv tsx txt war whl xls xlsx xml yaml yml zip zst ' +
    'internal lan local localdomain localhost'
  ).split(' '),
)

/** Accounts of machines that are written like addresses. */
const machines = /\.(?:gserviceaccount|amazonaws|core\.windows)\.(?:com|net)$/i

/**
 * E-mail addresses, also with an encoded `@`. Not: what stands before the host in a URL (found as
 * such, or the container of an Azure URL), `git@host:path`, a Kerberos service `hive/host@REALM`,
 * `%@example.org` as a pattern, and in SQL a table over a database link, `from emp@hr.world`.
 */
export function findEmails(text: string, isSql: boolean): readonly Span[] {
  const spans: Span[] = []
  let from = 0
  for (const { index, 0: sign } of text.matchAll(/@|%40/g)) {
    const start = localStart(text, index, from)
    domain.lastIndex = index + sign.length
    const host = start < index ? domain.exec(text)?.[0] : undefined
    if (host === undefined || !isMailHost(host)) continue
    if (isSomethingElse(text, { start, at: index, host, isSql })) continue
    from = index + sign.length + host.length
    spans.push({ start, end: from, detector: 'email' })
  }
  return spans
}

/** Where the part before the sign begins: at a letter or digit, so that quotes stay outside. */
function localStart(text: string, at: number, from: number): number {
  let start = at
  const least = Math.max(from, at - localMax)
  while (start > least && localCharacter.test(text.charAt(start - 1))) start -= 1
  while (start < at && !/[\p{L}\p{N}]/u.test(text.charAt(start))) start += 1
  return start
}

function isMailHost(host: string): boolean {
  const last = host.slice(host.lastIndexOf('.') + 1).toLowerCase()
  return host.length <= 253 && !notTopLevel.has(last) && !machines.test(host)
}

function isSomethingElse(
  text: string,
  { start, at, host, isSql }: { start: number; at: number; host: string; isSql: boolean },
): boolean {
  const before = text.slice(Math.max(0, start - 8), start)
  const isUrl = before.endsWith('://')
  const isGit = text.slice(start, at) === 'git' && text.charAt(at + 1 + host.length) === ':'
  const isService = before.endsWith('/') && host === host.toUpperCase()
  const isLink = isSql && /\b(?:from|join|into|update|table)\s+$/i.test(before)
  return isUrl || isGit || isService || isLink
}
