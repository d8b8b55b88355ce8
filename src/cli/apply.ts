import type { Command, ExitCode, Invocation } from './command.ts'
import type { Door } from './door.ts'
import type { Wanted } from './apply/boundary-file.ts'
import type { Change, Plan } from './apply/plan.ts'
import type { Previewed } from './apply/preview.ts'
import { open } from 'node:fs/promises'
import { LinewardError } from '../errors.ts'
import { makeChange, standingAt } from './apply/at-server.ts'
import { readBoundaryFile } from './apply/boundary-file.ts'
import { planOf } from './apply/plan.ts'
import { changeLines, previewLines, restLines, summaryLine } from './apply/plan-text.ts'
import { previewOf } from './apply/preview.ts'
import { openDoor, settle } from './door.ts'
import { figure, printable } from './terminal.ts'

const fileBytesMax = 1024 * 1024

/** `lineward apply FILE`: boundaries and policies as a file under version control has them. */
export const apply: Command = {
  name: 'apply',
  usage: ['FILE.yaml [--prune]', 'FILE.yaml --plan [--check] [--prune]', '- (reads stdin)'],
  summary: 'Defines boundaries and policies as a file has them, or shows what that would change',
  takesWords: true,
  options: {
    plan: {
      meaning: 'Changes nothing: shows what would change, and which findings would open or close',
    },
    check: { meaning: 'With --plan: ends with 3 when anything would change' },
    prune: { meaning: 'Removes boundaries that are not in the file' },
  },
  async run(invocation) {
    const { config, words, options, terminal } = invocation
    const [file, ...more] = words
    if (file === undefined || more.length > 0) {
      throw new LinewardError('ARGUMENT_INVALID', 'apply takes one file, or - for stdin')
    }
    if (options.has('check') && !options.has('plan')) {
      throw new LinewardError('ARGUMENT_INVALID', '--check goes with --plan')
    }
    const wanted = await wantedIn(file, invocation)
    await using door = await openDoor(config, { mustExist: false, terminal })
    await settle(door, terminal)
    const plan = planOf(wanted, await standingAt(door), { prune: options.has('prune') })
    return options.has('plan')
      ? await show(door, plan, invocation)
      : await make(door, plan, invocation)
  },
}

/** @throws LinewardError ARGUMENT_INVALID when anything is wrong with it, with each line told. */
async function wantedIn(file: string, { terminal }: Invocation): Promise<Wanted> {
  const { wanted, problems } = readBoundaryFile(await textIn(file, terminal.stdin))
  if (problems.length === 0) return wanted
  const label = printable(file)
  for (const { line, message } of problems) terminal.note(`${label}:${line}: ${printable(message)}`)
  const count = problems.length === 1 ? 'a problem' : `${figure(problems.length)} problems`
  throw new LinewardError('ARGUMENT_INVALID', `${label} has ${count}; nothing was changed`)
}

async function textIn(file: string, stdin: AsyncIterable<unknown>): Promise<string> {
  const bytes = file === '-' ? await boundedBytes(stdin) : await bytesOf(file)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new LinewardError('BODY_UNREADABLE', `${printable(file)} is not UTF-8`, { cause })
  }
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    await using handle = await open(file)
    return await boundedBytes(handle.createReadStream({ autoClose: false }))
  } catch (cause) {
    if (cause instanceof LinewardError) throw cause
    throw new LinewardError('NOT_FOUND', `There is no file ${printable(file)} to read`, { cause })
  }
}

async function boundedBytes(stream: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue
    bytes += chunk.length
    if (bytes > fileBytesMax) {
      throw new LinewardError(
        'BODY_TOO_LARGE',
        `A file of boundaries has at most ${figure(fileBytesMax)} bytes; let patterns stand for more`,
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** `--plan`. */
async function show(
  door: Door,
  plan: Plan,
  { options, terminal, json }: Invocation,
): Promise<ExitCode> {
  const shown: Readonly<{ change: Change; preview: Previewed | undefined }>[] = []
  for (const [index, change] of plan.changes.entries()) {
    terminal.progress(`Looking at change ${index + 1} of ${plan.changes.length}`)
    const isPreviewed = change.kind === 'boundary' && change.does !== 'remove'
    const preview = isPreviewed ? await previewOf(door, change.after) : undefined
    shown.push({ change, preview })
  }
  terminal.progress(undefined)
  if (json) {
    const changes = shown.map(({ change, preview }) => ({ ...change, preview: preview ?? null }))
    terminal.out(JSON.stringify({ ...plan, changes, applied: false }))
  } else {
    for (const { change, preview } of shown) {
      for (const line of changeLines(change)) terminal.out(line)
      if (preview === undefined) terminal.out('  (what it opens and closes is not previewed)')
      else for (const line of previewLines(preview)) terminal.out(line)
    }
    for (const line of restLines(plan)) terminal.out(line)
    terminal.out(summaryLine(plan, 'to do'))
  }
  return options.has('check') && plan.changes.length > 0 ? 3 : 0
}

/** Makes the changes, one after the other. 3 when some were made and one was not. */
async function make(door: Door, plan: Plan, { terminal, json }: Invocation): Promise<ExitCode> {
  const made: Change[] = []
  let failure: unknown
  for (const change of plan.changes) {
    try {
      await makeChange(door, change)
    } catch (error) {
      failure = error
      break
    }
    made.push(change)
    if (!json) for (const line of changeLines(change)) terminal.out(line)
  }
  if (failure !== undefined && made.length === 0) throw failure
  const left = plan.changes.slice(made.length)
  if (json) terminal.out(JSON.stringify({ ...plan, changes: made, left, applied: true }))
  else {
    for (const line of restLines(plan)) terminal.out(line)
    terminal.out(summaryLine({ ...plan, changes: made }, 'done'))
  }
  if (failure === undefined) return 0
  const [next] = left
  const code = failure instanceof LinewardError ? failure.code : 'INTERNAL'
  const message = failure instanceof Error ? failure.message : ''
  terminal.note(
    `lineward: ${figure(made.length)} of ${figure(plan.changes.length)} changes were made; the ${next?.kind} ${printable(next?.name ?? '')} was refused: ${message} (${code}). Once it is set right, apply the file again.`,
  )
  return 3
}
