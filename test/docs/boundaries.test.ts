import type { Boundary } from '../../src/governance/index.ts'
import type { Spelled } from '../governance/boundary/boundaries.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { readBoundaryFile } from '../../src/cli/apply/boundary-file.ts'
import { isAllowed, mayCross } from '../../src/governance/boundary/policy.ts'
import { datasetStatuses, zones } from '../../src/model/index.ts'
import { dataset, job, place, principal } from '../governance/boundary/boundaries.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/boundaries.md'), 'utf8')
const starter = readFileSync(join(root, 'examples/boundaries.yaml'), 'utf8')

/** Examples of YAML, and the tables of placements that follow each; the last are the starter's. */
const blocks = [...page.matchAll(/```yaml\n(.*?)```(.*?)(?=```yaml|$)/gs)].map(
  ([, yaml = '', below = '']) => ({ yaml, below }),
)
const [ofLast = '', ofStarter = ''] = (blocks.at(-1)?.below ?? '').split(
  '## Where the starter file puts things',
)
const examples = [
  ...blocks.slice(0, -1),
  { yaml: blocks.at(-1)?.yaml ?? '', below: ofLast },
  { yaml: starter, below: ofStarter },
]

type Row = Readonly<{ kind: string; names: readonly Spelled[]; is: string | undefined }>

function rowsIn(text: string): readonly Row[] {
  const rows = text.matchAll(/^\| (dataset|job|principal) +\|([^|]+)\|([^|]+)\|([^|]+)\|$/gm)
  return [...rows].map(([, kind = '', where = '', zone = '', boundary = '']) => {
    const words = [...where.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
    const pairs = kind === 'principal' ? words.map((id) => [id, ''] as const) : pairsOf(words)
    const [inZone, by] = [zone, boundary].map((cell) => cell.replaceAll('`', '').trim())
    return { kind, names: pairs, is: inZone === '' ? undefined : `${inZone} ${by || '-'}` }
  })
}

function pairsOf(words: readonly string[]): readonly Spelled[] {
  return words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? ''] as const] : []))
}

function placeOfRow({ kind, names }: Row, boundaries: readonly Boundary[]): string | undefined {
  const [[namespace, name] = ['', '']] = names
  if (kind === 'dataset') return place(dataset(names), boundaries)
  return place(kind === 'job' ? job(namespace, name) : principal(namespace), boundaries)
}

describe('the examples of docs/boundaries.md', () => {
  it('are all seen', () => {
    expect(examples.map(({ below }) => rowsIn(below).length)).toEqual([11, 5, 3, 0, 11])
  })

  test.each(examples)('place as their table says: %#', ({ yaml, below }) => {
    const { wanted, problems } = readBoundaryFile(yaml)
    expect(problems).toEqual([])
    const boundaries = (wanted.boundaries ?? []).map((one) => ({ ...one, version: 1 }))
    const rows = rowsIn(below)
    expect(rows.map((row) => ({ ...row, is: placeOfRow(row, boundaries) }))).toEqual(rows)
  })

  it('tell the default policy', () => {
    for (const zone of zones) {
      const [, , said = ''] =
        new RegExp(`^\\| \`${zone}\` +\\|([^|]+)\\|([^|]+)\\|$`, 'm').exec(page) ?? []
      const statuses = [...said.matchAll(/`([A-Z_]+)`/g)].map(([, status]) => status)
      const allowed = datasetStatuses.filter((status) => isAllowed({ status, zone, policies: [] }))
      expect(statuses).toEqual(zone === 'PROTECTED' ? [] : allowed)
      if (zone === 'PROTECTED') expect(allowed).toEqual(datasetStatuses)
    }
  })

  it('let cross whom they say', () => {
    const [out] = readBoundaryFile(blocks.at(-1)?.yaml ?? '').wanted.policies ?? []
    if (out === undefined) throw new Error('There is no policy')
    const policy = { ...out, version: 1 }
    const registry = { namespace: 'airflow', name: 'registry_upload' }
    const role = 'arn:aws:iam::111122223333:role/release/nightly'
    expect(mayCross({ job: registry, principal: undefined }, policy)).toBe(true)
    expect(mayCross({ job: { ...registry, name: 'other' }, principal: role }, policy)).toBe(true)
    expect(mayCross({ job: { ...registry, name: 'other' }, principal: undefined }, policy)).toBe(
      false,
    )
  })
})

test('the policies of the starter file are the default ones, written down', () => {
  const { policies = [] } = readBoundaryFile(starter).wanted
  expect(policies.map(({ zone }) => zone)).toEqual([...zones])
  for (const { zone, statuses } of policies) {
    const allowed = datasetStatuses.filter((status) => isAllowed({ status, zone, policies: [] }))
    expect(statuses).toEqual(allowed)
  }
})

test('the starter file places by the tag of a VPC', () => {
  const boundaries = (readBoundaryFile(starter).wanted.boundaries ?? []).map((one) => ({
    ...one,
    version: 1,
  }))
  const inVpc = (vpc: string): string | undefined =>
    place(dataset([['postgres://db:5432', 'a.b.c']], [`vpc:${vpc}`]), boundaries)
  expect(inVpc('vpc-0a1b2c3d4e5f60001')).toBe('PROTECTED protected-vpcs')
  expect(inVpc('vpc-0f9e8d7c6b5a40001')).toBe('GENERAL general-vpcs')
  expect(inVpc('vpc-1')).toBe('GENERAL -')
})
