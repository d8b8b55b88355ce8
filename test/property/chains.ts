import type { GraphReader } from '../../src/graph/index.ts'
import type { DatasetId } from '../../src/model/index.ts'
import type { Chain, Governor } from '../../src/governance/index.ts'
import { expect } from 'vitest'

/**
 * Every applied label has an explanation: each way begins where the label was detected or stated,
 * goes on step by step along flows and meetings that the graph has, and ends at the label; the first
 * is worth what the label is. Gives how many steps were checked.
 */
export async function expectChains(graph: GraphReader, governor: Governor): Promise<number> {
  const page = await graph.datasets(undefined, { includeRetired: true }, { first: 1_000 })
  const ids = page.items.map(({ node }) => node.id)
  const answers = await governor.datasets(ids, undefined)
  const governed = await graph.governed(ids, undefined)
  // What was copied from a column that is gone began there all the same.
  const changed = new Set(
    governed.flatMap(({ id, formerColumns }) => (formerColumns.length > 0 ? [id] : [])),
  )
  let steps = 0
  for (const [id, { labels }] of answers) {
    for (const label of labels) {
      if (label.decision !== undefined && label.decision !== 'CONFIRMED') continue
      const found = await governor.explainLabel(
        { dataset: id, column: label.column },
        label.label,
        3,
      )
      const [best] = found?.chains ?? []
      expect(best?.confidence, `${label.label} of ${id}`).toBe(label.confidence)
      for (const chain of found?.chains ?? []) {
        const begins = answers.get(chain.from)?.labels ?? []
        const isStated = begins.some(
          ({ origin, label: own }) => origin !== 'PROPAGATED' && sameCategory(own, label.label),
        )
        expect(isStated || changed.has(chain.from), `${label.label} of ${chain.from}`).toBe(true)
        expect(await endsOf(chain, graph), `${label.label} gets to ${id}`).toContain(id)
        steps += chain.steps.length
      }
    }
  }
  return steps
}

/** Where a chain can have got to. */
async function endsOf({ from, steps }: Chain, graph: GraphReader): Promise<readonly DatasetId[]> {
  let at: readonly DatasetId[] = [from]
  for (const step of steps) {
    if ('flow' in step) {
      const moves = await graph.moves([step.flow], undefined)
      const through = moves.filter(
        ({ inputs }) => inputs.some((input) => at.includes(input)) || inputs.length === 0,
      )
      at = through.flatMap(({ inputs, outputs }) =>
        // What lay in a prefix that was overwritten from nowhere is still there.
        inputs.length === 0 ? [...outputs, ...at] : outputs,
      )
    } else {
      const { from: one, to: other } = step.meeting
      at = at.flatMap((id) => (id === one ? [other] : id === other ? [one] : []))
    }
  }
  return at
}

const plain = (label: string): string => label.replace(/^(?:AGG\.)?(?:PSEUDO\.)?/, '')
/** A generalisation is another category by rule. */
const sameCategory = (a: string, b: string): boolean =>
  plain(a) === plain(b) || (b.startsWith('QI.') && /^ID\.(?:DATE|GEO)$/.test(plain(a)))
