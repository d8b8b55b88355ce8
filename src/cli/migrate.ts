import type { Command } from './command.ts'
import { openTokenStore } from '../coordination/index.ts'
import { openFolderGraph, openFolderLedger, pendingIn, systemClock } from '../service/index.ts'
import { ownerOf } from './door.ts'

/** `lineward migrate`: the stores of a folder brought up to the code. */
export const migrate: Command = {
  name: 'migrate',
  usage: [''],
  summary: 'Brings the stores of the data folder up to this version',
  async run({ config, terminal, json }) {
    const owner = await ownerOf(config, { mustExist: true })
    if ('server' in owner) {
      terminal.note(`The server at ${owner.server.url} brought its stores up when it started`)
      if (json) terminal.out(JSON.stringify({ applied: [] }))
      return 0
    }
    await using opened = new AsyncDisposableStack()
    const { files } = opened.use(owner.folder)
    const applied = pendingIn(files)
    // Each store brings itself up when it is opened.
    const ledger = opened.use(await openFolderLedger(files, config))
    opened.use(await openFolderGraph(files.graph, ledger, config))
    opened.use(openTokenStore(files.coordination, systemClock))
    if (json) terminal.out(JSON.stringify({ applied }))
    else for (const name of applied) terminal.out(`applied ${name}`)
    if (!json && applied.length === 0) terminal.out('Nothing was to be done')
    return 0
  },
}
