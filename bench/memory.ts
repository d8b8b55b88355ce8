import type { Figure } from './figure.ts'
import type { World } from './world.ts'
import { startChild } from './child.ts'
import { shown } from './figure.ts'
import { bytesOf } from './peers/plain-walk.ts'
import { plainOfWorld } from './plain-of.ts'

const mebibyte = 1 << 20

/** What the store holds in memory for each dataset, beside the same graph in typed arrays. */
export async function memory(graphFile: string, made: World): Promise<readonly Figure[]> {
  const file = new URL('open-graph.ts', import.meta.url)
  await using child = await startChild(file, [graphFile], /^memory (.*)$/, ['--expose-gc'])
  const { before, after, seconds } = JSON.parse(child.said) as Record<string, number>
  const held = (after ?? 0) - (before ?? 0)
  const count = made.datasets.length
  const names = made.datasets.reduce(
    (sum, { namespace, name }) => sum + namespace.length + name.length,
    0,
  )
  const plain = bytesOf(plainOfWorld(made)) + names
  return [
    {
      line: `memory of the store, ${shown(count)} datasets, ${shown(made.jobs.length)} flows`,
      measured: `${shown(held / count)} bytes for each dataset (${shown(held / mebibyte)} MiB)`,
      against: `typed arrays and the text of the names: ${shown(plain / count)} bytes`,
      ratio: plain / held,
      note: `Resident memory after opening less that before, with what SQLite keeps of the file; opening took ${shown(seconds ?? 0)} s.`,
    },
  ]
}
