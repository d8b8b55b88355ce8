import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { event } from '../service.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { lineward } from './command-line.ts'

const starter = join(import.meta.dirname, '../../examples/boundaries.yaml')

type Folder = Readonly<{
  data: string
  /** Writes a file, and gives its path. */
  file: (text: string) => string
  apply: (file: string, ...more: readonly string[]) => ReturnType<typeof lineward>
}>

function folder(): Folder {
  const root = temporaryFolder()
  const data = join(root, 'data')
  let files = 0
  return {
    data,
    file(text) {
      files += 1
      const path = join(root, `boundaries-${files}.yaml`)
      writeFileSync(path, text)
      return path
    },
    apply: (file, ...more) => lineward(['apply', file, '--data', data, ...more]),
  }
}

const two = `
boundaries:
  - name: hospital
    zone: PROTECTED
    selectors:
      - namespace: postgres://ehr*
      - { namespace: s3://lake, name: safe/** }
  - name: lab
    zone: EXTERNAL
    selectors:
      - namespace: s3://lab
policies:
  - name: office
    zone: GENERAL
    statuses: [UNKNOWN, NOT_PERSONAL]
    mayCross:
      - job: deid
`

describe('apply', () => {
  it('makes a file stand, and then has nothing to do', async () => {
    const { data, file, apply } = folder()
    const path = file(two)
    const first = await apply(path)
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out.split('\n')).toEqual([
      'create boundary hospital (PROTECTED)',
      '  + namespace postgres://ehr*',
      '  + namespace s3://lake, name safe/**',
      'create boundary lab (EXTERNAL)',
      '  + namespace s3://lab',
      'create policy office (GENERAL)',
      '  + status UNKNOWN',
      '  + status NOT_PERSONAL',
      '  + may cross: job deid',
      '3 created, 0 updated, 0 removed, 0 unchanged',
      '',
    ])
    const again = await lineward(['apply', '-', '--data', data], { input: two })
    expect(again).toEqual({
      code: 0,
      err: '',
      out: 'unchanged boundary hospital\nunchanged boundary lab\nunchanged policy office\n0 created, 0 updated, 0 removed, 3 unchanged\n',
    })
    expect((await apply(path, '--plan', '--check')).code).toBe(0)
  })

  it('updates, keeps what the file does not have, and removes it with --prune', async () => {
    const { file, apply } = folder()
    await apply(file(two))
    const less = file(
      'boundaries:\n  - name: hospital\n    zone: GENERAL\n    selectors: [{ namespace: s3://lab }, { namespace: "postgres://ehr*" }]',
    )
    const tied = await apply(less)
    expect(tied).toMatchObject({ code: 1, out: '' })
    expect(tied.err).toContain('(--prune removes it) (SELECTOR_TIED)')

    const pruned = await apply(less, '--prune', '--json')
    expect(JSON.parse(pruned.out)).toMatchObject({
      applied: true,
      changes: [
        { does: 'remove', kind: 'boundary', name: 'lab', before: { version: 1 } },
        { does: 'update', kind: 'boundary', name: 'hospital', after: { zone: 'GENERAL' } },
      ],
      unchanged: [],
      kept: [],
      left: [],
    })
    // What was removed comes back as something new.
    expect((await apply(file(two))).code).toBe(0)
  })

  it('shows what would change and which findings that opens, and changes nothing', async () => {
    const { data, file, apply } = folder()
    const facets = {
      schema: {
        _producer: 'https://p.example',
        _schemaURL: 'https://openlineage.io/spec/facets/1-1-1/SchemaDatasetFacet.json',
        fields: ['ssn', 'birth_date', 'diagnosis', 'patient_id'].map((name) => ({ name })),
      },
    }
    const moved = event({
      job: { namespace: 'etl', name: 'export' },
      inputs: [{ namespace: 'postgres://ehr:5432', name: 'ehr.public.patients', facets }],
      outputs: [{ namespace: 's3://lab', name: 'patients' }],
    })
    const events = file(JSON.stringify(moved))
    expect((await lineward(['ingest', events, '--data', data])).code).toBe(0)

    const planned = await apply(file(two), '--plan', '--check')
    expect(planned.code).toBe(3)
    const { out } = planned
    expect(out).toMatch(/^ {2}opens CROSSING (?:CRITICAL|HIGH): /m)
    expect(out).toContain('closes SETUP MEDIUM: No boundary is defined')
    expect(out).toContain(
      'opens SETUP INFO: Selectors of the boundary hospital match nothing now: (namespace s3://lake, name safe/**)',
    )
    expect(out).not.toContain('Selectors of the boundary lab')
    expect(out).toContain('(what it opens and closes is not previewed)')
    expect(out).toContain('3 to create, 0 to update, 0 to remove, 0 unchanged')

    const json = await apply(file(two), '--plan', '--json')
    expect(json.code).toBe(0)
    const { changes, applied } = JSON.parse(json.out) as {
      applied: boolean
      changes: readonly { name: string; preview: { opens: readonly { kind: string }[] } | null }[]
    }
    expect(applied).toBe(false)
    expect(changes.map(({ name, preview }) => [name, preview !== null])).toEqual([
      ['hospital', true],
      ['lab', true],
      ['office', false],
    ])
  })

  it('says how far it came when one change is refused, and goes on from there', async () => {
    const { file, apply } = folder()
    const withName = (name: string): string =>
      file(`boundaries:
  - { name: a, zone: GENERAL, selectors: [{ job: x }] }
  - { name: b, zone: GENERAL, selectors: [{ name: "${name}" }] }`)
    const ended = await apply(withName('patients/219-09-9998'))
    expect(ended.code).toBe(3)
    expect(ended.out).toContain('1 created, 0 updated, 0 removed, 0 unchanged')
    expect(ended.err).toContain('1 of 2 changes were made; the boundary b was refused: ')
    expect(ended.err).not.toContain('219-09-9998')
    const again = await apply(withName('patients/2026'))
    expect(again).toMatchObject({ code: 0, err: '' })
    expect(again.out).toContain('1 created, 0 updated, 0 removed, 1 unchanged')
  })

  it('takes the starter file, also when it is applied twice', async () => {
    const { apply } = folder()
    expect(await apply(starter)).toMatchObject({ code: 0, err: '' })
    const again = await apply(starter, '--plan', '--check', '--prune')
    expect(again).toMatchObject({ code: 0 })
    expect(again.out).toContain('0 to create, 0 to update, 0 to remove, 11 unchanged')
  })
})

describe('apply refuses, and changes nothing,', () => {
  it('a file with problems, each told with its line', async () => {
    const { file, apply } = folder()
    const path = file('boundaries:\n  - name: b\n    zone: SECRET\n    selectors: [{}]\n')
    expect(await apply(path)).toEqual({
      code: 2,
      out: '',
      err: `${path}:3: There is no zone \`SECRET\`; there are PROTECTED, GENERAL, EXTERNAL
${path}:4: The selector asks for nothing, and would match everything; give at least one of name, job, principal, namespace, tag, vpc, account, region
lineward: ${path} has 2 problems; nothing was changed (ARGUMENT_INVALID)
\`lineward --help\` and \`lineward COMMAND --help\` say how.
`,
    })
  })

  it.each([
    ['no file', [], 2, 'apply takes one file'],
    ['two files', ['a', 'b'], 2, 'apply takes one file'],
    ['a file that is not there', ['/nowhere/b.yaml'], 1, 'There is no file /nowhere/b.yaml'],
    ['a folder', ['/tmp'], 1, 'There is no file /tmp to read'],
    ['--check alone', [starter, '--check'], 2, '--check goes with --plan'],
  ])('%s', async (_what, words, code, said) => {
    const { data } = folder()
    const ended = await lineward(['apply', ...words, '--data', data])
    expect(ended).toMatchObject({ code, out: '' })
    expect(ended.err).toContain(said)
  })

  it('what is no text, or too much of it', async () => {
    const { data } = folder()
    const words = ['apply', '-', '--data', data]
    const binary = await lineward(words, { input: new Uint8Array([0xff, 0xfe, 0xfd]) })
    expect(binary).toMatchObject({ code: 1, err: 'lineward: - is not UTF-8 (BODY_UNREADABLE)\n' })
    const large = await lineward(words, { input: '#'.repeat(1024 * 1024 + 1) })
    expect(large.err).toContain('at most 1,048,576 bytes')
  })
})
