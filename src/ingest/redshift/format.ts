import type { Entry, Fact, FormatName, Json } from '../../model/index.ts'
import type { Context, Format, Reading, Told, Warning } from '../format.ts'
import { textIn } from '../members.ts'
import { timeReading } from '../reading.ts'
import { unsaid } from '../format.ts'
import { exposureFacts } from '../unknown.ts'
import { activityFacts } from './activity.ts'
import { databaseOf, hostOf } from './database.ts'
import { isoOf } from './log-line.ts'

type Log = Readonly<{
  name: FormatName
  log: string
  /** What a record is about: for counts. */
  nameOf: (value: Json) => string
  userOf: (value: Json) => string | undefined
  /** What its facts are, in words, for docs/coverage.md. */
  gives: string
  facts: (value: Json, entry: Entry) => readonly Fact[]
}>

/** The audit logs of Redshift. What a line does not say of its cluster, its context has to. */
const logs: readonly Log[] = [
  {
    name: 'redshift-connection-log',
    log: 'connectionlog',
    nameOf: (value) => textIn(value, 'event') ?? '',
    userOf: (value) => textIn(value, 'username'),
    gives:
      'nothing of data: who connected, from where and how stays in its text, the user is its author',
    facts: (_value, entry) => exposureFacts(entry),
  },
  {
    name: 'redshift-user-log',
    log: 'userlog',
    nameOf: (value) => textIn(value, 'action') ?? '',
    userOf: () => undefined,
    gives: 'nothing of data: which user of the database was made, changed or dropped',
    facts: (_value, entry) => exposureFacts(entry),
  },
  {
    name: 'redshift-user-activity-log',
    log: 'useractivitylog',
    nameOf: (value) =>
      /^\s*([a-z]{1,20})/i.exec(textIn(value, 'query') ?? '')?.[1]?.toUpperCase() ?? 'statement',
    userOf: (value) => textIn(value, 'user'),
    gives:
      'each statement as a run: what it reads and writes, by column where its SQL tells; transactions',
    facts: activityFacts,
  },
]

/** What each log gives, by the name of its format. */
export const redshiftLogsGive: readonly (readonly [log: FormatName, gives: string])[] = logs.map(
  ({ name, gives }) => [name, gives],
)

export const redshiftLogs: readonly Format[] = logs.map(({ name, log, nameOf, userOf, facts }) => ({
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
  isKnown: () => true,
  translate: (value, entry) => [
    ...facts(value, entry),
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
