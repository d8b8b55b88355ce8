import type { FormatName, Json } from '../../model/index.ts'
import type { Context, Format, Reading, Told, Warning } from '../format.ts'
import { textIn } from '../members.ts'
import { timeReading } from '../reading.ts'
import { unsaid } from '../format.ts'
import { unknownFacts } from '../unknown.ts'
import { isoOf } from './log-line.ts'

type Log = Readonly<{
  name: FormatName
  log: string
  /** What a record is about: for counts. */
  nameOf: (value: Json) => string
  userOf: (value: Json) => string | undefined
}>

/** The audit logs of Redshift. What a line does not say of its cluster, its context has to. */
const logs: readonly Log[] = [
  {
    name: 'redshift-connection-log',
    log: 'connectionlog',
    nameOf: (value) => textIn(value, 'event') ?? '',
    userOf: (value) => textIn(value, 'username'),
  },
  {
    name: 'redshift-user-log',
    log: 'userlog',
    nameOf: (value) => textIn(value, 'action') ?? '',
    userOf: () => undefined,
  },
  {
    name: 'redshift-user-activity-log',
    log: 'useractivitylog',
    nameOf: (value) =>
      /^\s*([a-z]{1,20})/i.exec(textIn(value, 'query') ?? '')?.[1]?.toUpperCase() ?? 'statement',
    userOf: (value) => textIn(value, 'user'),
  },
]

const defaultPort = 5439

export const redshiftLogs: readonly Format[] = logs.map(({ name, log, nameOf, userOf }) => ({
  name,
  is: (value) => textIn(value, 'log') === log && textIn(value, 'recordtime') !== undefined,
  read: (told) => readingOf(told),
  placeOf: (context) => databaseOf(context) ?? hostOf(context),
  sourceOf: ({ context }) => {
    const { account = unsaid, region = unsaid } = context
    return `${name}:${account}:${region}:${hostOf(context) ?? unsaid}`
  },
  authorOf({ value, context }) {
    const [user, database] = [userOf(value), databaseOf(context)]
    return user === undefined || database === undefined ? undefined : `${database}/user/${user}`
  },
  nameOf,
  accountOf: ({ context }) => context['account'],
  isKnown: () => false,
  translate: (value, entry) => [
    ...unknownFacts(nameOf(value), entry),
    ...missingIn(entry.context).map(
      ({ code, path, message: reason }) =>
        ({ kind: 'problem', at: entry.eventTime, code, path, reason, names: [] }) as const,
    ),
  ],
}))

function readingOf({ value, context }: Told): Reading {
  const reading = timeReading(isoOf(textIn(value, 'recordtime') ?? ''), '/recordtime')
  return 'failing' in reading ? reading : { at: reading.at, warnings: missingIn(context) }
}

/** The event is kept, but its names cannot be told from those of other clusters. */
function missingIn(context: Context): readonly Warning[] {
  if (databaseOf(context) !== undefined) return []
  return [
    {
      code: 'CONTEXT_MISSING',
      path: '',
      message:
        'A log of Redshift does not say which cluster it is of: send it with context.cluster and context.region',
    },
  ]
}

function hostOf({ cluster, workgroup }: Context): string | undefined {
  return cluster ?? workgroup
}

/** The namespace of the database, as `naming.md` has it. */
function databaseOf(context: Context): string | undefined {
  const { account, region, cluster, workgroup, port = String(defaultPort) } = context
  if (region === undefined) return undefined
  if (cluster !== undefined) return `redshift://${cluster}.${region}:${port}`
  if (workgroup === undefined || account === undefined) return undefined
  return `redshift://${workgroup}.${account}.${region}:${port}`
}
