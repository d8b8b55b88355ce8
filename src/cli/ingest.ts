import type { PassedOver } from '../api/index.ts'
import type { Command, ExitCode, Invocation } from './command.ts'
import type { Door } from './door.ts'
import type { Context } from './file-context.ts'
import type { Counts, Delivery } from './hand-in.ts'
import type { InputFile } from './input-files.ts'
import type { Terminal } from './terminal.ts'
import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { EventSplitter } from '../api/index.ts'
import { LinewardError } from '../errors.ts'
import { optionOf } from './command.ts'
import { openDoor, remoteDoor, settle } from './door.ts'
import { contextOfFile } from './file-context.ts'
import { countNames, handIn, passedOverOf } from './hand-in.ts'
import { contentOf, inputFiles } from './input-files.ts'
import { figure, printable, progressBar, tableText } from './terminal.ts'

type FileCounts = Counts & Readonly<{ path: string; problem?: string }>

const groupEventsMax = 1000
const groupCharactersMax = 4 * 1024 * 1024
const filesAtOnce = 4
const triesMax = 8
const none: Counts = {
  received: 0,
  accepted: 0,
  duplicates: 0,
  irrelevant: 0,
  unknown: 0,
  deadLettered: 0,
}

/** `lineward ingest`: events from files into the ledger, here or on a server elsewhere. */
export const ingest: Command = {
  name: 'ingest',
  usage: ['<file | folder | -> … [--context KEY=VALUE] [--url URL [--token-file FILE]]'],
  summary: 'Reads events from files, folders (.json, .ndjson, .jsonl, .log, .gz) or stdin',
  takesWords: true,
  options: {
    context: {
      value: 'KEY=VALUE',
      multiple: true,
      meaning: 'What the events do not say themselves, such as account=111122223333',
    },
    url: { value: 'URL', meaning: 'Sends to the server there instead of the data folder' },
    'token-file': {
      value: 'FILE',
      meaning: 'Holds the token of role producer for that server; else LINEWARD_TOKEN does',
    },
  },
  async run(invocation) {
    const { words, terminal, json } = invocation
    const { eventBytesMax } = invocation.config
    if (words.length === 0) {
      throw new LinewardError('ARGUMENT_INVALID', 'Name a file, a folder, or - for stdin')
    }
    const context = contextOf(invocation)
    const files = await inputFiles(words, terminal.stdin)
    await using door = await doorOf(invocation)
    const results = await ingestAll(files, { door, context, terminal, eventBytesMax })
    await settle(door, terminal)
    terminal.progress(undefined)
    return report(results, { terminal, json })
  },
}

type Target = Readonly<{
  door: Door
  /** What was said for all files. */
  context: Context
  terminal: Terminal
  eventBytesMax: number
}>

/** A few files at a time, so that many small ones share the ledger's commits. */
async function ingestAll(
  files: readonly InputFile[],
  target: Target,
): Promise<readonly FileCounts[]> {
  const total = files.reduce((bytes, file) => bytes + file.bytes, 0)
  let read = 0
  const onRead = (bytes: number): void => {
    read += bytes
    target.terminal.progress(progressBar(read, Math.max(read, total), 'bytes'))
  }
  const results: FileCounts[] = []
  const left = files.entries()
  const worker = async (): Promise<void> => {
    for (const [index, file] of left) results[index] = await ingestFile(file, target, onRead)
  }
  await Promise.all(Array.from({ length: filesAtOnce }, worker))
  return results
}

/** What was sent before a file turned out to be unreadable stays, and is counted. */
async function ingestFile(
  file: InputFile,
  target: Target,
  onRead: (bytes: number) => void,
): Promise<FileCounts> {
  let counts = none
  const context = { ...contextOfFile(file.label), ...target.context }
  try {
    for await (const delivery of deliveriesOf(file, context, target, onRead)) {
      counts = sum(counts, await send(delivery, target))
    }
    return { path: file.label, ...counts }
  } catch (error) {
    if (!(error instanceof LinewardError) || !ofFile.has(error.code)) throw error
    target.terminal.note(`${printable(file.label)}: ${error.message} (${error.code})`)
    return { path: file.label, ...counts, problem: error.code }
  }
}

/** What is wrong with one file alone; everything else ends the command. */
const ofFile = new Set<string>(['BODY_UNREADABLE', 'BODY_TOO_LARGE'])

async function* deliveriesOf(
  file: InputFile,
  context: Context,
  { door, eventBytesMax }: Target,
  onRead: (bytes: number) => void,
): AsyncGenerator<Delivery> {
  const tallyOf = passedOverOf(door, context)
  const passedOver = new Map<string, Map<string, number>>()
  const splitter = new EventSplitter(eventBytesMax, undefined, (text, rounded) => {
    const tally = tallyOf(text, rounded)
    if (tally === undefined) return false
    const names = passedOver.get(tally.source) ?? new Map<string, number>()
    const count = (names.get(tally.name) ?? 0) + tally.count
    passedOver.set(tally.source, names.set(tally.name, count))
    return true
  })
  let events: string[] = []
  let characters = 0
  const delivered = (): Delivery => {
    const delivery = { events, passedOver: talliesIn(passedOver), context }
    events = []
    characters = 0
    passedOver.clear()
    return delivery
  }
  const add = function* (texts: readonly string[]): Generator<Delivery> {
    for (const text of texts) {
      events.push(text)
      characters += text.length
      if (events.length >= groupEventsMax || characters >= groupCharactersMax) yield delivered()
    }
  }
  for await (const chunk of contentOf(file, onRead)) yield* add(splitter.push(chunk))
  yield* add(splitter.end())
  if (events.length > 0 || passedOver.size > 0) yield delivered()
}

function talliesIn(
  sources: ReadonlyMap<string, ReadonlyMap<string, number>>,
): readonly PassedOver[] {
  return [...sources].flatMap(([source, names]) =>
    [...names].map(([name, count]) => ({ source, name, count })),
  )
}

async function send(delivery: Delivery, { door, terminal }: Target): Promise<Counts> {
  for (let tries = 1; ; tries += 1) {
    const handed = await handIn(delivery, door)
    if (!('problem' in handed)) return handed
    const { problem, retryAfterSeconds: seconds = tries } = handed
    if (tries === triesMax) throw problem
    terminal.note(`${problem.message}: again in ${seconds} s`)
    await delay(seconds * 1000)
  }
}

function sum(a: Counts, b: Counts): Counts {
  return Object.fromEntries(countNames.map((name) => [name, a[name] + b[name]])) as Counts
}

/** A server elsewhere, when a URL is given; else the data folder, or whoever serves it. */
async function doorOf(invocation: Invocation): Promise<Door> {
  const { config, terminal } = invocation
  const url = optionOf(invocation, 'url')
  const file = optionOf(invocation, 'token-file')
  if (url === undefined) {
    if (file === undefined) return await openDoor(config, { mustExist: false, terminal })
    throw new LinewardError('ARGUMENT_INVALID', '--token-file goes with --url')
  }
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new LinewardError('ARGUMENT_INVALID', '--url is http://… or https://…')
  }
  const token = file === undefined ? config.token : (await textIn(file)).trim()
  if (token === undefined || token === '') {
    throw new LinewardError('ARGUMENT_INVALID', 'A token is needed: --token-file or LINEWARD_TOKEN')
  }
  return remoteDoor(url, { producer: token, admin: token })
}

async function textIn(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new LinewardError('NOT_FOUND', `The token file ${file} cannot be read`, { cause })
  }
}

function contextOf(invocation: Invocation): Context {
  const pairs = (invocation.options.get('context') ?? []).map((text) => {
    const at = text.indexOf('=')
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)] as const
    throw new LinewardError('ARGUMENT_INVALID', '--context is KEY=VALUE')
  })
  return Object.fromEntries(pairs)
}

function report(
  files: readonly FileCounts[],
  { terminal, json }: Readonly<{ terminal: Terminal; json: boolean }>,
): ExitCode {
  const total = files.reduce<Counts>(sum, none)
  const failed = files.filter(({ problem }) => problem !== undefined).length
  if (json) {
    terminal.out(JSON.stringify({ ...total, unreadable: failed, files }))
  } else {
    const rows = countNames.map((name) => [name, figure(total[name])])
    const more = failed === 0 ? [] : [['unreadable files', figure(failed)]]
    for (const line of tableText(['EVENTS', 'COUNT'], [...rows, ...more])) terminal.out(line)
  }
  if (failed > 0 && failed === files.length && total.received === 0) return 1
  return failed > 0 || total.deadLettered > 0 ? 3 : 0
}
