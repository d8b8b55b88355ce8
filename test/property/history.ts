import type { Told } from '../contract/told.ts'
import type { Translated } from '../../src/graph/index.ts'
import type { Micros } from '../../src/model/index.ts'
import fc from 'fast-check'
import { keyOf, minute, received, retraction } from '../contract/told.ts'

/** One receipt, in the order in which the ledger took it. */
type Receipt = Readonly<{ told: Told }>

/** How the same tellings came in: each batch is reduced at once, and may be derived before the next. */
export type History = Readonly<{
  batches: readonly Readonly<{ entries: readonly Translated[]; derive: number }>[]
  /** All of it in the order of the ledger. */
  entries: readonly Translated[]
  retractions: number
  copies: number
}>

/** What of a world came to stay, and what was taken back. */
export type Kept = Readonly<{ stays: readonly Told[]; withdrawn: readonly Told[] }>

/** The receipts begin a day after the morning, so that what is told of the day before is not ahead. */
const receiptsBegin = minute(24 * 60)

/** Each telling once, in the order of the telling, in one batch. */
export function plainHistory(stays: readonly Told[]): readonly Translated[] {
  const distinct = new Map(stays.map((told) => [keyOf(told), told]))
  return [...distinct.values()].map((told, index) => received(told, at(index)))
}

/**
 * The same tellings in another order, some doubled, some withdrawn and sent again, cut into batches;
 * and between them what was withdrawn for good.
 */
export function historyOf({ stays, withdrawn }: Kept): fc.Arbitrary<History> {
  const groups = [
    ...stays.map((told) => lifeOf(told, true)),
    ...withdrawn.map((told) => lifeOf(told, false)),
  ]
  return fc
    .tuple(fc.tuple(...groups), fc.infiniteStream(fc.nat()), fc.boolean())
    .map(([lives, numbers, isLateReduced]) => {
      const next = (below: number): number => Number(numbers.next().value) % Math.max(1, below)
      const receipts = interleaved(lives, next)
      const entries = receipts.map(({ told }, index) => received(told, at(index)))
      // Chains of several writers reach the graph in any order, whatever their receipts say.
      const reduced = isLateReduced ? shuffled(entries, next) : entries
      const batches = cut(reduced, next)
      return {
        batches,
        entries,
        retractions: entries.filter(({ entry }) => entry.kind === 'retraction').length,
        copies: entries.length - new Set(entries.map(({ entry }) => entry.key)).size,
      }
    })
}

/** The receipts of one telling, in their order: copies, and retractions of those before them. */
function lifeOf(told: Told, stays: boolean): fc.Arbitrary<readonly Receipt[]> {
  const copies = fc.array(fc.constant(told), { minLength: 1, maxLength: 2 })
  return fc.tuple(copies, fc.integer({ min: 0, max: 5 }), copies).map(([before, luck, after]) => {
    const taken = retraction([told], minute(luck))
    if (!stays) return [...before, taken].map(asReceipt)
    if (luck > 0) return before.map(asReceipt)
    return [...before, taken, ...after].map(asReceipt)
  })
}

function asReceipt(told: Told): Receipt {
  return { told }
}

type Next = (below: number) => number

function interleaved(lives: readonly (readonly Receipt[])[], next: Next): readonly Receipt[] {
  const left = lives.map((life) => [...life])
  const receipts: Receipt[] = []
  while (left.some((life) => life.length > 0)) {
    const open = left.filter((life) => life.length > 0)
    const receipt = open[next(open.length)]?.shift()
    if (receipt !== undefined) receipts.push(receipt)
  }
  return receipts
}

function shuffled<Item>(items: readonly Item[], next: Next): readonly Item[] {
  const left = [...items]
  return items.flatMap(() => left.splice(next(left.length), 1))
}

function cut(entries: readonly Translated[], next: Next): History['batches'] {
  const batches: { entries: readonly Translated[]; derive: number }[] = []
  for (let from = 0; from < entries.length;) {
    const size = 1 + next(4)
    // None, some or all of what is marked is derived before the next batch comes.
    batches.push({ entries: entries.slice(from, from + size), derive: [0, 1, 100][next(3)] ?? 0 })
    from += size
  }
  return batches
}

function at(index: number): Micros {
  return (receiptsBegin + index) as Micros
}
