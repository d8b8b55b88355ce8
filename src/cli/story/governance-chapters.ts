import type { Chapter, Fields, Teller } from './chapter.ts'
import { hospital } from '../../demo/index.ts'
import { fieldsIn, listIn, textIn } from '../lineage-answer.ts'
import { counted, jobName, listed, named, short } from './chapter.ts'

const { boundaries, certified, columns, datasets } = hospital

const explanation = `
  query Why($of: DatasetRef!, $label: String!) {
    explainLabel(of: $of, label: $label, first: 10) {
      label { origin confidence }
      others rules
      chains { steps { __typename ... on Flow { job { name } } } }
    }
  }`

const footprint = `
  query Footprint($after: String) {
    footprint(atLeast: PHI_LIMITED, first: 200, after: $after) {
      edges { node { status zone dataset { namespace name } } }
      pageInfo { hasNextPage endCursor }
    }
  }`

const whatIsPhi: Chapter = {
  title: 'What is PHI, and why?',
  async tell({ ask }) {
    const found: Fields[] = []
    let after: string | null = null
    do {
      const page: Fields = fieldsIn(await ask(footprint, { after }), 'footprint')
      found.push(...listIn(page, 'edges').map((edge) => fieldsIn(edge, 'node')))
      const { hasNextPage, endCursor } = fieldsIn(page, 'pageInfo')
      after = hasNextPage === true ? String(endCursor) : null
    } while (after !== null)
    const statuses = [...Map.groupBy(found, (one) => textIn(one, 'status'))]
    const of = columns.patientSsnInMart
    const why = fieldsIn(await ask(explanation, { of, label: 'ID.SSN' }), 'explainLabel')
    const ways = listIn(why, 'chains').map((chain) =>
      listIn(chain, 'steps').filter(({ __typename: kind }) => kind === 'Flow'),
    )
    const [flows = []] = ways.toSorted((one, other) => other.length - one.length)
    return [
      `Nobody typed in a label. By names, types and what flowed where, ${counted(found.length, 'dataset')} ` +
        `are enforced as PHI or worse: ${listed(statuses.map(([status, all]) => `${all.length} ${status}`))}.`,
      `${of.column} of ${short(of)} carries ID.SSN, ${counted(flows.length, 'flow')} away from where a ` +
        `detector read it in the name of a column, by ${listed(flows.map(jobName))}.`,
    ]
  },
}

const define = `
  mutation Define($name: String!, $zone: Zone!, $selectors: [SelectorInput!]!) {
    defineBoundary(name: $name, zone: $zone, selectors: $selectors) { name zone }
  }`

const findings = `
  query Findings($kinds: [FindingKind!]) {
    findings(kinds: $kinds, statuses: [OPEN], first: 100) {
      edges { node {
        id kind severity title occurrences
        flow { job { namespace name } inputs { namespace name } outputs { namespace name } }
      } }
    }
  }`

async function openFindings({ ask }: Teller, kind: string): Promise<readonly Fields[]> {
  const page = fieldsIn(await ask(findings, { kinds: [kind] }), 'findings')
  return listIn(page, 'edges').map((edge) => fieldsIn(edge, 'node'))
}

const whereItLeft: Chapter = {
  title: 'Where did it leave its boundary?',
  async tell(teller) {
    for (const boundary of boundaries) await teller.ask(define, boundary)
    const crossings = await openFindings(teller, 'CROSSING')
    return [
      `The hospital's own systems are protected, its research bucket is not, and two partners are ` +
        `outside: ${boundaries.length} boundaries, and ` +
        `${counted(crossings.length, 'crossing')} found at once in what had long happened:`,
      ...crossings.map((crossing) => {
        const flow = fieldsIn(crossing, 'flow')
        const outputs = listIn(flow, 'outputs').map((one) => short(named(one)))
        const times = Number(crossing['occurrences'])
        return `${textIn(crossing, 'severity')}: ${jobName(flow)} into ${listed(outputs)}, ${times === 1 ? 'once' : `${times} times`}.`
      }),
    ]
  },
}

const certify = `
  mutation Certify($job: JobRef!, $outputs: [DatasetRef!]!, $expires: DateTime!) {
    certify(
      job: $job, outputs: $outputs, method: EXPERT_DETERMINATION, signer: "Dr. R. Okafor"
      validFrom: "2026-01-01T00:00:00Z", expires: $expires
      statement: "The risk that a person is identified is very small"
    ) { id state }
  }`
const approve = `
  mutation Approve($id: ID!) {
    approveCertificate(id: $id, reason: "Method and results were reviewed") { state }
  }`
const statusOf = `
  query Status($namespace: String!, $name: String!) {
    dataset(namespace: $namespace, name: $name) { status }
  }`

/** The certificate of which the expiry is part of the story. */
const heldMs = 1500

const whatEndsIt: Chapter = {
  title: 'What ends it?',
  async tell(teller) {
    const { ask, secondPerson } = teller
    const years = new Date(Date.now() + 2 * 365 * 86_400_000).toISOString()
    const soon = new Date(Date.now() + heldMs).toISOString()
    const states: string[] = []
    for (const [certificate, expires] of [
      [certified.encounters, years],
      [certified.patients, soon],
    ] as const) {
      const asked = fieldsIn(await ask(certify, { ...certificate, expires }), 'certify')
      const approved = await secondPerson(approve, { id: textIn(asked, 'id') })
      states.push(textIn(fieldsIn(approved, 'approveCertificate'), 'state'))
    }
    const status = fieldsIn(await ask(statusOf, datasets.deidentifiedPatients), 'dataset')
    const crossings = await openFindings(teller, 'CROSSING')
    const expired = await untilExpired(teller)
    return [
      `The research extract is certified by an expert, asked for by one person and approved by ` +
        `another: two certificates, ${listed(states)}. ${short(datasets.deidentifiedPatients)} is ` +
        `${textIn(status, 'status')} now, and ${counted(crossings.length, 'crossing')} are left.`,
      ...expired.map((finding) => `${textIn(finding, 'severity')}: ${textIn(finding, 'title')}.`),
    ]
  },
}

/** What was made under it stays as it is; somebody has to look at it all the same. */
async function untilExpired(teller: Teller): Promise<readonly Fields[]> {
  for (let tries = 0; tries < expiryTries; tries += 1) {
    const found = await openFindings(teller, 'CERTIFICATE')
    const expired = found.filter((one) => textIn(one, 'title').endsWith('has expired'))
    if (expired.length > 0) return expired
    await new Promise((resolve) => setTimeout(resolve, expiryStepMs))
  }
  return []
}

const expiryTries = 200
const expiryStepMs = 100

const whoLeaked: Chapter = {
  title: 'Who sent what should never have been sent?',
  async tell(teller) {
    const leaks = await openFindings(teller, 'EXPOSURE')
    return [
      'Secrets and identifiers were taken out before anything was kept; each is a finding against who sent it:',
      ...leaks.map(
        (leak) =>
          `${textIn(leak, 'severity')}: ${textIn(leak, 'title')} (${counted(Number(leak['occurrences']), 'event')}).`,
      ),
    ]
  },
}

/** What is PHI, where it went, what ends it. */
export const governanceChapters: readonly Chapter[] = [
  whatIsPhi,
  whereItLeft,
  whatEndsIt,
  whoLeaked,
]
