import type { Command } from './command.ts'
import { LinewardError } from '../errors.ts'
import { ask, isRecord, ownerOf, remoteDoor } from './door.ts'

/** `lineward signin`: a fresh one-time link of the server of this folder. */
export const signin: Command = {
  name: 'signin',
  usage: [''],
  summary: 'Prints a link that signs one browser in to the running server, once',
  async run({ config, terminal, json }) {
    const owner = await ownerOf(config, { mustExist: true })
    if ('folder' in owner) {
      owner.folder[Symbol.dispose]()
      throw new LinewardError('NOT_FOUND', 'No server runs on this folder; start one first')
    }
    const door = remoteDoor(owner.server.url, owner.server.tokens)
    const answer = await ask(door, { method: 'POST', path: '/api/v1/sign-in-links' }, 'admin')
    const path = isRecord(answer) ? String(answer['path']) : ''
    const url = `${owner.server.url}${path}`
    terminal.out(json ? JSON.stringify({ url }) : url)
    return 0
  },
}
