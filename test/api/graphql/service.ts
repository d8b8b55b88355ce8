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
    /** A token of this role; with namespaces, limited to them. */
    token: (role: Role, namespaces?: readonly string[]) => Promise<string>
    ask: (query: string, variables?: Variables, token?: string) => Promise<Asked>
    /** The data of an answer without errors, of the shape that the test says it has. */
    answer: <Data>(query: string, variables?: Variables, token?: string) => Promise<Data>
    /** Hands in OpenLineage events as a producer, and expects them to be accepted. */
    post: (...events: readonly object[]) => Promise<void>
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

  return {
    service,
    async token(role, namespaces) {
      const grant = { name: `${role}-${randomUUID()}`, role, namespaces }
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
    async post(...events) {
      const headers = { authorization: `Bearer ${local.producer}` }
      const url = '/api/v1/lineage'
      const answer = await app.inject({ method: 'POST', url, headers, payload: events })
      if (answer.statusCode >= 300) throw new Error(answer.body)
    },
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]()
      rmSync(path, { recursive: true, force: true })
    },
  }
}
