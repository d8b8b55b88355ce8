import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../storage/folder.ts'
import { running } from '../service.ts'
import { lineward } from './command-line.ts'

const limits = [
  '--accounts=111122223333,444455556666',
  '--formats=openlineage,cloudtrail',
  '--map=default=airflow-prod',
  '--map=file=hdfs://a?b=c',
  '--requests-per-minute=600',
]
const create = ['token', 'create', '--role', 'producer', '--name', 'spark']
const kept = {
  name: 'spark',
  role: 'producer',
  accounts: ['111122223333', '444455556666'],
  formats: ['openlineage', 'cloudtrail'],
  mapping: { default: 'airflow-prod', file: 'hdfs://a?b=c' },
  requestsPerMinute: 600,
}

describe('lineward token', () => {
  it('makes tokens with limits and lists them, with a server and without', async () => {
    const data = join(temporaryFolder(), 'data')
    const made = await lineward([...create, ...limits, '--data', data])
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^lw_\S{43}\n$/) })
    const { out } = await lineward(['token', 'list', '--json', '--data', data])
    expect(JSON.parse(out)).toMatchObject({ tokens: [kept] })

    await using server = await running()
    const beside = await lineward([...create, ...limits, '--data', server.data])
    expect(beside.code).toBe(0)
    const all = await lineward(['token', 'list', '--json', '--data', server.data])
    expect(JSON.parse(all.out)).toMatchObject({
      tokens: expect.arrayContaining([expect.objectContaining(kept)]),
    })
    const table = await lineward(['token', 'list', '--data', server.data])
    expect(table.out).toMatch(/^NAME .* ACCOUNTS +MAP +PER MINUTE /)
    expect(table.out).toContain('default=airflow-prod,file=hdfs://a?b=c')
  })

  it.each([
    [['--map', 'default'], /--map is WORD=NAMESPACE/],
    [['--map', 'default=a', '--map', 'default=b'], /each word once/],
    [['--map', '=a'], /visible characters/],
    [['--accounts', '12'], /12 digits/],
    [['--formats', 'glue'], /the formats are openlineage, cloudtrail/],
    [['--requests-per-minute', 'many'], /whole number/],
  ])('refuses %j as wrong use, and says what is right', async (words, message) => {
    const data = join(temporaryFolder(), 'data')
    const refused = await lineward([...create, ...words, '--data', data])
    expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(message) })
    const { out } = await lineward(['token', 'list', '--json', '--data', data])
    expect(out).not.toContain('spark')
  })

  it('tells in its help what a token may be limited to', async () => {
    const { out } = await lineward(['token', '--help'])
    for (const flag of ['--accounts', '--map', '--formats', '--requests-per-minute']) {
      expect(out).toContain(flag)
    }
    expect(out).toContain('redshift-user-activity-log')
  })
})
