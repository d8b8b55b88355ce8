import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { LinewardError } from '../errors.ts'
import { holdFile } from '../storage/index.ts'

/** How a command on this machine reaches the server of a folder. */
export type LocalServer = Readonly<{
  url: string
  /** Made anew at each start and kept in no store: who can read the file owns the folder anyway. */
  tokens: LocalTokens
}>

export type LocalTokens = Readonly<{ admin: string; producer: string }>

/** The files of a data folder, as absolute paths. */
export type DataFiles = Readonly<
  Record<
    'folder' | 'ledger' | 'graph' | 'coordination' | 'digestKey' | 'ledgerKey' | 'url' | 'local',
    string
  >
>

/** A data folder that this process owns until it lets go of it, or ends in whatever way. */
export interface DataFolder extends Disposable {
  readonly files: DataFiles
  /** Lets other commands find this server. */
  publish(server: LocalServer): void
}

/** Where everything lies in a data folder. Looks at nothing. */
export function dataFilesOf(path: string): DataFiles {
  const folder = resolve(path)
  return {
    folder,
    ledger: join(folder, 'ledger.db'),
    graph: join(folder, 'graph.db'),
    coordination: join(folder, 'coordination.db'),
    digestKey: join(folder, 'keys', 'digest.key'),
    ledgerKey: join(folder, 'keys', 'ledger.pem'),
    url: join(folder, 'url'),
    local: join(folder, 'keys', 'local.json'),
  }
}

/**
 * Takes the folder for this process, and makes it when it is absent. Waits for nobody.
 *
 * @throws LinewardError DATA_FOLDER_IN_USE when another process (or this one) owns it,
 * STORE_UNAVAILABLE when it cannot be made or written.
 */
export function claimDataFolder(path: string): DataFolder {
  const files = dataFilesOf(path)
  try {
    mkdirSync(join(files.folder, 'keys'), { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw new LinewardError('STORE_UNAVAILABLE', 'The data folder cannot be made', { cause })
  }
  const lock = holdFile(join(files.folder, 'lock'), 'The data folder')
  forget(files)
  return {
    files,
    publish({ url, tokens }) {
      // The tokens first: who finds a URL finds its tokens too.
      replaceFile(files.local, JSON.stringify(tokens), 0o600)
      replaceFile(files.url, `${url}\n`, 0o600)
    },
    [Symbol.dispose]() {
      forget(files)
      lock[Symbol.dispose]()
    },
  }
}

/** The server that said it runs on the folder. It may be gone: only asking it tells. */
export function publishedServer(path: string): LocalServer | undefined {
  const files = dataFilesOf(path)
  try {
    const url = readFileSync(files.url, 'utf8').trim()
    const tokens: unknown = JSON.parse(readFileSync(files.local, 'utf8'))
    return isLocalTokens(tokens) ? { url, tokens } : undefined
  } catch {
    return undefined
  }
}

/** What an earlier owner left when it was killed leads nowhere. */
function forget({ url, local }: DataFiles): void {
  rmSync(url, { force: true })
  rmSync(local, { force: true })
}

/** A reader sees the old file or the new one, and nobody else can read it in between. */
function replaceFile(file: string, text: string, mode: number): void {
  const fresh = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(fresh, text, { mode, flag: 'wx' })
  renameSync(fresh, file)
}

function isLocalTokens(value: unknown): value is LocalTokens {
  return (
    typeof value === 'object' &&
    value !== null &&
    'admin' in value &&
    typeof value.admin === 'string' &&
    'producer' in value &&
    typeof value.producer === 'string'
  )
}
