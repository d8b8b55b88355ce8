import { derivations } from '../src/derive/index.ts'
import { openSqliteGraph } from '../src/graph/index.ts'
import { translationVersion } from '../src/ingest/index.ts'

/*
 * Opens a graph and says what the process holds of memory before and after, once everything that is
 * not needed was let go of.
 */

const [file = ''] = process.argv.slice(2)
const { gc } = globalThis

async function settledBytes(): Promise<number> {
  for (let round = 0; round < 3; round += 1) await gc?.({ execution: 'async', type: 'major' })
  return process.memoryUsage.rss()
}

const before = await settledBytes()
const from = performance.now()
const graph = openSqliteGraph({ file, derivations, translationVersion, facts: async () => [] })
const seconds = (performance.now() - from) / 1000
const after = await settledBytes()
console.log(`memory ${JSON.stringify({ before, after, seconds })}`)
await graph[Symbol.asyncDispose]()
