import { LinewardError } from './errors.ts'
import { boundedPattern } from './model/index.ts'

const kibibyte = 1024
const mebibyte = 1024 * kibibyte
const minuteMs = 60_000

type Parsed<Value> = Readonly<{ value: Value } | { problem: string }>
type Parse<Value> = (text: string) => Parsed<Value>

/**
 * One setting: how it is given, what it is without being given, and what it means. `flag` is absent
 * for what must not stand on a command line, where every process of the machine can read it.
 */
export type Setting<Value> = Readonly<{
  flag?: string
  env: string
  default: string
  unit: string
  meaning: string
  parse: Parse<Value>
}>

/** Every setting of Lineward, and nothing else is one (`docs/config.md`). */
export const settings = {
  host: {
    flag: 'host',
    env: 'LINEWARD_HOST',
    default: '127.0.0.1',
    unit: 'address',
    meaning: 'Address to listen on.',
    parse: filledText,
  },
  port: {
    flag: 'port',
    env: 'LINEWARD_PORT',
    default: '4747',
    unit: 'port',
    meaning:
      'Port to listen on; 0 picks a free one. The URL is printed and written to `<data>/url`.',
    parse: wholeNumber(0, 65_535),
  },
  data: {
    flag: 'data',
    env: 'LINEWARD_DATA',
    default: './lineward-data',
    unit: 'folder',
    meaning:
      'Folder of the embedded store, the ledger and the keys. One process owns it at a time.',
    parse: filledText,
  },
  store: {
    flag: 'store',
    env: 'LINEWARD_STORE',
    default: 'sqlite',
    unit: '',
    meaning: 'Where the graph is kept: `sqlite`, in the data folder.',
    parse: oneOf('sqlite'),
  },
  logLevel: {
    flag: 'log-level',
    env: 'LINEWARD_LOG_LEVEL',
    default: 'info',
    unit: '',
    meaning: 'Least level that is logged: `trace`, `debug`, `info`, `warn`, `error` or `silent`.',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
  },
  metricsToken: {
    env: 'LINEWARD_METRICS_TOKEN',
    default: '',
    unit: 'secret',
    meaning: 'A bearer token of 16 characters or more that opens `/metrics` and nothing else.',
    parse: optionalSecret(16),
  },
  token: {
    env: 'LINEWARD_TOKEN',
    default: '',
    unit: 'secret',
    meaning: 'The token with which `lineward ingest --url` sends to a server elsewhere.',
    parse: optionalSecret(1),
  },

  webhookUrl: {
    flag: 'webhook-url',
    env: 'LINEWARD_WEBHOOK_URL',
    default: '',
    unit: 'URL',
    meaning: 'Where findings are told when they open and close; empty: nowhere.',
    parse: optionalUrl,
  },
  webhookSecret: {
    env: 'LINEWARD_WEBHOOK_SECRET',
    default: '',
    unit: 'secret',
    meaning: 'With which messages to the webhook are signed; of 24 characters or more.',
    parse: optionalSecret(24),
  },

  mrnPattern: {
    flag: 'mrn-pattern',
    env: 'LINEWARD_MRN_PATTERN',
    default: '',
    unit: 'pattern',
    meaning:
      'The form of medical record numbers, as a regular expression of bounded length: `MRN-\\d{6,10}`. ' +
      'Several with `|` between them.',
    parse: optionalPattern,
  },
  bodyBytesMax: {
    flag: 'body-bytes-max',
    env: 'LINEWARD_BODY_BYTES_MAX',
    default: String(64 * mebibyte),
    unit: 'bytes',
    meaning: 'The largest body that is read, as it was sent.',
    parse: wholeNumber(kibibyte, 1024 * mebibyte),
  },
  unpackedBytesMax: {
    flag: 'unpacked-bytes-max',
    env: 'LINEWARD_UNPACKED_BYTES_MAX',
    default: String(512 * mebibyte),
    unit: 'bytes',
    meaning: 'The largest body after unpacking.',
    parse: wholeNumber(kibibyte, 4096 * mebibyte),
  },
  unpackRatioMax: {
    flag: 'unpack-ratio-max',
    env: 'LINEWARD_UNPACK_RATIO_MAX',
    default: '200',
    unit: 'times',
    meaning: 'How much larger than it was sent a body may become; the first 16 MiB are free of it.',
    parse: wholeNumber(2, 2000),
  },
  eventBytesMax: {
    flag: 'event-bytes-max',
    env: 'LINEWARD_EVENT_BYTES_MAX',
    default: String(64 * mebibyte),
    unit: 'bytes',
    meaning: 'The largest single event after unpacking.',
    parse: wholeNumber(kibibyte, 256 * mebibyte),
  },
  eventDepthMax: {
    flag: 'event-depth-max',
    env: 'LINEWARD_EVENT_DEPTH_MAX',
    default: '256',
    unit: 'levels',
    meaning: 'How deep an event may nest. One over it is kept as text, among the dead letters.',
    parse: wholeNumber(8, 512),
  },
  stringCharactersMax: {
    flag: 'string-characters-max',
    env: 'LINEWARD_STRING_CHARACTERS_MAX',
    default: String(32 * mebibyte),
    unit: 'characters',
    meaning: 'The longest single text in an event, as written. Over it: as for the depth.',
    parse: wholeNumber(kibibyte, 256 * mebibyte),
  },
  keyCharactersMax: {
    flag: 'key-characters-max',
    env: 'LINEWARD_KEY_CHARACTERS_MAX',
    default: String(64 * kibibyte),
    unit: 'characters',
    meaning: 'The longest key in an event, as written. Over it: as for the depth.',
    parse: wholeNumber(64, 256 * mebibyte),
  },
  batchEventsMax: {
    flag: 'batch-events-max',
    env: 'LINEWARD_BATCH_EVENTS_MAX',
    default: '500000',
    unit: 'events',
    meaning: 'The most events in one request.',
    parse: wholeNumber(1, 10_000_000),
  },
  queueBytesMax: {
    flag: 'queue-bytes-max',
    env: 'LINEWARD_QUEUE_BYTES_MAX',
    default: String(1024 * mebibyte),
    unit: 'bytes',
    meaning: 'Bytes of bodies held at once; a request over it gets 503 with `Retry-After`.',
    parse: wholeNumber(mebibyte, 64 * 1024 * mebibyte),
  },
  clockSkewMsMax: {
    flag: 'clock-skew-ms-max',
    env: 'LINEWARD_CLOCK_SKEW_MS_MAX',
    default: String(15 * minuteMs),
    unit: 'ms',
    meaning: 'How far ahead of its receipt an event may be dated before it is ranked last.',
    parse: wholeNumber(0, 7 * 24 * 60 * minuteMs),
  },

  flushEntriesMax: {
    flag: 'flush-entries-max',
    env: 'LINEWARD_FLUSH_ENTRIES_MAX',
    default: '1000',
    unit: 'entries',
    meaning: 'The most entries that share one commit of the ledger.',
    parse: wholeNumber(1, 100_000),
  },
  flushBytesMax: {
    flag: 'flush-bytes-max',
    env: 'LINEWARD_FLUSH_BYTES_MAX',
    default: String(8 * mebibyte),
    unit: 'bytes',
    meaning: 'The most payload that shares one commit of the ledger; a larger entry has its own.',
    parse: wholeNumber(64 * kibibyte, 256 * mebibyte),
  },
  projectEntriesMax: {
    flag: 'project-entries-max',
    env: 'LINEWARD_PROJECT_ENTRIES_MAX',
    default: '500',
    unit: 'entries',
    meaning: 'The most entries that are brought into the graph in one transaction.',
    parse: wholeNumber(1, 10_000),
  },
  projectBytesMax: {
    flag: 'project-bytes-max',
    env: 'LINEWARD_PROJECT_BYTES_MAX',
    default: String(16 * mebibyte),
    unit: 'bytes',
    meaning: 'The most payload in one such transaction; a larger entry has its own.',
    parse: wholeNumber(64 * kibibyte, 1024 * mebibyte),
  },
  deriveKeysMax: {
    flag: 'derive-keys-max',
    env: 'LINEWARD_DERIVE_KEYS_MAX',
    default: '1000',
    unit: 'keys',
    meaning: 'The most keys that are derived in one transaction.',
    parse: wholeNumber(1, 100_000),
  },

  queryWaitMs: {
    flag: 'query-wait-ms',
    env: 'LINEWARD_QUERY_WAIT_MS',
    default: '2000',
    unit: 'ms',
    meaning: 'How long a query waits for what was accepted before it, then it answers `behind`.',
    parse: wholeNumber(0, 60_000),
  },
  queryBytesMax: {
    flag: 'query-bytes-max',
    env: 'LINEWARD_QUERY_BYTES_MAX',
    default: String(256 * kibibyte),
    unit: 'bytes',
    meaning: 'The largest GraphQL request, after unpacking.',
    parse: wholeNumber(kibibyte, 64 * mebibyte),
  },
  queryTokensMax: {
    flag: 'query-tokens-max',
    env: 'LINEWARD_QUERY_TOKENS_MAX',
    default: '5000',
    unit: 'tokens',
    meaning: 'The most lexical tokens in a GraphQL document.',
    parse: wholeNumber(100, 1_000_000),
  },
  queryDepthMax: {
    flag: 'query-depth-max',
    env: 'LINEWARD_QUERY_DEPTH_MAX',
    default: '15',
    unit: 'fields',
    meaning: 'How deep a GraphQL query may go, through fragments too.',
    parse: wholeNumber(3, 100),
  },
  queryAliasesMax: {
    flag: 'query-aliases-max',
    env: 'LINEWARD_QUERY_ALIASES_MAX',
    default: '100',
    unit: 'aliases',
    meaning: 'The most aliases in a GraphQL query, through fragments too.',
    parse: wholeNumber(0, 10_000),
  },
  queryCostMax: {
    flag: 'query-cost-max',
    env: 'LINEWARD_QUERY_COST_MAX',
    default: '1000000',
    unit: 'fields',
    meaning: 'The most fields that a GraphQL query could answer, by the pages that it asks for.',
    parse: wholeNumber(100, 1_000_000_000),
  },
  pageSizeMax: {
    flag: 'page-size-max',
    env: 'LINEWARD_PAGE_SIZE_MAX',
    default: '1000',
    unit: 'items',
    meaning: 'The largest `first` of a page.',
    parse: wholeNumber(1, 100_000),
  },
  replayLettersMax: {
    flag: 'replay-letters-max',
    env: 'LINEWARD_REPLAY_LETTERS_MAX',
    default: '500',
    unit: 'dead letters',
    meaning: 'The most dead letters that one request tries again; it says where to go on.',
    parse: wholeNumber(100, 10_000),
  },
  certificateWarnDays: {
    flag: 'certificate-warn-days',
    env: 'LINEWARD_CERTIFICATE_WARN_DAYS',
    default: '30',
    unit: 'days',
    meaning: 'How long before the expiry of a certificate a finding says so.',
    parse: wholeNumber(0, 3650),
  },
  walkHopsMax: {
    flag: 'walk-hops-max',
    env: 'LINEWARD_WALK_HOPS_MAX',
    default: '100',
    unit: 'flows',
    meaning: 'The largest `depth` of a lineage question.',
    parse: wholeNumber(1, 10_000),
  },
  walkNodesMax: {
    flag: 'walk-nodes-max',
    env: 'LINEWARD_WALK_NODES_MAX',
    default: '10000',
    unit: 'datasets and flows',
    meaning: 'The most datasets and flows together in one lineage answer.',
    parse: wholeNumber(1, 10_000_000),
  },
  walkTimeMsMax: {
    flag: 'walk-time-ms-max',
    env: 'LINEWARD_WALK_TIME_MS_MAX',
    default: '5000',
    unit: 'ms',
    meaning: 'The longest that one lineage question is worked on.',
    parse: wholeNumber(1, 600_000),
  },

  requestMsMax: {
    flag: 'request-ms-max',
    env: 'LINEWARD_REQUEST_MS_MAX',
    default: String(5 * minuteMs),
    unit: 'ms',
    meaning: 'The longest that a client may take to send its request.',
    parse: wholeNumber(1000, 60 * minuteMs),
  },
  tokenRequestsMax: {
    flag: 'token-requests-max',
    env: 'LINEWARD_TOKEN_REQUESTS_MAX',
    default: '10000',
    unit: 'requests/s',
    meaning: 'How often one token may call, averaged over 10 seconds; a token may have its own.',
    parse: wholeNumber(1, 1_000_000),
  },
  wrongTokensMax: {
    flag: 'wrong-tokens-max',
    env: 'LINEWARD_WRONG_TOKENS_MAX',
    default: '600',
    unit: 'requests/min',
    meaning: 'Wrong tokens from one address until it gets 429 for them; right ones still work.',
    parse: wholeNumber(1, 1_000_000),
  },
  signInMs: {
    flag: 'sign-in-ms',
    env: 'LINEWARD_SIGN_IN_MS',
    default: String(10 * minuteMs),
    unit: 'ms',
    meaning: 'How long a one-time sign-in link can be used.',
    parse: wholeNumber(1000, 24 * 60 * minuteMs),
  },
  sessionMs: {
    flag: 'session-ms',
    env: 'LINEWARD_SESSION_MS',
    default: String(12 * 60 * minuteMs),
    unit: 'ms',
    meaning: 'How long a browser stays signed in. A restart signs it out.',
    parse: wholeNumber(1000, 30 * 24 * 60 * minuteMs),
  },
} as const satisfies Record<string, Setting<unknown>>

type ValueOf<Of> = Of extends { parse: (text: string) => Parsed<infer Inner> } ? Inner : never

/** The settings as read. Byte and time settings are whole numbers in the unit of their name. */
export type Config = { readonly [Name in keyof typeof settings]: ValueOf<(typeof settings)[Name]> }

/** Where settings come from: flags by name without dashes, and the environment. */
export type ConfigSources = Readonly<{
  flags?: Readonly<Record<string, string | undefined>>
  env: Readonly<Record<string, string | undefined>>
}>

/**
 * The settings, frozen: flags win over the environment, the environment over the defaults.
 * Variables that do not begin with `LINEWARD_` are not looked at. Pure.
 *
 * @throws LinewardError CONFIG_INVALID with every problem at once in `details.problems`: values
 *   that cannot be used, and `LINEWARD_*` names and flags that are no setting.
 */
export function readConfig({ flags = {}, env }: ConfigSources): Config {
  const table: readonly (readonly [string, Setting<unknown>])[] = Object.entries(settings)
  const problems: string[] = []
  const values = table.map(([name, setting]) => {
    const given = givenTo(setting, flags, env)
    const parsed = setting.parse(given?.text ?? setting.default)
    if ('value' in parsed) return [name, parsed.value] as const
    problems.push(`${given?.by ?? setting.env} ${parsed.problem}`)
    return [name, undefined] as const
  })

  const known = new Set(table.map(([, setting]) => setting.env))
  const unknown = Object.keys(env).filter(
    (name) => name.startsWith('LINEWARD_') && !known.has(name),
  )
  problems.push(...unknown.toSorted().map((name) => `${printable(name)} is not a setting`))
  const knownFlags = new Set(table.flatMap(([, { flag }]) => flag ?? []))
  const strange = Object.keys(flags).filter((flag) => !knownFlags.has(flag))
  problems.push(...strange.toSorted().map((flag) => `--${printable(flag)} is not a setting`))

  const config = Object.fromEntries(values) as Config
  if (config.webhookUrl !== undefined && config.webhookSecret === undefined) {
    problems.push('LINEWARD_WEBHOOK_SECRET is needed where there is a webhook')
  }
  if (problems.length > 0) {
    throw new LinewardError('CONFIG_INVALID', problems.join('; '), { details: { problems } })
  }
  return Object.freeze(config)
}

function givenTo(
  setting: Setting<unknown>,
  flags: Readonly<Record<string, string | undefined>>,
  env: Readonly<Record<string, string | undefined>>,
): Readonly<{ text: string; by: string }> | undefined {
  const { flag, env: variable } = setting
  const byFlag = flag !== undefined && Object.hasOwn(flags, flag) ? flags[flag] : undefined
  if (byFlag !== undefined) return { text: byFlag, by: `--${flag}` }
  const byEnv = Object.hasOwn(env, variable) ? env[variable] : undefined
  return byEnv === undefined ? undefined : { text: byEnv, by: variable }
}

/** What was given is shown in the message, but never what a terminal or a log could act upon. */
function printable(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text
  return short.replaceAll(/[^\x20-\x7e…]/g, '?')
}

function filledText(text: string): Parsed<string> {
  const value = text.trim()
  return value === '' ? { problem: 'is empty' } : { value }
}

function wholeNumber(least: number, most: number): Parse<number> {
  return (text) => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return { value }
    return { problem: `is ${printable(text)}, not a whole number from ${least} to ${most}` }
  }
}

function oneOf<const Word extends string>(...words: readonly Word[]): Parse<Word> {
  return (text) => {
    const value = words.find((word) => word === text)
    if (value !== undefined) return { value }
    return { problem: `is ${printable(text)}, not ${words.join(', ')}` }
  }
}

/** A secret is never shown, also not when it cannot be used. */
function optionalSecret(charactersMin: number): Parse<string | undefined> {
  return (text) => {
    if (text === '') return { value: undefined }
    if (text.length < charactersMin) return { problem: `has under ${charactersMin} characters` }
    return /^[\x21-\x7e]+$/.test(text) ? { value: text } : { problem: 'has unusable characters' }
  }
}

/** Of a web address without a name and password in it. */
function optionalUrl(text: string): Parsed<string | undefined> {
  if (text === '') return { value: undefined }
  if (!URL.canParse(text)) return { problem: 'is no URL' }
  const { protocol, username, password } = new URL(text)
  if (protocol !== 'https:' && protocol !== 'http:') return { problem: 'is no web address' }
  return username === '' && password === ''
    ? { value: text }
    : { problem: 'has a name or a password in it' }
}

/** A form that is looked for in every event: a search for it takes a bounded time. */
function optionalPattern(text: string): Parsed<RegExp | undefined> {
  if (text === '') return { value: undefined }
  const read = boundedPattern(text)
  return 'problem' in read ? read : { value: read.pattern }
}
