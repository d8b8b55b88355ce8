import type { Service } from '../../../src/main.ts'
import type { Role } from '../../../src/coordination/index.ts'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { readConfig } from '../../../src/config.ts'
import { claimDataFolder, newToken } from '../../../src/coordination/index.ts'
import { createLog } from '../../../src/log.ts'
import { openService } from '../../../src/main.ts'

type Variables = Readonly<Record<string, unknown>>
export type AskedError = Readonly<{ message: string; path?: unknown; extensions: { code: string } }>

/** What came back. */
export type Asked = Readonly<{
  status: number
  text: string
  data: unknown
  errors: readonly AskedError[]
  codes: readonly string[]
}>

export type World = AsyncDisposable &
  Readonly<{
    service: Service
    /** A token of this role; with namespaces, limited to them; with a person, theirs. */
    token: (role: Role, namespaces?: readonly string[], person?: string) => Promise<string>
    ask: (query: string, variables?: Variables, token?: string) => Promise<Asked>
    /** The data of an answer without errors, of the shape that the test says it has. */
    answer: <Data>(query: string, variables?: Variables, token?: string) => Promise<Data>
    /** Hands in OpenLineage events as a producer, and expects them to be accepted. */
    post: (...events: readonly object[]) => Promise<void>
    /** The same at the door that takes every format, or at another; `{"text": …}` is that text. */
    postTo: (
      at: Readonly<{ door?: string; context?: Readonly<Record<string, string>> }>,
      events: readonly object[],
    ) => Promise<void>
  }>

/** A whole service on a folder of its own, behind its own doors; nothing listens. */
export async function openWorld(flags: Readonly<Record<string, string>> = {}): Promise<World> {
  const path = mkdtempSync(join(tmpdir(), 'lineward-graphql-'))
  const local = { admin: newToken(), producer: newToken() }
  const service = await openService({
    config: readConfig({ flags: { data: path, ...flags }, env: {} }),
    folder: claimDataFolder(path),
    log: createLog('silent'),
    local,
  })
  const { app } = service.server

  async function ask(query: string, variables?: Variables, token = local.admin): Promise<Asked> {
    const headers = { authorization: `Bearer ${token}` }
    const payload = { query, variables }
    const answer = await app.inject({ method: 'POST', url: '/graphql', headers, payload })
    const { data, errors = [] } = answer.json<{ data?: unknown; errors?: readonly AskedError[] }>()
    const codes = errors.map(({ extensions }) => extensions.code)
    return { status: answer.statusCode, text: answer.body, data, errors, codes }
  }

  async function postTo(
    { door = '/api/v1/lineage', context = {} }: Parameters<World['postTo']>[0],
    events: readonly object[],
  ): Promise<void> {
    const pairs = Object.entries(context).map(([key, value]) => [`context.${key}`, value])
    const query = pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
    const headers = { authorization: `Bearer ${local.producer}` }
    const send = async (payload: string | readonly object[], type: string): Promise<void> => {
      const how = { method: 'POST', url: `${door}${query}`, payload } as const
      const answer = await app.inject({ ...how, headers: { ...headers, 'content-type': type } })
      if (answer.statusCode >= 300) throw new Error(answer.body)
    }
    for (const event of events) if ('text' in event) await send(String(event.text), 'text/plain')
    await send(
      events.filter((event) => !('text' in event)),
      'application/json',
    )
  }

  return {
    service,
    async token(role, namespaces, person) {
      const grant = { name: `${role}-${randomUUID()}`, role, namespaces, person }
      const headers = { authorization: `Bearer ${local.admin}` }
      const answer = await app.inject({
        method: 'POST',
        url: '/api/v1/tokens',
        headers,
        payload: grant,
      })
      const { token } = answer.json<{ token?: string }>()
      if (token === undefined) throw new Error(answer.body)
      return token
    },
    ask,
    async answer<Data>(query: string, variables?: Variables, token?: string): Promise<Data> {
      const { data, errors } = await ask(query, variables, token)
      expect(errors).toEqual([])
      return data as Data
    },
    post: (...events) => postTo({}, events),
    postTo,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
