import type { DatasetName, Entry, Fact, Json, JsonObject, SpelledName } from '../../model/index.ts'
import { LinewardError } from '../../errors.ts'
import { canonicalName, isJsonObject, partsOf } from '../../model/index.ts'
import { isList, member } from '../members.ts'
import { readStatement } from './statement.ts'

type Decide = (payload: JsonObject, at: Entry['eventTime'], author: string) => readonly Fact[]

/** What each decision of a steward says, by the name of its mutation. */
const decisions: ReadonlyMap<string, Decide> = new Map<string, Decide>([
  [
    'setOwners',
    (payload, at) => {
      const { dataset, mention } = named(payload, 'of', at)
      const owners = textsIn(payload, 'owners')
      return [mention, { kind: 'owners', at, of: { dataset }, owners, by: 'steward' }]
    },
  ],
  [
    'describe',
    (payload, at) => {
      const { dataset, mention } = named(payload, 'of', at)
      const text = textAt(payload, 'description')
      return [mention, { kind: 'description', at, of: { dataset }, text, by: 'steward' }]
    },
  ],
  [
    'joinNames',
    (payload, at) => {
      const one = named(payload, 'name', at)
      const other = named(payload, 'with', at)
      const reason = textAt(payload, 'reason')
      const join = { kind: 'join', at, name: one.dataset, with: other.dataset, reason } as const
      return [one.mention, other.mention, join]
    },
  ],
  [
    'splitNames',
    (payload, at) => {
      const { dataset: name, mention } = named(payload, 'name', at)
      return [mention, { kind: 'split', at, name, reason: textAt(payload, 'reason') }]
    },
  ],
  [
    'state',
    (payload, at, author) => {
      const statement = readStatement(member(payload, 'statement'))
      const by = { author, person: textAt(payload, 'person') }
      const mentions = partsOf(statement).map(({ dataset }): Fact => {
        return { kind: 'mention', at, dataset, spelling: dataset, touched: false }
      })
      return [...mentions, { kind: 'statement', at, statement, by }]
    },
  ],
])

/**
 * The facts of a steward's decision. Names are made canonical here, as everywhere; a name that only
 * a steward has mentioned was never touched.
 *
 * @throws LinewardError EVENT_MALFORMED when the payload is no decision of ours.
 */
export function decisionFacts(
  payload: Json,
  { eventTime: at, sender, exposures }: Entry,
): readonly Fact[] {
  if (!isJsonObject(payload)) throw malformed()
  const decide = decisions.get(textAt(payload, 'decision'))
  if (decide === undefined) throw malformed()
  return [
    ...decide(payload, at, sender),
    ...exposures.map((exposure): Fact => ({ kind: 'exposure', at, of: undefined, ...exposure })),
  ]
}

type Named = Readonly<{ dataset: DatasetName; mention: Fact }>

function named(payload: JsonObject, key: string, at: Entry['eventTime']): Named {
  const of = member(payload, key)
  if (!isJsonObject(of)) throw malformed()
  const spelling: SpelledName = { namespace: textAt(of, 'namespace'), name: textAt(of, 'name') }
  const dataset = canonicalName(spelling.namespace, spelling.name)
  return { dataset, mention: { kind: 'mention', at, dataset, spelling, touched: false } }
}

function textAt(payload: JsonObject, key: string): string {
  const value = member(payload, key)
  if (typeof value !== 'string') throw malformed()
  return value
}

function textsIn(payload: JsonObject, key: string): readonly string[] {
  const value = member(payload, key)
  if (!isList(value)) throw malformed()
  return value.filter((item) => typeof item === 'string')
}

function malformed(): LinewardError {
  return new LinewardError('EVENT_MALFORMED', 'The payload is no decision that is known here')
}
