import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { columns, having, moved } from '../api/graphql/event.ts'
import { lineward } from './command-line.ts'

/** Patients whose table goes to a lake, and a table of places that says nothing of anybody. */
async function filled(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lineward-'))
  const data = join(folder, 'data')
  const file = join(folder, 'events.json')
  const patients = having(['postgres://ehr:5432', 'ehr.public.patients'], {
    schema: columns('patient_id', 'ssn', 'birth_date', 'diagnosis_code'),
  })
  const events = [
    moved(['etl', 'copy\u001B[2J'], {
      inputs: [patients],
      outputs: [['s3://lake', 'raw/patients']],
    }),
    moved(['etl', 'places'], {
      outputs: [having(['s3://lake', 'zip_centroid'], { schema: columns('zip', 'lat', 'lon') })],
    }),
  ]
  writeFileSync(file, JSON.stringify(events))
  expect((await lineward(['ingest', file, '--data', data])).code).toBe(0)
  return data
}

describe('what governance says', () => {
  let data: string
  beforeAll(async () => {
    data = await filled()
  })
  afterAll(() => rmSync(join(data, '..'), { recursive: true }))
  const run = (...words: readonly string[]) => lineward([...words, '--data', data])

  it('is where PHI lies, the worst first', async () => {
    const { code, out } = await run('footprint')
    expect(code).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^STATUS +ZONE +NAMESPACE +NAME +BECAUSE$/)
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^PHI +GENERAL +postgres:\/\/ehr:5432 +ehr\.public\.patients +\S/),
      expect.stringMatching(/^PHI +GENERAL +s3:\/\/lake +raw\/patients +\S/),
    ])
    const { out: json } = await run(
      'footprint',
      '--at-least',
      'not-personal',
      '--json',
      '--first',
      '1',
    )
    expect(JSON.parse(json)).toEqual({
      footprint: [expect.objectContaining({ status: 'PHI', enforced: 'PHI', zone: 'GENERAL' })],
      more: true,
      behind: false,
    })
    expect((await run('footprint', '--first', '1')).err).toContain('There are more')
  })

  it('is nothing of where there is none', async () => {
    const { code, out } = await run('footprint', '--zone', 'external')
    expect([code, out]).toEqual([0, 'No dataset is PHI_LIMITED or worse there.\n'])
  })

  it.each([
    [['footprint', '--at-least', 'BAD']],
    [['footprint', '--zone', 'here']],
    [['findings', '--status', 'closed']],
    [['findings', '--first', 'none']],
    [['explain', 'n']],
  ])('is not asked by %j', async (words) => {
    const { code, err } = await run(...words)
    expect([code, err]).toEqual([2, expect.stringMatching(/one of|whole number|Name one dataset/)])
  })

  it('is why a dataset has its status, and which labels are on it', async () => {
    const { code, out } = await run('explain', 's3://lake', 'raw/patients')
    // Of no source is it known whether it sees everything.
    expect(code).toBe(3)
    expect(out).toMatch(/^status {2}PHI$/m)
    expect(out).toMatch(/^ID\.SSN +\(the dataset\) +PROPAGATED +\d\.\d\d +without a column map$/m)
    expect(out).toContain('ehr.public.patients → s3://lake raw/patients  [etl/copy\\u{1b}[2J]')
  })

  it('is by which ways a label got to a dataset', async () => {
    const { out } = await run('explain', 's3://lake', 'raw/patients', '--label', 'ID.SSN')
    expect(out).toMatch(/^by P-\d\d/m)
    expect(out).toContain('ehr.public.patients → s3://lake raw/patients')
    const { out: json } = await run(
      'explain',
      'postgres://ehr:5432',
      'ehr.public.patients',
      '--column',
      'ssn',
      '--label',
      'ID',
      '--json',
    )
    expect(JSON.parse(json)).toMatchObject({
      label: { label: 'ID.SSN', column: 'ssn', origin: 'DETECTED' },
    })
    const none = await run('explain', 's3://lake', 'zip_centroid', '--label', 'ID.SSN')
    expect([none.code, none.out]).toEqual([0, 'It does not carry ID.SSN.\n'])
  })

  it('is refused for a label or a dataset that there is not', async () => {
    const label = await run('explain', 's3://lake', 'raw/patients', '--label', 'SSN')
    expect([label.code, label.err]).toEqual([1, expect.stringContaining('ID.SSN')])
    const dataset = await run('explain', 's3://lake', 'raw/patient')
    expect([dataset.code, dataset.err]).toEqual([1, expect.stringContaining('raw/patients')])
  })

  it('is what a person must look at', async () => {
    const { code, out } = await run('findings', '--kind', 'setup')
    expect(code).toBe(0)
    const [heading, first] = out.split('\n')
    expect(heading).toMatch(/^SEVERITY +KIND +STATUS +LAST SEEN +TIMES +WHAT +ID$/)
    expect(first).toMatch(/^[A-Z]+ +SETUP +OPEN +\d{4}-/)
    const { out: json } = await run('findings', '--json')
    expect(JSON.parse(json)).toMatchObject({
      findings: expect.arrayContaining([expect.objectContaining({ kind: 'SETUP' })]),
      behind: false,
    })
    const none = await run('findings', '--kind', 'CROSSING', '--status', 'accepted,resolved')
    expect([none.code, none.out]).toEqual([0, 'No finding of that kind is ACCEPTED or RESOLVED.\n'])
  })

  it('is described', async () => {
    for (const command of ['footprint', 'explain', 'findings']) {
      const { code, out } = await lineward([command, '--help'])
      expect([code, out]).toEqual([0, expect.stringContaining(`lineward ${command}`)])
    }
  })
})
