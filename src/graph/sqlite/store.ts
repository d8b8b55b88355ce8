import type { GraphStore } from '../port.ts'
import type { Parts } from './parts.ts'
import { LinewardError } from '../../errors.ts'
import { digestOf } from '../digest.ts'
import { datasetReader } from './dataset-reader.ts'
import { flowReader } from './flow-reader.ts'
import { governanceReader } from './governance-reader.ts'
import { jobReader } from './job-reader.ts'
import { listReader } from './list-reader.ts'
import { principalReader } from './principal-reader.ts'
import { proofReader } from './proof-reader.ts'
import { runReader } from './run-reader.ts'
import { logicalStateOf } from './state-reader.ts'

/**
 * The embedded store: reduced and derived state on SQLite, adjacency in memory. It answers by one
 * reader for each noun; once it is closed, all refuse with STORE_UNAVAILABLE.
 */
export function sqliteGraph(parts: Parts): GraphStore {
  let isOpen = true
  const open = (): Parts => {
    if (!isOpen) throw new LinewardError('STORE_UNAVAILABLE', 'The graph is closed')
    return parts.loaded()
  }
  return {
    ...datasetReader(open),
    ...jobReader(open),
    ...runReader(open),
    ...flowReader(open),
    ...principalReader(open),
    ...governanceReader(open),
    ...listReader(open),
    ...proofReader(open),

    async ready() {
      try {
        open()
        return { ready: true }
      } catch (error) {
        return { ready: false, reason: error instanceof Error ? error.message : String(error) }
      }
    },

    async watermark(chain) {
      const row = open().db.one('SELECT next FROM watermark WHERE chain = ?', chain)
      return Number(row?.['next'] ?? 0)
    },

    async reduce(batch) {
      await open().reduce(batch)
    },

    async derive(limit) {
      return await open().derive(limit)
    },

    async marksLeft() {
      return open().marks.left()
    },

    async digest() {
      return digestOf(logicalStateOf(open()))
    },

    async [Symbol.asyncDispose]() {
      if (!isOpen) return
      isOpen = false
      await parts.close()
    },
  }
}
