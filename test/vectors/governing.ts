import type { DatasetPart, DatasetStatus, Micros, Statement, Zone } from '../../src/model/index.ts'
import type { World } from '../api/graphql/service.ts'
import type { GovernedVector, Governing, Part } from './vector.ts'
import { canonicalName, parseTime } from '../../src/model/index.ts'

/** Who asks for a certificate is not who approves it. */
const people = { asks: 'Ann', approves: 'Bob' } as const

/** What the vector states, in its order, and by whom: an approval is of the certificate before it. */
export function statementsOf({
  mutations = [],
}: GovernedVector): readonly Readonly<{ statement: Statement; person: string }>[] {
  let certificate = ''
  return mutations.map((mutation, index) => {
    if ('approveLast' in mutation) {
      const statement = { says: 'approval', certificate, reason } as const
      return { statement, person: people.approves }
    }
    if ('certify' in mutation) certificate = `certificate_${index}`
    return { statement: statementOf(mutation, certificate), person: people.asks }
  })
}

const reason = 'A vector says so'

function statementOf(
  mutation: Exclude<Governing, { approveLast: object }>,
  certificate: string,
): Statement {
  if ('assertLabel' in mutation) {
    const { of, label } = mutation.assertLabel
    return { says: 'label', of: partOf(of), label, holds: true, reason }
  }
  if ('withdrawLabel' in mutation) {
    const { of, label } = mutation.withdrawLabel
    return { says: 'label', of: partOf(of), label, holds: false, reason }
  }
  if ('assertStatus' in mutation) {
    const { of, status } = mutation.assertStatus
    return { says: 'status', of: partOf(of), status: status as DatasetStatus, reason }
  }
  if ('defineBoundary' in mutation) {
    const { name, zone, selectors } = mutation.defineBoundary
    return { says: 'boundary', name, zone: zone as Zone, selectors }
  }
  const { job, outputs, method, validFrom, expires } = mutation.certify
  return {
    says: 'certificate',
    id: certificate,
    job: { namespace: job[0], name: job[1] },
    outputs: outputs.map(partOf),
    method: method as 'SAFE_HARBOR',
    signer: 'An expert',
    ...(validFrom === undefined ? {} : { validFrom: parseTime(validFrom) as Micros }),
    expires: parseTime(expires) as Micros,
    statement: reason,
  }
}

function partOf([namespace, name, column]: Part): DatasetPart {
  const dataset = canonicalName(namespace, name)
  return column === undefined ? { dataset } : { dataset, column }
}

/** Makes the mutations of the vector over GraphQL, with a token of each of two people. */
export async function govern(world: World, { mutations = [] }: GovernedVector): Promise<void> {
  const asks = await world.token('steward', undefined, people.asks)
  const approves = await world.token('steward', undefined, people.approves)
  let id = ''
  for (const mutation of mutations) {
    if ('approveLast' in mutation) {
      await world.answer(approveMutation, { id }, approves)
      continue
    }
    const [name, args] = Object.entries(mutation)[0] as readonly [keyof typeof written, object]
    const data = await world.answer<Record<string, { id?: string }>>(
      written[name],
      variablesOf(args as Readonly<Record<string, unknown>>),
      asks,
    )
    if (name === 'certify') id = data['certify']?.id ?? ''
  }
}

const written = {
  assertLabel: `mutation ($of: DatasetRef!, $label: String!) {
    assertLabel(of: $of, label: $label, reason: "A vector says so") { id }
  }`,
  withdrawLabel: `mutation ($of: DatasetRef!, $label: String!) {
    withdrawLabel(of: $of, label: $label, reason: "A vector says so") { id }
  }`,
  assertStatus: `mutation ($of: DatasetRef!, $status: DatasetStatus!) {
    assertStatus(of: $of, status: $status, reason: "A vector says so") { id }
  }`,
  defineBoundary: `mutation ($name: String!, $zone: Zone!, $selectors: [SelectorInput!]!) {
    defineBoundary(name: $name, zone: $zone, selectors: $selectors) { version }
  }`,
  certify: `mutation ($job: JobRef!, $outputs: [DatasetRef!]!, $method: CertificateMethod!,
    $validFrom: DateTime, $expires: DateTime!) {
    certify(job: $job, outputs: $outputs, method: $method, signer: "An expert", validFrom: $validFrom,
      expires: $expires, statement: "A vector says so") { id }
  }`,
} as const
const approveMutation = `mutation ($id: ID!) {
  approveCertificate(id: $id, reason: "A vector says so") { state }
}`

/** Names as references. */
function variablesOf(args: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const refOf = (part: unknown): object => {
    const [namespace, name, column] = part as Part
    return { namespace, name, ...(column === undefined ? {} : { column }) }
  }
  return {
    ...args,
    ...('of' in args ? { of: refOf(args['of']) } : {}),
    ...('job' in args ? { job: refOf(args['job']) } : {}),
    ...('outputs' in args ? { outputs: (args['outputs'] as readonly unknown[]).map(refOf) } : {}),
  }
}
