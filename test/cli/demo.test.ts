import { once } from 'node:events'
import { Writable } from 'node:stream'
import { expect, it } from 'vitest'
import { runCommandLine } from '../../src/cli/run-command-line.ts'
import { hospital, hospitalEvents } from '../../src/demo/index.ts'
import { lineward } from './command-line.ts'

const events = hospitalEvents()
const posted = events.flatMap(({ body }) => [JSON.parse(body) as unknown].flat())
const distinct = new Set(posted.map((event) => JSON.stringify(event)))

it('tells a story whose figures are those of the events', async () => {
  const { code, out, err } = await lineward(['demo', '--once'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const told = out.replaceAll(/\s+/g, ' ')
  const figure = (value: number): string => value.toLocaleString('en-US')
  for (const words of [
    `${figure(posted.length)} OpenLineage events came in ${figure(events.length)} requests`,
    `${figure(distinct.size)} are in the ledger, ${posted.length - distinct.size} were copies`,
    ' 0 were refused.',
    `It begins in ${hospital.datasets.ehrPatients.name} (ehr-db)`,
    'one of them outside: readmission/features (northfold-lab)',
    'made of MRN of ORCL.EHR.PATIENT (ehr-db)',
    'dwh.mart.patient_risk became dwh.mart.patient_risk_old, by risk_scores.retire',
    'dwh.mart.patient_risk_new became dwh.mart.patient_risk, by risk_scores.promote',
    'vitals_to_lake writes devices/vitals and pump_export writes devices/pumps',
    ' 1 failed. The run of 2026-02-05 01:32 failed: "',
    'Of 3 values that were planted in the events, 0 can be found in the ledger',
    'handed in by "demo producer" (SELF_REPORTED)',
    'They do not claim to be complete',
    `All ${figure(distinct.size)} entries were read back`,
  ]) {
    expect(told).toContain(words)
  }
  for (const value of Object.values(hospital.planted)) expect(out).not.toContain(value)
})

it('goes on serving until it is told to end, with a link to sign in', async () => {
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
})
