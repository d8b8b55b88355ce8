import type { DestinationStream } from 'pino'
import { pino } from 'pino'

type Write = (fields: Readonly<Record<string, unknown>>, message: string) => void

/** Where Lineward writes what operators read. Never a body, a token or a query string. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', Write>>

/**
 * A log of JSON lines on stderr (stdout belongs to results), or to `destination`. Control characters
 * come out escaped, so that no name or header can begin a line of its own. An `error` is written as
 * type, code, message and stack with its causes.
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
      paths: ['authorization', 'cookie', 'token', 'body', '*.authorization', '*.cookie', '*.token'],
      censor: '[redacted]',
    },
    serializers: { error: pino.stdSerializers.errWithCause },
  }
  return pino(options, destination ?? pino.destination({ dest: 2, sync: true }))
}
