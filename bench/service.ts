import type { Child } from './child.ts'
import { publishedServer } from '../src/coordination/index.ts'
import { startChild } from './child.ts'

/** A Lineward of its own process on a data folder. */
export type Service = Child & Readonly<{ url: string; producer: string; admin: string }>

export async function startService(folder: string): Promise<Service> {
  const command = new URL('../src/cli.ts', import.meta.url)
  const args = ['serve', '--port', '0', '--data', folder]
  const child = await startChild(command, args, /ready at (\S+)/)
  const server = publishedServer(folder)
  if (server === undefined) throw new Error('The service published no address')
  const { producer, admin } = server.tokens
  return {
    said: child.said,
    pid: child.pid,
    url: server.url,
    producer,
    admin,
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
