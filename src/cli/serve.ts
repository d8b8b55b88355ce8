import type { Command } from './command.ts'
import { once } from 'node:events'
import { claimDataFolder, newToken, publishedServer } from '../coordination/index.ts'
import { LinewardError } from '../errors.ts'
import { createLog } from '../log.ts'
import { openService } from '../main.ts'

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/** `lineward serve`: the service on a data folder, until it is told to stop. */
export const serve: Command = {
  name: 'serve',
  usage: ['[--host ADDRESS] [--port PORT] [--data FOLDER]'],
  summary: 'Takes in events and answers questions, until SIGTERM or Ctrl-C',
  async run({ config, terminal, signal }) {
    const folder = claim(config.data)
    const local = { admin: newToken(), producer: newToken() }
    await using service = await openService({
      config,
      folder,
      log: createLog(config.logLevel),
      local,
    })
    const url = await service.listen()
    if (!loopback.has(config.host)) {
      terminal.note('Tokens travel unencrypted from here: put a proxy that speaks TLS before it.')
    }
    if (service.isFirstStart) {
      const minutes = Math.round(config.signInMs / 60_000)
      terminal.note(
        `Sign in once, within ${minutes} minutes: ${url}${service.server.newSignInPath()}`,
      )
    }
    terminal.out(`Lineward is ready at ${url}`)
    if (!signal.aborted) await once(signal, 'abort')
    terminal.note('Finishing what was accepted')
    return 0
  },
}

function claim(data: string): ReturnType<typeof claimDataFolder> {
  try {
    return claimDataFolder(data)
  } catch (error) {
    const server = publishedServer(data)
    const isServed = error instanceof LinewardError && error.code === 'DATA_FOLDER_IN_USE'
    if (!isServed || server === undefined) throw error
    throw new LinewardError(error.code, `The data folder is served already, at ${server.url}`, {
      cause: error,
    })
  }
}
