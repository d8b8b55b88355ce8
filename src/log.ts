import type { DestinationStream } from 'pino'
import { pino } from 'pino'

type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void

/** Where Lineward writes what operators read. Never a body, a token or a query string. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', Write>>

/** Nothing is shown that goes by these names; nobody should log it in the first place. */
const secretNames = [
  'authorization',
  'cookie',
  'set-cookie',
  'token',
  'secret',
  'password',
  'body',
  'query',
  'payload',
]

/**
 * What JSON may hold as it is and a terminal acts upon or an eye cannot see: control characters of
 * eight bits, those that turn the reading direction or take no room, and two ends of lines.
 */
const hidden = /[\u007F-\u009F\u2028\u2029\p{Cf}]/gu

/**
 * A log of JSON lines on stderr (stdout belongs to results), or to `destination`. What is no visible
 * character comes out escaped, so that no name or header can begin a line of its own, or look like
 * what it is not. An `error` is written as type, code, message and stack with its causes.
 */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    errorKey: 'error',
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[redacted]',
    },
    serializers: { error: pino.stdSerializers.errWithCause },
    hooks: { streamWrite: (line: string) => line.replaceAll(hidden, escaped) },
  }
  return pino(options, destination ?? pino.destination({ dest: 2, sync: true }))
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_unit, at) => character.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
