import type { Entry, Fact, Json } from '../../model/index.ts'
import type { Compact } from '../format.ts'
import type { ObjectAccess } from '../s3/access.ts'
import type { Translators } from '../translator.ts'
import type { CloudTrailEvent } from './event.ts'
import { emrCalls } from '../emr/translators.ts'
import { firehoseCalls } from '../firehose/translators.ts'
import { glueCalls } from '../glue/translators.ts'
import { iotCalls } from '../iot/translators.ts'
import { kinesisCalls } from '../kinesis/translators.ts'
import { redshiftCalls } from '../redshift/translators.ts'
import { readBy } from '../translator.ts'
import { objectAccessOf } from '../s3/access.ts'
import { s3Calls } from '../s3/translators.ts'
import { stsCalls } from '../sts/translators.ts'
import { exposureFacts, unknownFacts } from '../unknown.ts'
import { accessFacts, accessPayload } from './access-format.ts'
import { eventOf } from './event.ts'
import { sessionFacts } from './identity.ts'
import { isRefused, recordName } from './record.ts'

/** Who reads which call that succeeded, by the name that `recordName` gives: `kinesis:CreateStream`. */
export const callTranslators: Translators<CloudTrailEvent> = {
  ...emrCalls,
  ...firehoseCalls,
  ...glueCalls,
  ...iotCalls,
  ...kinesisCalls,
  ...redshiftCalls,
  ...s3Calls,
  ...stsCalls,
}

const translators = new Map(Object.entries(callTranslators))

/** Whether some translator reads this call. */
export function isTranslated(value: Json): boolean {
  return translators.has(recordName(value)) || objectAccessOf(value) !== undefined
}

/** A record of which nothing but an access is read, or a copy: there are millions of them. */
export function compactRecord(value: Json): Compact | undefined {
  const access = objectAccessOf(value)
  if (access === undefined) return undefined
  if (translators.has(recordName(value)) && !saysAll(access)) return undefined
  return { format: 'cloudtrail-access', value: accessPayload(access) }
}

/** Whether nothing is left for the translator of the call: both ends of a copy are told. */
function saysAll(access: ObjectAccess | undefined): boolean {
  return access !== undefined && access.did.length > 1
}

/**
 * The facts of a record. A call that was refused changed nothing, whatever it asked for; one that
 * succeeded and names nothing (AWS leaves parameters out that are too long) is a problem.
 */
export function translateRecord(value: Json, entry: Entry): readonly Fact[] {
  const name = recordName(value)
  const translator = translators.get(name)
  const access = objectAccessOf(value)
  const accessed = access && accessFacts(accessPayload(access), entry)
  if (translator === undefined) return accessed ?? unknownFacts(name, entry)
  if (accessed !== undefined && (isRefused(value) || saysAll(access))) return accessed
  if (isRefused(value)) return exposureFacts(entry)
  const event = eventOf(value, entry)
  const said = readBy(translator, event, { name, path: '/requestParameters' })
  const beside = accessed ?? [...sessionFacts(event.at, event.identity), ...exposureFacts(entry)]
  return [...said, ...startedBy(said, entry), ...beside]
}

/** Who started the runs of which a call speaks. */
function startedBy(said: readonly Fact[], { author: principal }: Entry): readonly Fact[] {
  if (principal === undefined) return []
  return said.flatMap((fact): readonly Fact[] =>
    fact.kind === 'run' && !ending.has(fact.event)
      ? [{ kind: 'starter', at: fact.at, run: fact.run, principal }]
      : [],
  )
}

const ending: ReadonlySet<string> = new Set(['COMPLETE', 'ABORT', 'FAIL'])
