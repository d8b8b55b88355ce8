import type { DatasetName, Entry, Fact, Json, JsonObject, Micros } from '../../model/index.ts'
import type { Format } from '../format.ts'
import type { ObjectAccess } from '../s3/access.ts'
import type { ObjectAction } from '../s3/access-calls.ts'
import { LinewardError } from '../../errors.ts'
import { isJsonObject } from '../../model/index.ts'
import { isList, memberOf, textIn } from '../members.ts'
import { copyFacts } from '../s3/copy.ts'
import { exposureFacts } from '../unknown.ts'
import { sessionFacts } from './identity.ts'

/**
 * The payload of an access, of which everything else is in the header of its entry (when, who, the id
 * of the record). Absent members are not told.
 *
 * { call, did: [{ action, namespace, name }…], via?, session?, role?, people?, shared?, error?, address?,
 *   agent?, tls?, signed?, encryption?, endpoint? }
 */
export function accessPayload(access: ObjectAccess): JsonObject {
  const { call, did, identity, ...how } = access
  const { via, session, people } = identity
  const told = Object.entries({ ...how, via, session: session?.id, role: session?.of })
  return {
    call,
    did: did.map(({ action, folder }) => ({ action, ...folder })),
    ...(people.length === 0 ? {} : { people }),
    ...Object.fromEntries(told.flatMap(([key, text]) => (text === undefined ? [] : [[key, text]]))),
  }
}

/** What intake makes of a record of an access to objects. No sender can hand one in. */
export const cloudtrailAccess: Format = {
  name: 'cloudtrail-access',
  is: () => false,
  read: () => ({
    failing: { code: 'EVENT_MALFORMED', reason: 'This is kept, not sent', path: '' },
  }),
  sourceOf: () => '',
  nameOf: (value) => textIn(value, 'call') ?? '',
  isKnown: () => true,
  translate: accessFacts,
}

/**
 * The facts of an access: the folders, what was done in each, what was copied from one to the other,
 * and who is said to stand behind the session.
 *
 * @throws LinewardError EVENT_MALFORMED when the payload is none of ours.
 */
export function accessFacts(payload: Json, entry: Entry): readonly Fact[] {
  const { eventTime: at, author: principal } = entry
  const did = memberOf(payload, 'did')
  if (!isList(did) || principal === undefined || !isJsonObject(payload)) throw malformed()
  const session = textIn(payload, 'session')
  const via = textIn(payload, 'via')
  const how = {
    principal,
    id: textIn(payload, 'shared') ?? entry.eventKey,
    ...(via === undefined ? {} : { via }),
    ...(session === undefined ? {} : { session }),
  }
  const done = did.map(doneIn)
  return [
    ...done.map(({ action, dataset }): Fact => {
      return { kind: 'access', at, dataset, action, touched: showing.has(action), ...how }
    }),
    ...copiedBy(principal, done, at),
    ...sessionFacts(at, identityIn(payload, principal)),
    ...exposureFacts(entry),
  ]
}

/** What was read and written by one call went from the one folder to the other. */
function copiedBy(principal: string, done: readonly Done[], at: Micros): readonly Fact[] {
  const [read, written] = done
  if (read?.action !== 'READ' || written === undefined) return []
  return copyFacts(at, { principal, source: read.dataset, target: written.dataset })
}

/**
 * What cannot be done without an object there. A list may be empty, deleting what is not there
 * succeeds, and a part is no object yet.
 */
const showing: ReadonlySet<string> = new Set<ObjectAction>(['READ', 'WRITE', 'METADATA'])

type Done = Readonly<{ action: string; dataset: DatasetName }>

function doneIn(one: Json): Done {
  const [action, namespace, name] = ['action', 'namespace', 'name'].map((key) => textIn(one, key))
  if (action === undefined || namespace === undefined || name === undefined) throw malformed()
  return { action, dataset: { namespace, name } }
}

function identityIn(payload: JsonObject, principal: string): ObjectAccess['identity'] {
  const [id, of] = [textIn(payload, 'session'), textIn(payload, 'role')]
  const people = memberOf(payload, 'people')
  return {
    principal,
    via: undefined,
    session: id === undefined || of === undefined ? undefined : { id, of },
    people: isList(people) ? people.filter((one) => typeof one === 'string') : [],
  }
}

function malformed(): LinewardError {
  return new LinewardError('EVENT_MALFORMED', 'The payload is no access that is known here')
}
