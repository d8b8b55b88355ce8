import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { looking, record } from '../ingest/aws-events.ts'
import { event } from '../service.ts'
import { temporaryFolder } from '../storage/folder.ts'
import { lineward } from './command-line.ts'

/** A folder into which these were ingested. */
async function filled(...events: readonly unknown[]): Promise<string> {
  const folder = temporaryFolder()
  const data = join(folder, 'data')
  const file = join(folder, 'events.ndjson')
  writeFileSync(file, events.map((one) => JSON.stringify(one)).join('\n'))
  expect((await lineward(['ingest', file, '--data', data])).code).toBeLessThan(4)
  return data
}

type Letter = Readonly<{ id: string; code: string; event?: unknown }>

async function lettersIn(data: string, ...more: readonly string[]): Promise<readonly Letter[]> {
  const { out } = await lineward(['dead-letters', 'list', '--json', '--data', data, ...more])
  return (JSON.parse(out) as { deadLetters: readonly Letter[] }).deadLetters
}

describe('dead-letters', () => {
  it('are listed, the newest first, by code, and no more than were asked for', async () => {
    const data = await filled({ hello: 1 }, { world: 2 }, event({ eventTime: 'soon' }), event())
    const codes = (await lettersIn(data)).map(({ code }) => code)
    expect(codes).toEqual(['EVENT_MALFORMED', 'EVENT_UNIDENTIFIABLE', 'EVENT_UNIDENTIFIABLE'])
    expect(await lettersIn(data, '--code', 'EVENT_MALFORMED')).toHaveLength(1)
    expect(await lettersIn(data, '--first', '2')).toHaveLength(2)
    const { out, err, code } = await lineward([
      'dead-letters',
      'list',
      '--first',
      '1',
      '--data',
      data,
    ])
    expect([code, out.split('\n')[0]]).toEqual([0, expect.stringMatching(/^ID +RECEIVED +SENDER/)])
    expect(err).toContain('There are more')
  })

  it('are shown with what was handed in, and nothing that a terminal acts upon', async () => {
    const data = await filled({ hello: '\u001B[2J', password: 'hunter2' })
    const [letter] = await lettersIn(data)
    const { code, out } = await lineward(['dead-letters', 'show', letter?.id ?? '', '--data', data])
    expect(code).toBe(0)
    expect(out).toContain('EVENT_UNIDENTIFIABLE')
    expect(out).toContain('[scrubbed:password]')
    expect(out).not.toContain('\u001B')
  })

  it('say how to go on when there is none of that id, or none at all', async () => {
    const data = await filled(event())
    const missing = await lineward(['dead-letters', 'show', 'nobody', '--data', data])
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('dead-letters list')])
    const { out } = await lineward(['dead-letters', 'list', '--data', data])
    expect(out).toBe('There are no dead letters.\n')
  })

  it('are tried again, and what stays dead is told by the exit code', async () => {
    const data = await filled({ hello: 1 }, { world: 2 })
    const [one] = await lettersIn(data)
    const each = ['dead-letters', 'replay', one?.id ?? '', '--json', '--data', data]
    expect(await lineward(each)).toMatchObject({ code: 3, out: '{"replayed":0,"stillDead":1}\n' })
    const all = ['dead-letters', 'replay', '--all', '--json', '--data', data]
    expect(await lineward(all)).toMatchObject({ code: 3, out: '{"replayed":0,"stillDead":2}\n' })
    const none = await lineward(['dead-letters', 'replay', 'nobody', '--data', data])
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('nobody')])
  })

  it('are all tried, though one request takes only so many', async () => {
    const data = await filled(...Array.from({ length: 250 }, (_, n) => ({ hello: n })))
    const env = { LINEWARD_REPLAY_LETTERS_MAX: '100' }
    const few = ['--json', '--data', data]
    const all = await lineward(['dead-letters', 'replay', '--all', ...few], { env })
    expect(all).toMatchObject({ code: 3, out: '{"replayed":0,"stillDead":250}\n' })
    const ids = (await lettersIn(data, '--first', '250')).map(({ id }) => id)
    const each = await lineward(['dead-letters', 'replay', ...ids, ...few], { env })
    expect(each).toMatchObject({ code: 3, out: '{"replayed":0,"stillDead":250}\n' })
  })

  it('have ids that may begin with a dash', async () => {
    const data = await filled(event())
    const { code, err } = await lineward(['dead-letters', 'show', '-h7w', '--data', data])
    expect([code, err]).toEqual([1, expect.stringContaining('No dead letter has the id -h7w')])
  })

  it.each([
    ['nothing', []],
    ['another word', ['burn']],
    ['no id', ['show']],
    ['ids and all of them', ['replay', 'x', '--all']],
    ['no number', ['list', '--first', 'many']],
  ])('%s is wrong use', async (_, words) => {
    const data = await filled(event())
    expect((await lineward(['dead-letters', ...words, '--data', data])).code).toBe(2)
  })
})

describe('intake', () => {
  it('is shown with its sources, and with what nobody reads', async () => {
    const data = await filled(event(), record(), looking(), looking())
    const { code, out } = await lineward(['intake', '--data', data])
    expect(code).toBe(0)
    const lines = out.split('\n').map((line) => line.replace(/ +/g, ' '))
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^entries 3/),
        'SOURCE EVENTS LASTEVENT LAG',
        expect.stringMatching(/^cloudtrail:\S+ 1 2026-03-02T01:00:00Z \d+ [dhms]$/),
        expect.stringMatching(
          /^cloudtrail:111122223333:eu-west-1:management kinesis:MergeShards 1/,
        ),
        expect.stringMatching(
          /^cloudtrail:111122223333:eu-west-1:management ec2:DescribeInstances 2/,
        ),
      ]),
    )
    const { out: json } = await lineward(['intake', '--json', '--data', data])
    expect(JSON.parse(json)).toMatchObject({ settled: true, deadLetters: 0 })
  })

  it('says so when there is nothing of a kind', async () => {
    const { out } = await lineward(['intake', '--data', await filled(event())])
    expect(out).toContain('unknown events (kept, for a translator to come): none')
    expect(out).toContain('irrelevant events (counted as they came, and not kept): none')
    const empty = temporaryFolder()
    const nothing = await lineward(['intake', '--data', empty])
    expect([nothing.code, nothing.out]).toEqual([0, expect.stringContaining('sources: none')])
  })

  it('says how it is called, takes no word, and asks for no more than a page has', async () => {
    const data = await filled(record())
    expect((await lineward(['intake', '--help'])).out).toMatch(/^lineward intake\n/)
    expect((await lineward(['intake', 'all', '--data', data])).code).toBe(2)
    const { code, out } = await lineward(['intake', '--page-size-max', '5', '--data', data])
    expect([code, out]).toEqual([0, expect.stringContaining('kinesis:MergeShards')])
  })
})
