import {
  copyFileSync,
  mkdirSync,
  openSync,
  readSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { event } from '../service.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { lineward } from './command-line.ts'

/** raw -> clean -> report, and raw -> extract; the first with a column map. */
async function filled(): Promise<string> {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const set = (name: string, facets?: unknown) => ({ namespace: 'n', name, facets })
  const step = (job: string, from: string, to: string, facets?: unknown) =>
    event({
      job: { namespace: 'jobs', name: job },
      inputs: [set(from)],
      outputs: [set(to, facets)],
    })
  const about = { _producer: 'https://p.example', _schemaURL: 'https://s.example' }
  const inputFields = [
    {
      namespace: 'n',
      name: 'raw',
      field: 'ssn',
      transformations: [{ type: 'DIRECT', subtype: 'TRANSFORMATION', masking: true }],
    },
  ]
  const columnLineage = { ...about, fields: { ref: { inputFields } } }
  const events = [
    step('cleaning', 'raw', 'clean', { columnLineage }),
    step('reporting', 'clean', 'report'),
    step('extracting', 'raw', 'extract'),
    step('hostile\u001B[2J', 'report', 'evil\u202E\nname'),
  ]
  writeFileSync(join(folder, 'events.json'), JSON.stringify(events))
  expect((await lineward(['ingest', join(folder, 'events.json'), '--data', data])).code).toBe(0)
  return data
}

describe('lineage', () => {
  it('is shown as a tree each way, with who moved the data', async () => {
    const data = await filled()
    const { code, out, err } = await lineward(['lineage', 'n', 'clean', '--data', data])
    expect(out.split('\n')).toEqual([
      'n clean',
      'upstream',
      '└─ n raw  [jobs/cleaning]',
      'downstream',
      '└─ n report  [jobs/reporting]',
      '   └─ n evil\\u{202e}\\u{a}name  [jobs/hostile\\u{1b}[2J]',
      '',
    ])
    // Nobody knows whether an OpenLineage producer tells everything.
    expect(code).toBe(3)
    expect(err).toContain('Incomplete: nobody knows what these sources could see')
  })

  it('of a column follows its map', async () => {
    const words = ['lineage', 'n', 'clean', '--column', 'ref', '--direction', 'up']
    const { out } = await lineward([...words, '--data', await filled()])
    expect(out.split('\n')).toEqual([
      'n clean : ref',
      'upstream',
      '└─ n raw : ssn  [jobs/cleaning] TRANSFORMATION MASKED',
      '',
    ])
  })

  it('as JSON is the answer of GraphQL, for a time and a depth', async () => {
    const data = await filled()
    const words = ['lineage', 'n', 'raw', '--json', '--direction', 'down', '--data', data]
    const near = await lineward([...words, '--depth', '1'])
    const { datasets } = JSON.parse(near.out) as { datasets: readonly { downstream: number }[] }
    expect(datasets.map(({ downstream }) => downstream).toSorted()).toEqual([0, 1, 1])
    const early = await lineward([...words, '--as-of', '2020-01-01T00:00:00Z'])
    expect(JSON.parse(early.out)).toMatchObject({ flows: [] })
  })

  it('of what is not there ends with a code', async () => {
    const { code, out, err } = await lineward(['lineage', 'n', 'nowhere', '--data', await filled()])
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('NOT_FOUND')
  })
})

describe('verify', () => {
  it('names the first entry that does not hold', async () => {
    const data = await filled()
    const file = join(data, 'ledger.db')
    expect((await lineward(['verify', '--data', data])).code).toBe(0)
    copyFileSync(file, `${file}.good`)
    const handle = openSync(file, 'r+')
    const bytes = Buffer.alloc(statSync(file).size)
    readSync(handle, bytes, 0, bytes.length, 0)
    // Where zstandard's frames begin: the headers, then the payloads, of one block.
    const frame = bytes.lastIndexOf(Buffer.from([0x28, 0xb5, 0x2f, 0xfd]))
    expect(frame).toBeGreaterThan(0)
    writeSync(handle, Buffer.from([(bytes[frame + 20] ?? 0) ^ 1]), 0, 1, frame + 20)
    const { code, out } = await lineward(['verify', '--data', data])
    expect(code).toBe(1)
    expect(out).toMatch(/^Broken at [0-9a-f]+:\d+: /)
    const { out: json } = await lineward(['verify', '--data', data, '--json'])
    expect(JSON.parse(json)).toMatchObject({ broken: { position: expect.any(String) } })
  })
})

describe('rebuild', () => {
  it('gives the same graph again', async () => {
    const data = await filled()
    const { code, out } = await lineward(['rebuild', '--data', data])
    expect(code).toBe(0)
    const [, before, after] = /^before {2}(\S+)\nafter {3}(\S+)\n/.exec(out) ?? []
    expect(before).toMatch(/^\S{20,}$/)
    expect(after).toBe(before)
    expect(out).toContain('The graph is the same, from 4 entries')
    const lineage = await lineward(['lineage', 'n', 'clean', '--data', data])
    expect(lineage.out).toContain('n raw')
  })

  it('makes one where there was none that can be read', async () => {
    const data = await filled()
    const { out } = await lineward(['rebuild', '--data', data, '--json'])
    const { after } = JSON.parse(out) as { after: string }
    writeFileSync(join(data, 'graph.db'), 'this is no database, but it is long enough to be read')
    const again = await lineward(['rebuild', '--data', data, '--json'])
    expect(again.err).toContain('put aside')
    expect(JSON.parse(again.out)).toMatchObject({ after })
  })

  it('says so when what cannot be read cannot be put aside either', async () => {
    const data = await filled()
    writeFileSync(join(data, 'graph.db'), 'this is no database, but it is long enough to be read')
    mkdirSync(join(data, 'graph.db.unreadable', 'full'), { recursive: true })
    const refused = await lineward(['rebuild', '--data', data])
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toBe('lineward: The graph cannot be put aside (STORE_UNAVAILABLE)\n')
  })
})
