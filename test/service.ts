import type { Role } from '../src/coordination/index.ts'
import type { Service } from '../src/main.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../src/config.ts'
import { claimDataFolder, newToken, openTokenStore } from '../src/coordination/index.ts'
import { createLog } from '../src/log.ts'
import { openService } from '../src/main.ts'
import { systemClock } from '../src/service/index.ts'

export type Running = Readonly<{
  url: string
  data: string
  service: Service
  /** A token for each role. */
  tokens: Readonly<Record<Role, string>>
  log: readonly string[]
  post: (
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    more?: Readonly<Record<string, string>>,
  ) => Promise<Response>
  get: (path: string, token?: string) => Promise<Response>
}> &
  AsyncDisposable

/** An empty folder that is gone afterwards. */
function temporaryFolder(): Disposable & Readonly<{ path: string }> {
  const path = mkdtempSync(join(tmpdir(), 'lineward-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** A real service on a folder of its own and a free port. `env` holds settings. */
export async function running(
  env: Readonly<Record<string, string>> = {},
  data?: string,
): Promise<Running> {
  const kept = temporaryFolder()
  const path = data ?? join(kept.path, 'data')
  const config = readConfig({ env: { LINEWARD_PORT: '0', LINEWARD_DATA: path, ...env } })
  const folder = claimDataFolder(path)
  const tokens = grantAll(folder.files.coordination)
  const log: string[] = []
  const service = await openService({
    config,
    folder,
    log: createLog('debug', { write: (line: string) => log.push(line) }),
    local: { admin: newToken(), producer: newToken() },
  })
  const url = await service.listen()
  const headers = { authorization: `Bearer ${tokens.producer}`, 'content-type': 'application/json' }
  return {
    url,
    data: path,
    service,
    tokens,
    log,
    post: (route, body, more = {}) =>
      fetch(`${url}${route}`, { method: 'POST', headers: { ...headers, ...more }, body }),
    get: (route, token) =>
      fetch(
        `${url}${route}`,
        token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
      ),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]()
      kept[Symbol.dispose]()
    },
  }
}

function grantAll(file: string): Readonly<Record<Role, string>> {
  using store = openTokenStore(file, systemClock)
  const grant = (role: Role, person?: string): string =>
    store.create({
      name: `the ${role}`,
      role,
      person,
      namespaces: undefined,
      formats: undefined,
      expiresAt: undefined,
    })
  const there = store.list().length > 0
  if (there) for (const { name, revokedAt } of store.list()) if (!revokedAt) store.revoke(name)
  return {
    admin: grant('admin', 'Ada'),
    steward: grant('steward', 'Stella'),
    auditor: grant('auditor', 'Aude'),
    producer: grant('producer'),
  }
}

let made = 0

/** A good OpenLineage event, another one each time, reading `in` and writing `out` of namespace `n`. */
export function event(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  made += 1
  return {
    eventType: 'COMPLETE',
    eventTime: '2026-02-01T10:00:00Z',
    run: { runId: `0199c1f0-0000-7000-8000-${String(made).padStart(12, '0')}` },
    job: { namespace: 'jobs', name: 'copy' },
    inputs: [{ namespace: 'n', name: 'in' }],
    outputs: [{ namespace: 'n', name: 'out' }],
    producer: 'https://example.test/producer',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    ...more,
  }
}
