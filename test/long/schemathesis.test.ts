import { execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { running } from '../service.ts'

const cache = process.env['LINEWARD_CACHE'] ?? join(homedir(), '.cache', 'lineward')
const home = join(cache, 'schemathesis-4')
const tool = join(home, 'bin', 'st')

/** The tool in an environment of its own, which is made once; undefined where it cannot be had. */
function provisioned(): string | undefined {
  if (existsSync(tool)) return tool
  try {
    execFileSync('python3', ['-m', 'venv', home], { stdio: 'pipe' })
    const pip = join(home, 'bin', 'pip')
    execFileSync(pip, ['install', '--quiet', 'schemathesis>=4,<5'], { stdio: 'pipe' })
    return tool
  } catch {
    return undefined
  }
}

const st = provisioned()
// Where nothing may be skipped in silence, what cannot be had is a failure.
const isNeeded = process.env['CI'] === 'true'

describe.skipIf(st === undefined && !isNeeded)('schemathesis against /openapi.json', () => {
  it.for([
    {
      what: 'the doors of events, with every check',
      role: 'producer' as const,
      paths: '^/(api/v1/(events|lineage.*)|metrics|livez|readyz|openapi[.]json)$',
      more: [],
    },
    {
      // Which limits go with which role is said in words, so not all that fits the shape is taken.
      what: 'the doors of admins, but for whether all that fits the shape is taken',
      role: 'admin' as const,
      paths: '^/(api/v1/(tokens.*|sign-in-links|ledger.*|graph.*)|metrics)$',
      more: ['--exclude-checks', 'positive_data_acceptance'],
    },
  ])('$what', async ({ role, paths, more }, { annotate }) => {
    await using server = await running()
    const authorization = `Authorization: Bearer ${server.tokens[role]}`
    const words = ['run', `${server.url}/openapi.json`, '-H', authorization, '--workers', '1']
    const bounded = ['--max-examples', '300', '--seed', '1', '--include-path-regex', paths, ...more]
    // The server answers in this process, so it must not be blocked.
    const { status, output } = await ended(st ?? '', [...words, ...bounded])
    expect(output).toContain('Test cases')
    expect({ status, failures: status === 0 ? '' : output.slice(-6000) }).toEqual({
      status: 0,
      failures: '',
    })
    const counts = output.split('\n').filter((line) => /\d generated,|No issues/.test(line))
    await annotate(counts.map((line) => line.replace(/[^\x20-\x7e]|={2,}/g, '').trim()).join(', '))
  })
})

async function ended(
  file: string,
  words: readonly string[],
): Promise<{ status: number | null; output: string }> {
  const child = spawn(file, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  const status = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
    child.on('error', () => resolve(null))
  })
  return { status, output }
}
