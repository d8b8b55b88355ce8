import type { Detector, Span } from './marker.ts'
import type { Reading } from './detectors.ts'
import type { SqlToken } from './sql-tokens.ts'
import { isCard } from './card.ts'
import { markerOf, replaceSpans } from './marker.ts'
import { hintOf } from './name-hint.ts'
import { isHarmless, secretNamed } from './secret-name.ts'
import { sqlTokens } from './sql-tokens.ts'
import { sqlValues } from './sql-names.ts'
import { isNpi } from './npi.ts'
import { isPhoneShaped } from './phone.ts'
import { isSsnNumber } from './ssn.ts'

/** Reads a part of a statement by the common table; tells each find to `note`. */
export type ScrubPart = (
  part: string,
  beside: { readonly reading: Reading; readonly name: string; readonly isSsn: boolean },
  note: (detector: Detector) => void,
) => string

const identifiers: ReadonlySet<Detector> = new Set([
  'card',
  'email',
  'mbi',
  'mrn',
  'npi',
  'phone',
  'ssn',
])
const keyId = /(?:access_?key_?id|aws_?key_?id)$/i
const masterKey = /^master_?key$/i
const setting = /(?<=(?:^|;)\s{0,64}set\s{1,8}([\w.:-]{1,160})\s{0,4}=[ \t]{0,4})[^\s;'"][^;\n]*/gim

/**
 * A statement without the secrets and identifiers in its literals and comments; every name and
 * keyword stays, so that it still parses. A literal with an identifier goes as a whole, since a
 * person's name may stand beside the number; a path or a statement within a literal loses only the
 * find. A number becomes a literal. `isRead` is false when quotes do not match, as in a statement
 * that is cut off: only its settings are clean then.
 */
export function scrubSql(
  statement: string,
  scrubPart: ScrubPart,
  note: (detector: Detector) => void,
): { readonly text: string; readonly isRead: boolean } {
  const text = scrubSettings(statement, note)
  const tokens = sqlTokens(text)
  if (tokens === undefined) return { text, isRead: false }
  const isSsn = tokens.some(({ kind, inner }) => {
    const isName = (kind === 'word' || kind === 'quoted') && inner.end - inner.start <= 128
    return isName && hintOf(text.slice(inner.start, inner.end)).ssn
  })
  const names = new Map([...sqlValues(text, tokens)].map(({ token, name }) => [token, name]))
  const spans: Span[] = []
  for (const token of tokens) {
    const name = names.get(token)
    if (token.kind === 'comment') addPart(token, { reading: 'text', name: '', isSsn: false })
    else if (name !== undefined) addValue(token, name)
  }
  return { text: replaceSpans(text, spans), isRead: true }

  function add(span: Span) {
    spans.push(span)
    note(span.detector)
  }

  function addValue(token: SqlToken, name: string) {
    const { start, end } = token.inner
    const value = text.slice(start, end)
    const secret = secretOf(name, value)
    if (secret !== undefined && token.kind !== 'number') {
      const put = token.kind === 'word' ? `"${markerOf(secret)}"` : markerOf(secret)
      add({ start, end, detector: secret, put })
      return
    }
    if (token.kind === 'number') {
      // A count of tokens is none; a PIN is.
      const detector = secret === 'password' ? secret : numberOf(value, name, isSsn)
      if (detector !== undefined) add({ start, end, detector, put: `'${markerOf(detector)}'` })
      return
    }
    const reading = token.kind === 'body' ? 'sql' : isStatement(value) ? 'code' : 'text'
    addPart(token, { reading, name, isSsn })
  }

  function addPart(token: SqlToken, beside: Parameters<ScrubPart>[1]) {
    const { start, end } = token.inner
    const value = text.slice(start, end)
    const found: Detector[] = []
    const clean = scrubPart(value, beside, (detector) => found.push(detector))
    const [first] = found
    if (first === undefined) return
    found.forEach(note)
    const isWhole =
      beside.reading === 'text' &&
      token.kind !== 'comment' &&
      !value.includes('/') &&
      found.some((detector) => identifiers.has(detector))
    const shown = found.find((detector) => identifiers.has(detector)) ?? first
    spans.push({ start, end, detector: shown, put: isWhole ? markerOf(shown) : clean })
  }
}

/** `SET fs.s3a.secret.key=…`, which Hive and Spark write without quotes. */
function scrubSettings(text: string, note: (detector: Detector) => void): string {
  const spans: Span[] = []
  for (const { index, 0: value, 1: name = '' } of text.matchAll(setting)) {
    const shown = value.trimEnd()
    const detector = secretNamed(name, shown)
    if (detector === undefined || isHarmless(shown, detector)) continue
    spans.push({ start: index, end: index + shown.length, detector })
    note(detector)
  }
  return replaceSpans(text, spans)
}

function secretOf(name: string, value: string): Detector | undefined {
  const named = keyId.test(name)
    ? 'aws-access-key-id'
    : masterKey.test(name)
      ? 'secret'
      : secretNamed(name, value)
  return named === undefined || isHarmless(value, named) ? undefined : named
}

function numberOf(digits: string, name: string, isSsn: boolean): Detector | undefined {
  const hint = hintOf(name)
  if ((hint.ssn || (isSsn && digits.length === 9)) && isSsnNumber(digits)) return 'ssn'
  if (isCard(digits, hint.card)) return 'card'
  if (hint.mrn && /^\d{4,14}$/.test(digits)) return 'mrn'
  if (hint.npi && isNpi(digits)) return 'npi'
  return hint.phone && digits.length >= 10 && isPhoneShaped(digits) ? 'phone' : undefined
}

/** Whether the text begins as a statement does, after comments and brackets. */
export function isStatement(text: string): boolean {
  return /^(?:\s|\(|--[^\n]*\n|\/\*[^*]*\*\/)*(?:select|with|insert|update|delete|merge|create|alter|drop|copy|unload|grant|truncate|replace|refresh|call|exec(?:ute)?|begin|set|use|load|export|import|explain|declare)\s/i.test(
    text.slice(0, 4096),
  )
}
