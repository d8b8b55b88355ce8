import type { Command } from './command.ts'
import { verifyLedger } from '../ledger/index.ts'
import { isRecord, ownerOf, remoteDoor, work } from './door.ts'
import { figure, progressBar } from './terminal.ts'

/** `lineward verify`: the ledger read back to its last byte. */
export const verify: Command = {
  name: 'verify',
  usage: [''],
  summary: 'Reads the whole ledger back and names the first entry that does not hold',
  async run({ config, terminal, json }) {
    const owner = await ownerOf(config, { mustExist: true })
    using opened = new DisposableStack()
    const onProgress = (done: number, total: number): void => {
      terminal.progress(progressBar(done, total, 'entries'))
    }
    const result =
      'server' in owner
        ? await work(
            remoteDoor(owner.server.url, owner.server.tokens),
            '/api/v1/ledger/verify',
            onProgress,
          )
        : await verifyLedger(opened.use(owner.folder).files.ledger, {
            onProgress: ({ entries, total }) => onProgress(entries, total),
          })
    terminal.progress(undefined)
    const { chain, entries, checkpoints, hash, broken } = isRecord(result) ? { ...result } : {}
    if (json)
      terminal.out(JSON.stringify({ chain, entries, checkpoints, hash, broken: broken ?? null }))
    if (isRecord(broken)) {
      const words = `Broken at ${String(broken['position'])}: ${String(broken['reason'])}`
      if (!json) terminal.out(words)
      return 1
    }
    const figures = `${figure(Number(entries))} entries and ${figure(Number(checkpoints))} checkpoints`
    if (!json) terminal.out(`The chain ${String(chain)} holds: ${figures}, head ${String(hash)}`)
    return 0
  },
}
