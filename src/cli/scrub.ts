import type { Command } from './command.ts'
import type { Terminal } from './terminal.ts'
import { isRecord, openDoor, work } from './door.ts'
import { figure, printable, progressBar } from './terminal.ts'

/** `lineward scrub`: what older rules let into the data folder leaves it. */
export const scrub: Command = {
  name: 'scrub',
  usage: ['[--dry-run]'],
  summary: 'Scrubs by the rules of today what older ones let in, and erases what they let through',
  options: { 'dry-run': { meaning: 'Says how much would change, and changes nothing' } },
  async run({ config, options, terminal, json }) {
    const isDry = options.has('dry-run')
    await using door = await openDoor(config, { mustExist: true, terminal })
    const path = `/api/v1/ledger/scrub?dryRun=${String(isDry)}`
    const said = await work(door, path, (done, total) => {
      terminal.progress(progressBar(done, total, 'entries'))
    })
    terminal.progress(undefined)
    const result = isRecord(said) ? said : {}
    if (json) terminal.out(JSON.stringify({ ...result, dryRun: isDry }))
    else tell(result, isDry, terminal)
    return Number(result['headers']) > 0 ? 3 : 0
  },
}

function tell(result: Readonly<Record<string, unknown>>, isDry: boolean, terminal: Terminal): void {
  const numberIn = (name: string): string => figure(Number(result[name]))
  const changed = `${numberIn('changed')} of ${numberIn('entries')} entries`
  const rules = `the rules of version ${numberIn('version')}`
  terminal.out(
    isDry
      ? `${changed} would change by ${rules}`
      : `${changed} changed by ${rules}, ${numberIn('erased')} payloads were erased`,
  )
  const detectors = isRecord(result['detectors']) ? Object.entries(result['detectors']) : []
  for (const [name, count] of detectors) {
    terminal.out(`  ${figure(Number(count)).padStart(9)}  ${printable(name)}`)
  }
  if (Number(result['headers']) === 0) return
  const named = Array.isArray(result['headersAt']) ? result['headersAt'] : []
  terminal.out(`${numberIn('headers')} entries hold a find in their header, which stays:`)
  for (const position of named) terminal.out(`  ${printable(String(position))}`)
  if (named.length < Number(result['headers'])) terminal.out('  …')
}
