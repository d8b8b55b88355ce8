import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { genericArguments } from '../../../src/ingest/command/options.ts'
import { parseSqoop } from '../../../src/ingest/command/sqoop/arguments.ts'
import { Job } from '../../../src/ingest/command/sqoop/job.ts'
import { sqoopTools } from '../../../src/ingest/command/sqoop/options.ts'
import { isRefused } from '../../../src/ingest/command/sqoop/refusals.ts'
import { Texts } from '../../../src/ingest/command/texts.ts'
import { tinySql } from './tiny-sql.ts'

type Row = Readonly<{
  args: readonly string[]
  /** The options as the parser of Sqoop 1.4.7 took them; null where Sqoop refuses the arguments. */
  taken: Readonly<Record<string, string | true>> | null
}>

const rows = JSON.parse(
  readFileSync(join(import.meta.dirname, 'sqoop-parser.json'), 'utf8'),
) as readonly Row[]

/** The options that decide what is moved. */
const decisive = [
  ...new Set(rows.flatMap(({ taken }) => Object.keys(taken ?? {}))),
] as readonly string[]

describe('arguments of Sqoop', () => {
  it('are there in number', () => {
    expect(rows.length).toBeGreaterThan(250)
    expect(decisive.length).toBeGreaterThan(20)
  })

  it.each(rows)('are taken as Sqoop 1.4.7 takes them: $args', ({ args, taken }) => {
    const [tool = '', ...rest] = args
    const dash = rest.indexOf('--')
    const own = dash === -1 ? rest : rest.slice(0, dash)
    const child = dash === -1 ? [] : rest.slice(dash + 1)
    const { settings, rest: toolArguments } = genericArguments(own)
    const parsed = parseSqoop(toolArguments, sqoopTools.get(tool) ?? new Map())
    const nothing = { flows: [], text: undefined }
    const call = {
      name: 'sqoop',
      args,
      input: undefined,
      directory: undefined,
      defaults: {},
      texts: new Texts(),
      sql: tinySql,
      run: () => nothing,
      shell: () => nothing,
    }
    const job = new Job(call, { tool, args: parsed, settings, child })
    const isWrong = parsed.isLacking || parsed.extra.some((argument) => argument !== '')
    if (isWrong || isRefused(job)) {
      expect(taken).toBeNull()
      return
    }
    const found = decisive.flatMap((name) => {
      const value = name === 'columns' ? job.columns?.join(',') : job.value(name)
      const given = value ?? (job.has(name) ? true : undefined)
      return given === undefined ? [] : [[name, given] as const]
    })
    expect(Object.fromEntries(found)).toEqual(taken)
  })
})
