import type {
  Attestation,
  CertificateMethod,
  ColumnInput,
  DatasetName,
  DatasetStatus,
  Fact,
  LifecycleChange,
  Micros,
  Selector,
  Statement,
  Transformation,
  Zone,
} from '../../../src/model/index.ts'
import type {
  DatasetGovernance,
  Finding,
  FindingKind,
  Governor,
  LabelExplanation,
} from '../../../src/governance/index.ts'
import type { Told } from '../../contract/told.ts'
import { datasetIdOf } from '../../../src/model/index.ts'
import { FedStore, sqliteKind } from '../../contract/stores.ts'
import {
  decision,
  event,
  job as jobNamed,
  mentioned,
  minute,
  runFacts,
  touched,
} from '../../contract/told.ts'
import { governing } from '../governing.ts'

/** Hours after the morning at which these stories begin. */
export const hour = (hours: number): Micros => minute(hours * 60)

/** A graph in which something was told, and what governance says of it. */
export class Story implements AsyncDisposable {
  readonly #fed = new FedStore(sqliteKind)
  readonly #governor: Governor

  constructor(now: Micros = hour(1000)) {
    this.#governor = governing(this.#fed.store, now)
  }

  get governor(): Governor {
    return this.#governor
  }

  async tell(...told: readonly (Told | readonly Told[])[]): Promise<void> {
    await this.#fed.tell(...told.flat())
    this.#governor.wake()
    await this.#governor.reached(60_000)
  }

  async of(dataset: DatasetName, asOf?: Micros): Promise<DatasetGovernance> {
    const id = datasetIdOf(dataset)
    const answer = (await this.#governor.datasets([id], asOf)).get(id)
    if (answer === undefined) throw new Error(`${dataset.name} is not known`)
    return answer
  }

  /** Applied labels of a column; undefined: those of the dataset alone; `every`: all there are. */
  async labels(dataset: DatasetName, column?: string, asOf?: Micros): Promise<readonly string[]> {
    const { labels } = await this.of(dataset, asOf)
    return labels
      .filter(({ decision: is }) => is === undefined || is === 'CONFIRMED')
      .filter((label) => column === 'every' || label.column === column)
      .map(({ label }) => label)
      .toSorted()
  }

  /** `status`, or `status, enforced` where these differ. */
  async status(dataset: DatasetName, asOf?: Micros): Promise<string> {
    const { status, enforced } = await this.of(dataset, asOf)
    return status === enforced ? status : `${status}, ${enforced}`
  }

  async findings(kind: FindingKind, status = 'OPEN'): Promise<readonly Finding[]> {
    const asked = { kinds: [kind], statuses: [status as 'OPEN'], severities: undefined }
    const { items } = await this.#governor.findings(asked, { first: 100 })
    return items.map(({ node }) => node)
  }

  async explain(
    dataset: DatasetName,
    column: string | undefined,
    label: string,
  ): Promise<LabelExplanation | undefined> {
    return await this.#governor.explainLabel({ dataset: datasetIdOf(dataset), column }, label, 5)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#governor[Symbol.asyncDispose]()
    await this.#fed[Symbol.asyncDispose]()
  }
}

/** A story with all this told of it. */
export async function story(...told: readonly (Told | readonly Told[])[]): Promise<Story> {
  const made = new Story()
  await made.tell(...told)
  return made
}

export const identity: Transformation = { type: 'DIRECT', subtype: 'IDENTITY', masking: false }

export function transformed(description: string, masking = false): Transformation {
  return { type: 'DIRECT', subtype: 'TRANSFORMATION', description, masking }
}

export function aggregated(description?: string): Transformation {
  const how = { type: 'DIRECT', subtype: 'AGGREGATION', masking: false } as const
  return description === undefined ? how : { ...how, description }
}

export function indirect(subtype: string): Transformation {
  return { type: 'INDIRECT', subtype, masking: false }
}

/** A column that was read, and what was done with it. */
export function from(
  dataset: DatasetName,
  column: string,
  ...transformations: readonly Transformation[]
): ColumnInput {
  return { dataset, column, transformations }
}

export type Hop = Readonly<{
  at?: Micros
  /** For so many hours; at one moment otherwise. */
  hours?: number
  job?: string
  map?: Readonly<Record<string, readonly ColumnInput[]>>
  whole?: readonly ColumnInput[]
  replaces?: LifecycleChange
  /** Who started it. */
  by?: string
}>

/** A run that read these and wrote that. */
export function hop(
  reads: DatasetName | readonly DatasetName[],
  write: DatasetName,
  { at = hour(1), hours = 0, job = 'j', map, whole = [], replaces, by }: Hop = {},
): readonly Told[] {
  const inputs = Array.isArray(reads) ? (reads as readonly DatasetName[]) : [reads as DatasetName]
  const end = (at + hours * 3_600_000_000) as Micros
  const run = `${job} ${at} ${inputs.map(({ name }) => name).join('+')} ${write.namespace} ${write.name}`
  const ends = { run, job, reads: inputs, writes: [write] }
  const fields = Object.entries(map ?? {}).map(([column, of]) => ({ column, inputs: of }))
  const more: readonly Fact[] = [
    ...(by === undefined ? [] : [{ kind: 'starter' as const, at: end, run, principal: by }]),
    ...(map === undefined && whole.length === 0
      ? []
      : [
          {
            kind: 'columnMap' as const,
            at: end,
            run,
            part: '',
            output: write,
            map: { fields, whole },
          },
        ]),
    ...(replaces === undefined
      ? []
      : [
          {
            kind: 'lifecycle' as const,
            at: end,
            dataset: write,
            change: replaces,
            run,
            whole: true,
          },
        ]),
  ]
  return [
    ...(hours === 0 ? [] : [event(at, runFacts(at, { ...ends, type: 'START' }))]),
    event(end, [...runFacts(end, { ...ends, type: 'COMPLETE' }), ...more]),
  ]
}

/** A writer says which columns it has. */
export function schema(dataset: DatasetName, columns: readonly string[], at = hour(0)): Told {
  const fields = columns.map((name) => ({ name, type: 'text' }))
  return event(at, [touched(at, dataset), { kind: 'schema', at, dataset, fields, by: 'writer' }])
}

const reason = 'A story says so'

function says(statement: Statement, at: Micros, person = 'stella'): Told {
  const parts = 'of' in statement ? [statement.of] : 'outputs' in statement ? statement.outputs : []
  return decision(at, [
    ...parts.map(({ dataset }) => mentioned(at, dataset)),
    { kind: 'statement', at, statement, by: { author: person, person } },
  ])
}

function partOf(dataset: DatasetName, column: string | undefined) {
  return { dataset, ...(column === undefined ? {} : { column }) }
}

export function labelled(
  dataset: DatasetName,
  column: string | undefined,
  label: string,
  { holds = true, at = hour(2) }: Readonly<{ holds?: boolean; at?: Micros }> = {},
): Told {
  return says({ says: 'label', of: partOf(dataset, column), label, holds, reason }, at)
}

export function statedAs(dataset: DatasetName, status: DatasetStatus, at = hour(2)): Told {
  return says({ says: 'status', of: { dataset }, status, reason }, at)
}

export function attested(
  dataset: DatasetName,
  attestation: Attestation,
  at: Micros = hour(2),
): Told {
  return says({ says: 'attestation', of: { dataset }, attestation, reason }, at)
}

export function placedIn(zone: Zone, selector: Selector, at = hour(2)): Told {
  const name = `${zone} ${JSON.stringify(selector)}`
  return says({ says: 'boundary', name, zone, selectors: [selector] }, at)
}

/** A policy like the usual one of the zone, by which these may carry anything there. */
export function mayCrossInto(zone: Zone, ...mayCross: readonly Selector[]): Told {
  const statuses = ['NOT_PERSONAL', 'DEIDENTIFIED'] as const
  return says({ says: 'policy', name: `into ${zone}`, zone, statuses, mayCross }, hour(2))
}

export type Certifying = Readonly<{
  job?: string
  columns?: readonly string[]
  method?: CertificateMethod
  from?: Micros
  expires?: Micros
  approvedAt?: Micros
  approver?: string
}>

/** A certificate for an output, or for columns of it, approved by another person. */
export function certified(dataset: DatasetName, how: Certifying = {}): readonly Told[] {
  const { job = 'j', columns, method = 'SAFE_HARBOR', approver = 'ada' } = how
  const { from: validFrom = hour(0), expires = hour(2000), approvedAt = hour(2) } = how
  const id = `certificate of ${dataset.name}`
  const outputs = columns?.map((column) => ({ dataset, column })) ?? [{ dataset }]
  const statement = {
    says: 'certificate' as const,
    id,
    job: jobNamed(job),
    outputs,
    method,
    signer: 'Dr. Grace',
    validFrom,
    expires,
    statement: 'No more than a very small risk',
  }
  return [
    says(statement, approvedAt),
    says({ says: 'approval', certificate: id, reason }, approvedAt, approver),
  ]
}

export function revoked(dataset: DatasetName): Told {
  const id = `certificate of ${dataset.name}`
  return says({ says: 'revocation', certificate: id, reason }, hour(3))
}
