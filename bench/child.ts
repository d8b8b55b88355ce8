import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A process that runs a file of this project, until disposed. */
export interface Child extends AsyncDisposable {
  /** The words on its first line of output that has them. */
  readonly said: string
  readonly pid: number
}

/**
 * Starts a file in a process of its own and waits for a line of its output that matches `ready`;
 * `said` is the first group of the match.
 */
export async function startChild(
  file: URL,
  args: readonly string[],
  ready: RegExp,
  nodeArgs: readonly string[] = [],
): Promise<Child> {
  const child = spawn(process.execPath, [...nodeArgs, fileURLToPath(file), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], LINEWARD_LOG_LEVEL: 'error' },
  })
  const said = await lineOf(child, ready)
  return {
    said,
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function lineOf({ stdout, stderr }: ChildProcess, ready: RegExp): Promise<string> {
  if (stdout === null || stderr === null) throw new Error('The process has no output')
  let noted = ''
  stderr.setEncoding('utf8').on('data', (text: string) => {
    noted = `${noted}${text}`.slice(-notedMax)
  })
  for await (const line of createInterface({ input: stdout })) {
    const match = ready.exec(line)
    if (match === null) continue
    stdout.resume()
    return match[1] ?? ''
  }
  throw new Error(`The process ended before it was ready: ${noted}`)
}

const notedMax = 10_000
