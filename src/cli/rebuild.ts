import type { Config } from '../config.ts'
import type { Command } from './command.ts'
import type { Door } from './door.ts'
import type { Terminal } from './terminal.ts'
import { renameSync } from 'node:fs'
import { LinewardError } from '../errors.ts'
import { openFolderGraph } from '../service/index.ts'
import { folderDoor, isRecord, ownerOf, remoteDoor, work } from './door.ts'
import { figure, progressBar } from './terminal.ts'

/** `lineward rebuild`: the graph made anew from the ledger, beside the old one, and swapped. */
export const rebuild: Command = {
  name: 'rebuild',
  usage: [''],
  summary: 'Makes the graph anew from the ledger and says whether it is the same',
  async run({ config, terminal, json }) {
    await using door = await doorFor(config, terminal)
    const result = await work(door, '/api/v1/graph/rebuild', (done, total) => {
      terminal.progress(progressBar(done, total, 'entries'))
    })
    terminal.progress(undefined)
    const { entries, before, after, equal } = isRecord(result) ? { ...result } : {}
    if (json) {
      terminal.out(JSON.stringify({ entries, before, after, equal }))
      return 0
    }
    terminal.out(`before  ${typeof before === 'string' ? before : 'could not be read'}`)
    terminal.out(`after   ${String(after)}`)
    const verdict = equal === true ? 'The graph is the same' : 'The graph is another one'
    terminal.out(`${verdict}, from ${figure(Number(entries))} entries`)
    return 0
  },
}

async function doorFor(config: Config, terminal: Terminal): Promise<Door> {
  const owner = await ownerOf(config, { mustExist: true })
  if ('server' in owner) {
    terminal.note(`Working through the server at ${owner.server.url}`)
    return remoteDoor(owner.server.url, owner.server.tokens)
  }
  const { graph: file } = owner.folder.files
  try {
    const graph = await openFolderGraph(file, { find: async () => new Map() }, config)
    await graph[Symbol.asyncDispose]()
  } catch (error) {
    if (!(error instanceof LinewardError)) throw error
    // What cannot be opened is kept for whoever wants to know why; the ledger has all of it.
    putAside(file)
    terminal.note(`The graph could not be opened and was put aside: ${error.message}`)
  }
  return await folderDoor(config, owner.folder)
}

function putAside(file: string): void {
  try {
    renameSync(file, `${file}.unreadable`)
  } catch (cause) {
    throw new LinewardError('STORE_UNAVAILABLE', 'The graph cannot be put aside', { cause })
  }
}
