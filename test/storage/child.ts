import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export type Child = Readonly<{
  /** Its lines on stdout, as they come; ends with the process. */
  lines: AsyncIterable<string>
  /** As if the plug was pulled; resolves when it is gone. */
  kill: () => Promise<void>
  /** Its exit code, once it has ended by itself. */
  ended: Promise<number | null>
}>

/** All lines of a child that ends by itself. */
export async function linesOf({ lines }: Child): Promise<readonly string[]> {
  const all: string[] = []
  for await (const line of lines) all.push(line)
  return all
}

/** Runs a module of ours in a process of its own, on the Node that runs the tests. */
export function startChild(module: URL, args: readonly string[]): Child {
  const child = spawn(process.execPath, [fileURLToPath(module), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = endOf(child)
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  onTestFinished(kill)
  return { lines: createInterface({ input: child.stdout }), kill, ended }
}

async function endOf(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'close')) as [number | null]
  return code
}
