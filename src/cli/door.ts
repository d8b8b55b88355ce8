import type { Config } from '../config.ts'
import type { DataFolder, LocalServer, LocalTokens } from '../coordination/index.ts'
import type { Service } from '../main.ts'
import type { Terminal } from './terminal.ts'
import { existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { claimDataFolder, dataFilesOf, newToken, publishedServer } from '../coordination/index.ts'
import { errorCodes, LinewardError } from '../errors.ts'
import { createLog } from '../log.ts'
import { openService } from '../main.ts'
import { progressBar } from './terminal.ts'

export type DoorRequest = Readonly<{
  method: 'GET' | 'POST'
  path: string
  body?: string
  type?: string
}>

export type DoorAnswer = Readonly<{
  status: number
  retryAfterSeconds: number | undefined
  body: AsyncIterable<Uint8Array>
}>

/**
 * The HTTP interface of a Lineward, wherever it runs: a server elsewhere, the one that owns the data
 * folder, or one inside of this process that listens nowhere. A command is written once for all.
 */
export interface Door extends AsyncDisposable {
  /** The service of this process, when there is one. */
  readonly service: Service | undefined
  send(request: DoorRequest, as: keyof LocalTokens): Promise<DoorAnswer>
}

const json = 'application/json'
const answersWithinMs = 5000
const settleStepMs = 200

/** Who owns the data folder: this process from now on, or a server that answers. */
export type Owner = Readonly<{ folder: DataFolder } | { server: LocalServer }>

/**
 * Finds out who owns the data folder, and takes it when nobody does.
 *
 * @throws LinewardError NOT_FOUND when `mustExist` and it does not, DATA_FOLDER_IN_USE when its
 * owner is no server that answers.
 */
export async function ownerOf(
  { data }: Config,
  { mustExist }: Readonly<{ mustExist: boolean }>,
): Promise<Owner> {
  if (mustExist && !existsSync(dataFilesOf(data).folder)) {
    throw new LinewardError('NOT_FOUND', 'There is no data folder there (--data, LINEWARD_DATA)')
  }
  try {
    return { folder: claimDataFolder(data) }
  } catch (error) {
    if (!(error instanceof LinewardError) || error.code !== 'DATA_FOLDER_IN_USE') throw error
    const server = publishedServer(data)
    if (server !== undefined && (await isAnswering(server.url))) return { server }
    throw new LinewardError(
      'DATA_FOLDER_IN_USE',
      'Another process owns the data folder and answers no questions: a command at work, or a server that is starting or stopping',
      { cause: error },
    )
  }
}

/** The door to the data folder: through its server, or by opening it. Errors as for `ownerOf`. */
export async function openDoor(
  config: Config,
  how: Readonly<{ mustExist: boolean; terminal: Terminal }>,
): Promise<Door> {
  const owner = await ownerOf(config, how)
  if ('server' in owner) {
    how.terminal.note(`Working through the server at ${owner.server.url}`)
    return remoteDoor(owner.server.url, owner.server.tokens)
  }
  return await folderDoor(config, owner.folder)
}

/** The door of a server, here or elsewhere. */
export function remoteDoor(url: string, tokens: LocalTokens): Door {
  return {
    service: undefined,
    async send({ method, path, body, type = json }, as) {
      const headers = {
        authorization: `Bearer ${tokens[as]}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      }
      // A token is for one server: it follows no redirect.
      const init = {
        method,
        headers,
        redirect: 'error' as const,
        ...(body === undefined ? {} : { body }),
      }
      const answer = await reach(url, () => fetch(`${url.replace(/\/+$/, '')}${path}`, init))
      const retry = Number(answer.headers.get('retry-after') ?? Number.NaN)
      return {
        status: answer.status,
        retryAfterSeconds: Number.isFinite(retry) ? retry : undefined,
        body: answer.body ?? Readable.from([]),
      }
    },
    async [Symbol.asyncDispose]() {},
  }
}

/** The door to a folder that this process owns. Nothing listens: requests are handed in. */
export async function folderDoor(config: Config, folder: DataFolder): Promise<Door> {
  const local = { admin: newToken(), producer: newToken() }
  const log = createLog(config.logLevel === 'info' ? 'warn' : config.logLevel)
  const service = await openService({ config, folder, log, local })
  return {
    service,
    async send({ method, path, body, type = json }, as) {
      const headers = {
        authorization: `Bearer ${local[as]}`,
        ...(body === undefined ? {} : { 'content-type': type }),
      }
      const answer = await service.server.app.inject({
        method,
        url: path,
        headers,
        payloadAsStream: true,
        ...(body === undefined ? {} : { payload: body }),
      })
      const retry = Number(answer.headers['retry-after'] ?? Number.NaN)
      return {
        status: answer.statusCode,
        retryAfterSeconds: Number.isFinite(retry) ? retry : undefined,
        body: answer.stream(),
      }
    },
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  }
}

/**
 * Asks and gives the JSON of the answer.
 *
 * @throws LinewardError with the code and words of a problem document.
 */
export async function ask(
  door: Door,
  request: DoorRequest,
  as: keyof LocalTokens,
): Promise<unknown> {
  const answer = await door.send(request, as)
  const text = await textOf(answer.body)
  if (answer.status >= 400) throw problemIn(text, answer.status)
  return parsed(text)
}

/**
 * Asks for long work and gives its result, when it is there.
 *
 * @throws LinewardError as the work failed.
 */
export async function work(
  door: Door,
  path: string,
  onProgress: (done: number, total: number) => void,
): Promise<unknown> {
  const answer = await door.send({ method: 'POST', path }, 'admin')
  if (answer.status >= 400) throw problemIn(await textOf(answer.body), answer.status)
  for await (const line of linesOf(answer.body)) {
    const said = parsed(line)
    if (!isRecord(said)) continue
    if ('result' in said) return said['result']
    if ('problem' in said) throw problemIn(JSON.stringify(said['problem']), 500)
    const progress = said['progress']
    if (isRecord(progress)) onProgress(Number(progress['done']), Number(progress['total']))
  }
  throw new LinewardError('STORE_UNAVAILABLE', 'The server broke off before it was done')
}

/** Waits until the graph of a folder that this process owns has everything, and says how far it is. */
export async function settle({ service }: Door, terminal: Terminal): Promise<void> {
  if (service === undefined) return
  const { ledger, projector } = service
  const total = ledger.head().entries
  while (!(await projector.reached(total, settleStepMs))) {
    if (projector.failure !== undefined) throw projector.failure
    const { entries } = await projector.lag()
    terminal.progress(`Into the graph ${progressBar(total - entries, total, 'entries')}`)
  }
  terminal.progress(undefined)
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A failed answer as the error that it tells of. */
export function problemIn(text: string, status: number): LinewardError {
  const said = parsed(text)
  const { code, detail } = isRecord(said) ? said : {}
  const message = typeof detail === 'string' ? detail : `The server answered ${status}`
  const isKnown = typeof code === 'string' && Object.hasOwn(errorCodes, code)
  return new LinewardError(isKnown ? (code as keyof typeof errorCodes) : 'INTERNAL', message)
}

export async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of body) {
    const lines = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
  if (rest !== '') yield rest
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

async function isAnswering(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/livez`, { signal: AbortSignal.timeout(answersWithinMs) })).ok
  } catch {
    return false
  }
}

async function reach<Answer>(url: string, call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call()
  } catch (cause) {
    throw new LinewardError('STORE_UNAVAILABLE', `Nothing answers at ${url}`, { cause })
  }
}
