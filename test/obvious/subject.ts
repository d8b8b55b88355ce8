import type {
  ColumnMap,
  DatasetName,
  DatasetOrJob,
  ExplicitEntry,
  JobName,
  Moved,
  Mover,
  Statement,
} from '../../src/model/index.ts'
import type { Said } from './said.ts'
import { governanceIdOf, jobGroupIdOf, objectOf, partsOf } from '../../src/model/index.ts'
import {
  datasetIdOf,
  definitionIdOf,
  jobIdOf,
  principalIdOf,
  runIdOf,
  schemaIdOf,
  sessionIdOf,
  transactionIdOf,
} from './id.ts'

/** Everything that a fact names: it is known by it, and the fact's entry is evidence of it. */
export type Named = Readonly<{
  datasets: readonly DatasetName[]
  jobs: readonly JobName[]
  runs: readonly string[]
  principals: readonly string[]
  sessions: readonly string[]
  /** Ids of saved jobs, transactions, schemas and groups of jobs. */
  shared: readonly string[]
}>

export function datasetNamesOf(said: Said): readonly DatasetName[] {
  return namedBy(said).datasets
}

export function subjectIdsOf(said: Said): readonly string[] {
  const { datasets, jobs, runs, principals, sessions, shared } = namedBy(said)
  return [
    ...datasets.map(datasetIdOf),
    ...jobs.map(jobIdOf),
    ...runs.map(runIdOf),
    ...principals.map(principalIdOf),
    ...sessions.map(sessionIdOf),
    ...shared,
  ]
}

export function namedBy({ fact }: Said): Named {
  switch (fact.kind) {
    case 'mention':
    case 'datasetType':
    case 'schema':
      return named({ datasets: [fact.dataset] })
    case 'description':
    case 'owners':
    case 'tags':
      return either(fact.of)
    case 'facet':
      if ('jobOfRun' in fact.of) return named({ runs: [fact.of.jobOfRun] })
      if ('run' in fact.of) return named({ runs: [fact.of.run] })
      return either(fact.of)
    case 'alias':
      return named({ datasets: [fact.dataset, fact.other] })
    case 'location':
      return named({ datasets: [fact.table, fact.location] })
    case 'lifecycle':
      return named({ datasets: [fact.dataset], runs: some(fact.run) })
    case 'rename':
      return both(mover(fact.by), named({ datasets: [fact.from, fact.to] }))
    case 'job':
      return named({ jobs: [fact.job, ...some(fact.parent)] })
    case 'run':
      return named({ runs: [fact.run], jobs: [fact.job] })
    case 'parent':
      return named({ runs: [fact.run, fact.parent], jobs: some(fact.parentJob) })
    case 'io':
      return named({ runs: [fact.run], datasets: [fact.dataset] })
    case 'columnMap':
      return named({ runs: [fact.run], datasets: [fact.output, ...inputsOf(fact.map)] })
    case 'explicit':
      return named({ runs: [fact.run], datasets: datasetsOfEntry(fact.entry) })
    case 'copies':
      return named({ runs: [fact.run], datasets: [fact.copy.input, fact.copy.output] })
    case 'definition':
      return named({ datasets: datasetsOfMoved(fact.moved), shared: [definitionIdOf(fact.key)] })
    case 'uses':
      return named({ runs: [fact.run], shared: [definitionIdOf(fact.key)] })
    case 'transaction':
      return named({ shared: [transactionIdOf(fact.id)] })
    case 'within':
      return named({ runs: [fact.run], shared: [transactionIdOf(fact.transaction)] })
    case 'schemaAlias':
      return named({ shared: [schemaIdOf(fact.schema), schemaIdOf(fact.other)] })
    case 'declaration':
    case 'amendment':
      return both(mover(fact.by), named({ datasets: datasetsOfMoved(fact.moved) }))
    case 'active':
      return mover(fact.by)
    case 'configuration':
      return named({ jobs: fact.jobs, shared: [definitionIdOf(fact.key)] })
    case 'access':
      return named({ datasets: [fact.dataset], principals: [fact.principal] })
    case 'session':
      return named({ principals: [fact.of, fact.by.principal], sessions: some(fact.session) })
    case 'starter':
      return named({ runs: [fact.run], principals: [fact.principal] })
    case 'join':
      return named({ datasets: [fact.name, fact.with] })
    case 'split':
      return named({ datasets: [fact.name] })
    case 'exposure':
      return fact.of === undefined ? named({}) : mover(fact.of)
    case 'problem':
      return named({
        datasets: fact.names,
        ...(fact.of !== undefined && ('run' in fact.of ? { runs: [fact.of.run] } : {})),
        ...(fact.of !== undefined &&
          ('job' in fact.of ? { shared: [jobGroupIdOf(fact.of.job)] } : {})),
      })
    case 'statement':
      return both(
        named({ datasets: partsOf(fact.statement).map(({ dataset }) => dataset) }),
        named({ shared: objectIdsOf(fact.statement) }),
      )
    case 'unknown':
    case 'tally':
      return named({})
  }
}

/** Ids of what is no dataset and is stated something about. */
function objectIdsOf(statement: Statement): readonly string[] {
  const object = objectOf(statement)
  return object === undefined ? [] : [governanceIdOf(object.kind, object.id)]
}

function named(what: Partial<Named>): Named {
  return { datasets: [], jobs: [], runs: [], principals: [], sessions: [], shared: [], ...what }
}

function both(a: Named, b: Named): Named {
  return {
    datasets: [...a.datasets, ...b.datasets],
    jobs: [...a.jobs, ...b.jobs],
    runs: [...a.runs, ...b.runs],
    principals: [...a.principals, ...b.principals],
    sessions: [...a.sessions, ...b.sessions],
    shared: [...a.shared, ...b.shared],
  }
}

function mover(by: Mover): Named {
  return 'run' in by ? named({ runs: [by.run] }) : either(by)
}

function either(of: DatasetOrJob): Named {
  return 'job' in of ? named({ jobs: [of.job] }) : named({ datasets: [of.dataset] })
}

function inputsOf({ fields, whole }: ColumnMap): readonly DatasetName[] {
  return [...fields.flatMap(({ inputs }) => inputs), ...whole].map(({ dataset }) => dataset)
}

function datasetsOfMoved({ inputs, outputs, maps, explicit, copies = [] }: Moved) {
  return [
    ...inputs,
    ...outputs,
    ...maps.flatMap(({ output, map }) => [output, ...inputsOf(map)]),
    ...explicit.flatMap(datasetsOfEntry),
    ...copies.flatMap(({ input, output }) => [input, output]),
  ]
}

function datasetsOfEntry({ target, inputs, map }: ExplicitEntry): readonly DatasetName[] {
  return [...(target === null ? [] : [target]), ...inputs, ...inputsOf(map)]
}

function some<Value>(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value]
}
