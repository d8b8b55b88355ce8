import type {
  Attestation,
  DatasetPart,
  Json,
  JsonObject,
  Micros,
  Selector,
  Statement,
} from '../../model/index.ts'
import { LinewardError } from '../../errors.ts'
import {
  canonicalName,
  certificateMethods,
  datasetGrains,
  datasetStatuses,
  findingStatuses,
  formatTime,
  isJsonObject,
  parseTime,
  zones,
} from '../../model/index.ts'
import { isList, member } from '../members.ts'

/** Which of its members are free words, and so are scrubbed like everybody's. */
export const freeWords = ['reason', 'statement', 'signer', 'comment'] as const

/** A statement as it stands in the ledger: times as text. */
export function statementJson(statement: Statement): JsonObject {
  const times = ['validFrom', 'expires', 'until'] as const
  const written = times.flatMap((key) => {
    const at = (statement as Readonly<Record<string, unknown>>)[key]
    return typeof at === 'number' ? [[key, formatTime(at as Micros)] as const] : []
  })
  return { ...statement, ...Object.fromEntries(written) } as unknown as JsonObject
}

type Read = (json: JsonObject) => Statement

const readers: { readonly [Says in Statement['says']]: Read } = {
  label: (json) => ({
    says: 'label',
    of: part(member(json, 'of')),
    label: text(json, 'label'),
    holds: member(json, 'holds') === true,
    reason: text(json, 'reason'),
  }),
  status: (json) => ({
    says: 'status',
    of: part(member(json, 'of')),
    status: oneOf(datasetStatuses, member(json, 'status')),
    reason: text(json, 'reason'),
  }),
  attestation: (json) => ({
    says: 'attestation',
    of: part(member(json, 'of')),
    attestation: attestation(member(json, 'attestation')),
    reason: text(json, 'reason'),
  }),
  boundary: (json) => ({
    says: 'boundary',
    name: text(json, 'name'),
    zone: oneOf(zones, member(json, 'zone')),
    selectors: list(json, 'selectors').map(selector),
  }),
  noBoundary: (json) => ({ says: 'noBoundary', name: text(json, 'name') }),
  policy: (json) => ({
    says: 'policy',
    name: text(json, 'name'),
    zone: oneOf(zones, member(json, 'zone')),
    statuses: list(json, 'statuses').map((status) => oneOf(datasetStatuses, status)),
    mayCross: list(json, 'mayCross').map(selector),
  }),
  certificate: (json) => {
    const job = object(member(json, 'job'))
    const validFrom = time(json, 'validFrom')
    return {
      says: 'certificate',
      id: text(json, 'id'),
      job: { namespace: text(job, 'namespace'), name: text(job, 'name') },
      outputs: list(json, 'outputs').map(part),
      method: oneOf(certificateMethods, member(json, 'method')),
      signer: text(json, 'signer'),
      ...(validFrom === undefined ? {} : { validFrom }),
      expires: time(json, 'expires') ?? malformed(),
      statement: text(json, 'statement'),
    }
  },
  approval: (json) => ({
    says: 'approval',
    certificate: text(json, 'certificate'),
    reason: text(json, 'reason'),
  }),
  revocation: (json) => ({
    says: 'revocation',
    certificate: text(json, 'certificate'),
    reason: text(json, 'reason'),
  }),
  decision: (json) => {
    const until = time(json, 'until')
    return {
      says: 'decision',
      finding: text(json, 'finding'),
      status: oneOf(findingStatuses, member(json, 'status')),
      reason: text(json, 'reason'),
      ...(until === undefined ? {} : { until }),
    }
  },
  assignment: (json) => ({
    says: 'assignment',
    finding: text(json, 'finding'),
    ...optional(json, 'assignee'),
    ...optional(json, 'comment'),
  }),
}

/**
 * The statement in a payload. Names are made canonical here, as everywhere.
 *
 * @throws LinewardError EVENT_MALFORMED when it is none of ours.
 */
export function readStatement(json: Json | undefined): Statement {
  const given = object(json)
  const says = text(given, 'says')
  if (!Object.hasOwn(readers, says)) malformed()
  return readers[says as Statement['says']](given)
}

function part(json: Json | undefined): DatasetPart {
  const given = object(json)
  const dataset = object(member(given, 'dataset'))
  const { namespace, name } = canonicalName(text(dataset, 'namespace'), text(dataset, 'name'))
  return { dataset: { namespace, name }, ...optional(given, 'column') }
}

function selector(json: Json | undefined): Selector {
  const given = object(json)
  const keys = ['namespace', 'name', 'account', 'region', 'vpc', 'job', 'principal'] as const
  const tag = member(given, 'tag')
  return {
    ...Object.assign({}, ...keys.map((key) => optional(given, key))),
    ...(isJsonObject(tag) ? { tag: { key: text(tag, 'key'), ...optional(tag, 'value') } } : {}),
  } as Selector
}

function attestation(json: Json | undefined): Attestation {
  const given = object(json)
  const grain = member(given, 'grain')
  const cell = member(given, 'smallestCell')
  const flags = ['zip3Rule', 'agesTopCoded', 'healthSource'] as const
  return {
    ...(typeof grain === 'string' ? { grain: oneOf(datasetGrains, grain) } : {}),
    ...(typeof cell === 'number' ? { smallestCell: cell } : {}),
    ...Object.fromEntries(
      flags
        .map((key) => [key, member(given, key)] as const)
        .filter(([, value]) => typeof value === 'boolean'),
    ),
  }
}

function object(json: Json | undefined): JsonObject {
  return isJsonObject(json) ? json : malformed()
}

function list(json: JsonObject, key: string): readonly Json[] {
  const value = member(json, key)
  return isList(value) ? value : malformed()
}

function text(json: JsonObject, key: string): string {
  const value = member(json, key)
  return typeof value === 'string' ? value : malformed()
}

function optional<Key extends string>(
  json: JsonObject,
  key: Key,
): { readonly [One in Key]?: string } {
  const value = member(json, key)
  return (typeof value === 'string' ? { [key]: value } : {}) as { readonly [One in Key]?: string }
}

function time(json: JsonObject, key: string): Micros | undefined {
  const value = member(json, key)
  return typeof value === 'string' ? (parseTime(value) ?? malformed()) : undefined
}

function oneOf<const Values extends readonly string[]>(
  values: Values,
  value: Json | undefined,
): Values[number] {
  return typeof value === 'string' && values.includes(value) ? value : malformed()
}

function malformed(): never {
  throw new LinewardError('EVENT_MALFORMED', 'The payload is no statement that is known here')
}
