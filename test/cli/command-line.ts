import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { runCommandLine } from '../../src/cli/run-command-line.ts'

const cli = join(import.meta.dirname, '../../src/cli.ts')

export type Ended = Readonly<{ code: number | null; out: string; err: string }>
export type Given = Readonly<{
  input?: string | Uint8Array
  env?: Readonly<Record<string, string>>
}>

function start(words: readonly string[], { env = {} }: Given): ChildProcess {
  const plain = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' }
  return spawn(process.execPath, [cli, ...words], { env: { ...plain, ...env } })
}

async function read(stream: NodeJS.ReadableStream | null): Promise<string> {
  return stream === null ? '' : await text(stream)
}

/** Runs `lineward …` to its end, in this process. */
export async function lineward(words: readonly string[], given: Given = {}): Promise<Ended> {
  const said = { out: '', err: '' }
  const stream = (name: keyof typeof said) => ({
    write: (chunk: string) => {
      said[name] += chunk
    },
  })
  const code = await runCommandLine(words, {
    env: given.env ?? {},
    streams: {
      stdin: Readable.from([Buffer.from(given.input ?? '')]),
      stdout: stream('out'),
      stderr: stream('err'),
    },
    signal: new AbortController().signal,
  })
  return { code, ...said }
}

/** Runs `lineward …` to its end, in a process of its own. */
export async function linewardProcess(words: readonly string[], given: Given = {}): Promise<Ended> {
  const child = start(words, given)
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin?.on('error', () => undefined).end(given.input ?? '')
  const [out, err] = await Promise.all([
    read(child.stdout),
    read(child.stderr),
    once(child, 'exit'),
  ])
  return { code: child.exitCode, out, err }
}

export type Serving = Readonly<{
  url: string
  child: ChildProcess
  /** What it said on stderr before it was ready. */
  notes: () => string
  /** SIGTERM, or another signal, and what the process was at its end. */
  stop: (signal?: NodeJS.Signals) => Promise<Ended>
}>

/** `lineward serve` on a folder and a free port, ready. */
export async function serving(
  data: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Serving> {
  const child = start(['serve', '--data', data, '--port', '0'], { env })
  let out = ''
  let err = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString()
  })
  const ready = Promise.withResolvers<string>()
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    const url = /^Lineward is ready at (\S+)\n/.exec(out)?.[1]
    if (url !== undefined) ready.resolve(url)
  })
  const exited = once(child, 'exit')
  const gone = exited.then(() => {
    throw new Error(`serve ended before it was ready: ${err}`)
  })
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> => {
    child.kill(signal)
    await exited
    return { code: child.exitCode, out, err }
  }
  onTestFinished(async () => {
    await stop('SIGKILL')
  })
  const url = await Promise.race([ready.promise, gone])
  gone.catch(() => undefined)
  return { url, child, notes: () => err, stop }
}
