import { openLedger } from '../../src/ledger/index.ts'

/*
 * `erase-child.ts FILE COUNT`: erases the entries below COUNT, one call for each, until it is killed.
 * A line for each call when it begins (`started`) and when it holds (`erased`).
 */
const [file = '', count = '0'] = process.argv.slice(2)
const ledger = await openLedger({ file })
const entries = await ledger.read(0, Number(count))

for (const [index, { position }] of entries.entries()) {
  process.stdout.write(`${JSON.stringify({ started: index })}\n`)
  await ledger.erase([position])
  process.stdout.write(`${JSON.stringify({ erased: index })}\n`)
}
