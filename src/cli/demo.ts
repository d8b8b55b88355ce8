import type { Config } from '../config.ts'
import type { Role } from '../coordination/index.ts'
import type { Command } from './command.ts'
import type { Door } from './door.ts'
import type { Teller } from './story/chapter.ts'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settings } from '../config.ts'
import { claimDataFolder, newToken } from '../coordination/index.ts'
import { hospital } from '../demo/index.ts'
import { createLog } from '../log.ts'
import { openService } from '../main.ts'
import { ask, isRecord, remoteDoor } from './door.ts'
import { query } from './graphql.ts'
import { accessChapters } from './story/access-chapters.ts'
import { awsChapters } from './story/aws-chapters.ts'
import { flowChapters } from './story/flow-chapters.ts'
import { governanceChapters } from './story/governance-chapters.ts'
import { play } from './story/play.ts'
import { proofChapters } from './story/proof-chapters.ts'

const width = 96

/** `lineward demo`: the sample hospital, handed in as its producers would, and what was found. */
export const demo: Command = {
  name: 'demo',
  usage: ['[--once]'],
  summary: 'Plays a sample hospital into a server of its own and tells what it found',
  options: { once: { meaning: 'Ends after the story instead of serving on' } },
  async run({ config, options, terminal, json, signal }) {
    await using cleanUp = new AsyncDisposableStack()
    const folder = mkdtempSync(join(tmpdir(), 'lineward-demo-'))
    const clear = (): void => rmSync(folder, { recursive: true, force: true })
    // Whoever reads the story may go away in the middle of it.
    process.once('exit', clear)
    cleanUp.defer(() => {
      process.off('exit', clear)
      clear()
    })
    const local = { admin: newToken(), producer: newToken() }
    const service = await openService({
      config: { ...config, data: folder, port: portOf(config) },
      folder: claimDataFolder(folder),
      log: createLog(config.logLevel === 'info' ? 'warn' : config.logLevel),
      local,
    })
    cleanUp.use(service)
    const url = await service.listen()
    const tellUrl = json ? terminal.note : terminal.out
    tellUrl(`${hospital.title}, on Lineward at ${url}`)

    const owner = remoteDoor(url, local)
    const door = remoteDoor(url, {
      producer: await newTokenOf(owner, 'producer'),
      admin: await newTokenOf(owner, 'steward', 'Stella Marsh'),
    })
    const second = remoteDoor(url, {
      ...local,
      admin: await newTokenOf(owner, 'steward', 'Tomas Lind'),
    })
    tellUrl('')
    const played = await play(door, { service, terminal })
    for (const line of played.flatMap(wrapped)) tellUrl(line)
    const teller: Teller = {
      ledger: service.ledger,
      ask: (text, variables) => query(door, text, variables),
      secondPerson: (text, variables) => query(second, text, variables),
    }
    for (const { title, tell } of [
      ...flowChapters,
      ...awsChapters,
      ...accessChapters,
      ...governanceChapters,
      ...proofChapters,
    ]) {
      const lines = await tell(teller)
      if (json) {
        terminal.out(JSON.stringify({ title, lines }))
        continue
      }
      terminal.out(`\n${title}`)
      for (const line of lines.flatMap(wrapped)) terminal.out(`  ${line}`)
    }
    if (options.has('once') || signal.aborted) return 0
    terminal.out(`\nSign in once: ${url}${service.server.newSignInPath()}`)
    terminal.out('Serving until Ctrl-C.')
    await once(signal, 'abort')
    return 0
  },
}

/** A free one, unless a port was asked for. */
function portOf({ port }: Config): number {
  return String(port) === settings.port.default ? 0 : port
}

/** A token as `lineward token create` makes it. */
async function newTokenOf(door: Door, role: Role, person?: string): Promise<string> {
  const name = person === undefined ? `demo ${role}` : `demo ${role} ${person}`
  const body = JSON.stringify({ name, role, ...(person === undefined ? {} : { person }) })
  const said = await ask(door, { method: 'POST', path: '/api/v1/tokens', body }, 'admin')
  return isRecord(said) ? String(said['token']) : ''
}

function wrapped(text: string): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length >= width) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
