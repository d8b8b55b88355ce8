import { once } from 'node:events'
import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { runCommandLine } from '../../src/cli/run-command-line.ts'
import { hospital, hospitalRequests } from '../../src/demo/index.ts'
import { lineward } from './command-line.ts'

/** The story is told in seconds; a busy machine may take many times that. */
const busyMs = 300_000

const requests = hospitalRequests()
const lineage = hospitalRequests({ only: 'openlineage' }).flatMap(({ body }) =>
  [JSON.parse(body) as unknown].flat(),
)

it(
  'tells a story whose figures are those of the events',
  async () => {
    const { code, out, err } = await lineward(['demo', '--once'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const told = out.replaceAll(/\s+/g, ' ')
    const figure = (value: number): string => value.toLocaleString('en-US')
    const [, all = '', kept = '', copies = '', counted = ''] =
      /(\S+) events came in .* (\S+) are in the ledger, (\S+) were copies .* (\S+) say nothing of data/.exec(
        told,
      ) ?? []
    const number = (text: string): number => Number(text.replaceAll(',', ''))
    expect(number(all) - lineage.length).toBeGreaterThan(600)
    expect(number(copies)).toBeGreaterThan(60)
    expect(number(counted)).toBeGreaterThan(40)
    expect(number(kept)).toBe(number(all) - number(copies) - number(counted))
    for (const words of [
      `events came in ${figure(requests.length)} requests`,
      `${figure(lineage.length)} of OpenLineage, and ${number(all) - lineage.length} that AWS tells itself`,
      ' 0 were refused; 1 of those in the ledger no translator reads yet.',
      `It begins in ${hospital.datasets.ehrPatients.name} (ehr-db)`,
      'one of them outside: readmission/features (northfold-lab)',
      'made of MRN of ORCL.EHR.PATIENTS (ehr-db)',
      'dwh.mart.patient_risk became dwh.mart.patient_risk_old, by risk_scores.retire',
      'dwh.mart.patient_risk_new became dwh.mart.patient_risk, by risk_scores.promote',
      'vitals_to_lake writes devices/vitals and pump_export writes devices/pumps',
      'they go to stream/bedside-vitals (kinesis) by rule/bedside_vitals',
      'by deliverystream/bedside-to-lake',
      'Since 2026-02-10 08:20 the rule also sends respiratory_rate on: it was replaced.',
      'dwh.mart.bedside_hourly (larkmere-dwh) by sql/dwh/',
      'patient_ssn of dwh.mart.patient_account (larkmere-dwh) comes from SSN of ORCL.EHR.PATIENTS (ehr-db), 4 column edges away, in one answer.',
      'is from ssn of dwh.staging.patient_index (larkmere-dwh): INSERT in the log of the warehouse by sql/dwh/',
      'is from ssn of table/ehr_curated/patient_index (glue): COPY in the log of the warehouse by sql/dwh/',
      'is from SSN of table/ehr_landing/patients (glue): a COMPLETE of OpenLineage by patient_index.',
      'is from SSN of ORCL.EHR.PATIENTS (ehr-db): the call AddJobFlowSteps by larkmere-nightly/import patients',
      'It did not come to dwh.scratch.patient_export (larkmere-dwh): the transaction',
      '5 principals touched patient_index (larkmere-curated) since 2026-02-02 00:00, by 55 calls:',
      'role larkmere-redshift-copy, through redshift.amazonaws.com: 30 × READ, as entry',
      'role larkmere-emr-ec2: 15 × WRITE, as entry',
      'through AWSReservedSSO_Analyst_7f3a91c2: 6 × READ, as entry',
      'role larkmere-break-glass, for user night-desk: 3 × READ, as entry',
      ': 1 × READ that failed, as entry',
      'And the import of patients by Sqoop? Of 16 runs, 1 failed. The run of 2026-02-09',
      ' 1 failed. The run of 2026-02-05 01:32 failed: "',
      'are enforced as PHI or worse: ',
      'patient_ssn of dwh.mart.patient_account (larkmere-dwh) carries ID.SSN, 2 flows away from where a detector read it',
      'and 6 crossings found at once in what had long happened: CRITICAL: readmission_features into readmission/features (northfold-lab)',
      'CRITICAL: stroke_registry_upload into /larkmere/monthly (intake), once.',
      'deid_patients into table/research/deid_patients (glue), 3 times.',
      'two certificates, VALID and VALID. deid/patients (larkmere-research) is DEIDENTIFIED now, and 3 crossings are left.',
      'deid_patients has expired.',
      'HIGH: What looks like password stood in the events of land_ehr (1 event).',
      'Of 3 values that were planted in the events, 0 can be found in the ledger',
      'handed in by "demo producer" (SELF_REPORTED)',
      'They do not claim to be complete',
      'entries were read back; the head is',
    ]) {
      expect(told).toContain(words)
    }
    for (const value of Object.values(hospital.planted)) expect(out).not.toContain(value)
  },
  busyMs,
)

it(
  'goes on serving until it is told to end, with a link to sign in',
  async () => {
    const ending = new AbortController()
    let out = ''
    const said = new EventTarget()
    const stdout = {
      write: (chunk: string) => {
        out += chunk
        if (out.includes('Serving until')) said.dispatchEvent(new Event('serving'))
      },
    }
    const stderr = new Writable({ write: (_chunk, _encoding, done) => done() })
    const serving = once(said, 'serving')
    const ended = runCommandLine(['demo'], {
      env: {},
      streams: { stdin: process.stdin, stdout, stderr },
      signal: ending.signal,
    })
    await serving
    const link = /^Sign in once: (\S+)$/m.exec(out)?.[1] ?? ''
    const page = await fetch(link)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('/graphiql')
    ending.abort()
    expect(await ended).toBe(0)
    await expect(fetch(link)).rejects.toThrow('fetch failed')
  },
  busyMs,
)
