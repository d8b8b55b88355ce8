import type { Entry } from '../../model/index.ts'
import type { Chapter, Fields, Teller } from './chapter.ts'
import { hospital } from '../../demo/index.ts'
import { fieldsIn, listIn, textIn } from '../lineage-answer.ts'
import { printable } from '../terminal.ts'
import { counted, listed, moment, short } from './chapter.ts'

const { datasets, jobs, planted } = hospital
const pageSize = 500

const runsOfJob = `
  query Runs($namespace: String!, $name: String!) {
    job(namespace: $namespace, name: $name) {
      runs(first: 200) {
        edges { node { runId state startedAt facets outputs { name } } }
      }
    }
  }`

const oneEdge = `
  query Edge($of: [DatasetRef!]!) {
    lineage(of: $of, direction: UPSTREAM, depth: 1) {
      flows {
        job { name }
        inputs { namespace name }
        outputs { namespace name }
        evidence(first: 1) {
          edges { node { position source sender trust receivedAt hash event } }
        }
      }
    }
  }`

const lacking = `
  query Completeness($of: [DatasetRef!]!) {
    lineage(of: $of, direction: BOTH, depth: 20) {
      completeness {
        complete truncatedBy hidden coarse unresolved behind unknownCoverage
        blindSpots { source }
      }
    }
  }`

const failedRun: Chapter = {
  title: 'Did the nightly curation always work?',
  async tell({ ask }) {
    const curated = await runsOf(ask, jobs.curation)
    const imported = await runsOf(ask, jobs.importPatients)
    return [
      ...failuresOf(curated),
      ...(imported.length === 0
        ? []
        : ['And the import of patients by Sqoop?', ...failuresOf(imported)]),
    ]
  },
}

async function runsOf(
  ask: Teller['ask'],
  { namespace, name }: Readonly<{ namespace: string; name: string }>,
): Promise<readonly Fields[]> {
  const job = fieldsIn(await ask(runsOfJob, { namespace, name }), 'job')
  return listIn(fieldsIn(job, 'runs'), 'edges').map((edge) => fieldsIn(edge, 'node'))
}

function failuresOf(runs: readonly Fields[]): readonly string[] {
  const failed = runs.filter((run) => textIn(run, 'state') === 'FAILED')
  return [
    `Of ${counted(runs.length, 'run')}, ${failed.length} failed.`,
    ...failed.map((run) => {
      const message = textIn(fieldsIn(fieldsIn(run, 'facets'), 'errorMessage'), 'message')
      const words = message === '' ? '' : `: "${printable(message).slice(0, 120)}"`
      return `The run of ${moment(textIn(run, 'startedAt'))} failed${words}.`
    }),
  ]
}

/** Not a secret for sure, and never shown. */
const fileNames = 'object-key'

const leaked: Chapter = {
  title: 'What should never have been sent?',
  async tell({ ledger }) {
    const entries = await everyEntry(ledger)
    const finds = entries.map(({ exposures }) =>
      exposures.filter(({ detector }) => detector !== fileNames),
    )
    const withFinds = finds.filter((found) => found.length > 0)
    const detectors = Map.groupBy(finds.flat(), ({ detector }) => detector)
    const counts = [...detectors]
      .map(([detector, found]) => [detector, sum(found.map(({ count }) => count))] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
    const where = finds.flat().find(({ detector }) => !/ssn|email|phone|card/.test(detector))
    const renamed = entries.filter(({ exposures }) =>
      exposures.some(({ detector }) => detector === fileNames),
    )
    const kept = Object.values(planted).filter((value) =>
      entries.some(({ payload }) => payload.includes(value)),
    )
    return [
      `${counted(withFinds.length, 'event')} held secrets or identifiers; each was replaced before ` +
        `anything was written: ${listed(counts.map(([detector, count]) => `${count} × ${detector}`))}.`,
      ...(where === undefined
        ? []
        : [`One of them is a ${where.detector} at ${printable(where.path)}.`]),
      ...(renamed.length === 0
        ? []
        : [
            `In ${counted(renamed.length, 'event')} a file has a name of its own, which might be ` +
              `somebody's: it became a word that tells nothing.`,
          ]),
      `Of ${counted(Object.keys(planted).length, 'value')} that were planted in the events, ` +
        `${kept.length} can be found in the ledger.`,
    ]
  },
}

const evidence: Chapter = {
  title: 'What proves one edge?',
  async tell({ ask }) {
    const answer = await ask(oneEdge, { of: [datasets.readmissions] })
    const flow = listIn(fieldsIn(answer, 'lineage'), 'flows')[0] ?? {}
    const [edge] = listIn(fieldsIn(flow, 'evidence'), 'edges')
    const proof = fieldsIn(edge ?? {}, 'node')
    const event = fieldsIn(proof, 'event')
    const run = textIn(fieldsIn(event, 'run'), 'runId')
    const [input, output] = ['inputs', 'outputs'].map((side) => listIn(flow, side).map(nameOf)[0])
    return [
      `That ${input} flows into ${output}, by ${textIn(fieldsIn(flow, 'job'), 'name')}, is said by entry ` +
        `${textIn(proof, 'position')}:`,
      `a ${textIn(event, 'eventType')} of run ${run}, handed in by "${textIn(proof, 'sender')}" ` +
        `(${textIn(proof, 'trust')}).`,
      `Its hash on the chain is ${textIn(proof, 'hash')}.`,
    ]
  },
}

const completeness: Chapter = {
  title: 'What may these answers lack?',
  async tell({ ask }) {
    const answer = fieldsIn(
      await ask(lacking, { of: [datasets.dimPatient, datasets.patientAccount] }),
      'lineage',
    )
    const said = fieldsIn(answer, 'completeness')
    const unknown = Array.isArray(said['unknownCoverage']) ? said['unknownCoverage'] : []
    return [
      said['complete'] === true
        ? 'Nothing speaks against them.'
        : 'They do not claim to be complete:',
      `of ${counted(unknown.length, 'source')} nobody knows whether they could see everything; ` +
        `${String(said['coarse'])} pairs of datasets have no column map; ` +
        `${String(said['unresolved'])} dead letters or unread statements touch the answer; ` +
        `${said['behind'] === true ? 'something' : 'nothing'} accepted is missing from the graph.`,
    ]
  },
}

const verified: Chapter = {
  title: 'Does the ledger hold?',
  async tell({ ledger }) {
    const { entries, hash, broken } = await ledger.verify()
    if (broken !== undefined) return [`No: ${broken.position} is broken (${broken.reason}).`]
    return [
      `All ${counted(entries, 'entry').replace(/entrys$/, 'entries')} were read back; the head is ${hash}.`,
    ]
  },
}

async function everyEntry(ledger: Teller['ledger']): Promise<readonly Entry[]> {
  const all: Entry[] = []
  while (all.length < ledger.head().entries) all.push(...(await ledger.read(all.length, pageSize)))
  return all
}

function nameOf(dataset: Fields): string {
  return short({ namespace: textIn(dataset, 'namespace'), name: textIn(dataset, 'name') })
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** The story of what can be proved, and what cannot. */
export const proofChapters: readonly Chapter[] = [
  failedRun,
  leaked,
  evidence,
  completeness,
  verified,
]
