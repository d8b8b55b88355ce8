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
    const { broken, ...said } = isRecord(result) ? { ...result } : {}
    const { chain, entries, checkpoints, erased, hash } = said
    if (json) {
      const holds = { chain, entries, checkpoints, erased, hash, broken: broken ?? null }
      terminal.out(JSON.stringify(holds))
    }
    if (isRecord(broken)) {
      const words = `Broken at ${String(broken['position'])}: ${String(broken['reason'])}`
      if (!json) terminal.out(words)
      return 1
    }
    const figures = `${figure(Number(entries))} entries and ${figure(Number(checkpoints))} checkpoints`
    const gone = Number(erased) === 0 ? '' : `, ${figure(Number(erased))} payloads erased`
    if (!json)
      terminal.out(`The chain ${String(chain)} holds: ${figures}${gone}, head ${String(hash)}`)
    return 0
  },
}
