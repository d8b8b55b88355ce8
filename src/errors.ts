/**
 * Every failure that Lineward reports, with the HTTP status that it gets over REST. A code is part
 * of the contract: it is never reused and never changes its meaning (`docs/errors.md`).
 */
export const errorCodes = {
  ARGUMENT_INVALID: { status: 400, title: 'An argument cannot be used as it was given' },
  JSON_MALFORMED: { status: 400, title: 'The body is not JSON' },
  EVENT_UNIDENTIFIABLE: { status: 400, title: 'The event names no job, run or dataset' },
  EVENT_MALFORMED: { status: 400, title: 'A required part of the event has the wrong shape' },
  FACET_MALFORMED: { status: 400, title: 'A facet has the wrong shape; the rest was kept' },
  EVENT_OVER_LIMIT: {
    status: 400,
    title: 'An event nests deeper, or holds a longer text or key, than is read',
  },
  CONTEXT_MISSING: {
    status: 400,
    title: 'What the event does not say itself was not said beside it',
  },
  DECLARATION_UNRESOLVED: {
    status: 400,
    title: 'A part of what a job is set up to move is hidden, or is decided by the data',
  },
  COMMAND_UNRESOLVED: {
    status: 400,
    title: 'A command or script does not tell all that it reads and writes',
  },
  COMMAND_REDACTED: { status: 400, title: 'A command line was hidden by its source' },
  STATEMENT_UNRESOLVED: {
    status: 400,
    title: 'A statement does not tell, or could not be read for, all that it reads and writes',
  },
  LABEL_UNKNOWN: { status: 400, title: 'There is no category of that name' },
  COLUMN_UNSEEN: { status: 400, title: 'No schema and no column map has shown the column' },
  REDACTED: { status: 400, title: 'A name held something that is never stored' },
  UNAUTHENTICATED: { status: 401, title: 'A valid token is needed' },
  FORBIDDEN: { status: 403, title: 'This token may not do that' },
  NOT_FOUND: { status: 404, title: 'There is nothing of that name' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address is not asked in this way' },
  REFUSED: { status: 409, title: 'A rule of governance does not allow it' },
  CONFLICT: { status: 409, title: 'It was changed meanwhile' },
  SELECTOR_TIED: { status: 409, title: 'Two boundaries would have the same selector' },
  POLICY_CONTRADICTED: { status: 409, title: 'A zone would have two policies' },
  BODY_UNREADABLE: { status: 400, title: 'The body cannot be unpacked or is not UTF-8' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is over the limit' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'This content type or encoding is not read here' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request did not come in time' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers of the request are over the limit' },
  RATE_LIMITED: { status: 429, title: 'More requests came than this caller may send' },
  THROTTLED: { status: 503, title: 'Events come faster than this token may send them' },
  LIMIT_EXCEEDED: { status: 400, title: 'More was asked for than one question may' },
  QUERY_INVALID: { status: 400, title: 'The query is not valid GraphQL of this schema' },
  TRANSLATION_FAILED: { status: 500, title: 'A translator failed on an entry; the entry is kept' },
  NOT_DURABLE: { status: 503, title: 'Nothing more can be made durable just now' },
  OVERLOADED: { status: 503, title: 'More is under way than is held at once' },
  STORE_UNAVAILABLE: { status: 503, title: 'The store cannot be used just now' },
  STORE_BEHIND: { status: 503, title: 'The store needs a migration' },
  GRAPH_BEHIND: { status: 503, title: 'It was accepted and is not in the graph yet' },
  STORE_AHEAD: { status: 503, title: 'The store was written by a newer version' },
  DATA_FOLDER_IN_USE: { status: 503, title: 'Another process owns the data folder' },
  LEDGER_BROKEN: { status: 500, title: 'The ledger does not verify' },
  CONFIG_INVALID: { status: 500, title: 'The settings cannot be used' },
  INTERNAL: { status: 500, title: 'Something went wrong inside Lineward' },
} as const satisfies Record<string, { status: number; title: string }>

export type ErrorCode = keyof typeof errorCodes

/**
 * A failure with a code from the table above, a message for people (no secret, no body, no driver
 * text), machine-readable details and the cause for the log.
 */
export class LinewardError extends Error {
  override readonly name = 'LinewardError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    message: string,
    more: { readonly details?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? {} : { cause: more.cause })
    this.code = code
    this.details = more.details ?? {}
  }
}
