import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contextOfFile } from '../../src/cli/file-context.ts'
import { activityLine } from '../ingest/aws-events.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { lineward } from './command-line.ts'

describe('the name of a file', () => {
  it.each([
    ['/a/b/events.json', {}],
    [
      '/x/111122223333_redshift_us-east-1_dwh-1_useractivitylog_2026-03-02T00:53.gz',
      { account: '111122223333', region: 'us-east-1', cluster: 'dwh-1' },
    ],
    [
      '/home/me/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/x.json.gz',
      { object: 'AWSLogs/111122223333/CloudTrail/eu-west-1/2026/03/02/x.json.gz' },
    ],
  ])('%s', (path, context) => {
    expect(contextOfFile(path)).toEqual(context)
  })

  it('tells the cluster of a log in a folder, unless that is said', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'audit'))
    const name = '111122223333_redshift_us-east-1_dwh_useractivitylog_2026-03-02T00_53'
    writeFileSync(join(folder, 'audit', name), `${activityLine}\n`)
    const sourceOf = async (data: string, ...more: readonly string[]): Promise<unknown> => {
      const at = ['--data', join(folder, data)]
      const { out } = await lineward(['ingest', join(folder, 'audit'), ...more, ...at, '--json'])
      expect(JSON.parse(out)).toMatchObject({ received: 1, accepted: 1 })
      const { out: intake } = await lineward(['intake', '--json', ...at])
      return (JSON.parse(intake) as { sources: readonly { source: string }[] }).sources[0]?.source
    }
    expect(await sourceOf('a')).toBe('redshift-user-activity-log:111122223333:us-east-1:dwh')
    const said = await sourceOf('b', '--context', 'cluster=other')
    expect(said).toBe('redshift-user-activity-log:111122223333:us-east-1:other')
  })
})
