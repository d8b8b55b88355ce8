import type {
  DatasetId,
  DatasetName,
  DefinitionId,
  DefinitionKey,
  JobId,
  JobName,
  RunId,
  TransactionId,
} from '../../src/model/index.ts'
import {
  datasetIdOf as datasetIdOfName,
  definitionIdOf as definitionIdOfKey,
  digestId,
  jobIdOf as jobIdOfName,
  runIdOf as runIdOfRunId,
  transactionIdOf as transactionIdOfText,
} from '../../src/model/index.ts'

/*
 * Ids are made from names alone and say nothing of a world, so they are remembered here: hashing is
 * most of what the obvious store does otherwise.
 */

const ofDatasets = new WeakMap<DatasetName, DatasetId>()
const ofJobs = new WeakMap<JobName, JobId>()
const ofRuns = new Map<string, RunId>()
const ofDefinitions = new Map<string, DefinitionId>()
const ofTransactions = new Map<string, TransactionId>()
const digests = new Map<string, string>()
const digestsMax = 100_000

export function datasetIdOf(name: DatasetName): DatasetId {
  const id = ofDatasets.get(name) ?? datasetIdOfName(name)
  ofDatasets.set(name, id)
  return id
}

export function jobIdOf(name: JobName): JobId {
  const id = ofJobs.get(name) ?? jobIdOfName(name)
  ofJobs.set(name, id)
  return id
}

export function runIdOf(runId: string): RunId {
  return remembered(ofRuns, runId, () => runIdOfRunId(runId))
}

export function principalIdOf(principal: string): string {
  return idOf('principal', [principal])
}

export function sessionIdOf(session: string): string {
  return idOf('session', [session])
}

export function definitionIdOf(key: DefinitionKey): DefinitionId {
  return remembered(ofDefinitions, JSON.stringify([key.scope, key.name]), () =>
    definitionIdOfKey(key),
  )
}

export function transactionIdOf(id: string): TransactionId {
  return remembered(ofTransactions, id, () => transactionIdOfText(id))
}

export function schemaIdOf({ namespace, name }: DatasetName): string {
  return idOf('schema', [namespace, name])
}

export function idOf(prefix: string, parts: readonly string[]): string {
  return remembered(digests, JSON.stringify([prefix, parts]), () => digestId(prefix, ...parts))
}

/** The digest of a text, however it is made. */
export function remembered<Value extends string>(
  known: Map<string, Value>,
  key: string,
  make: () => Value,
): Value {
  const value = known.get(key) ?? make()
  if (known.size >= digestsMax) known.clear()
  known.set(key, value)
  return value
}
