import type { Fields } from './chapter.ts'
import { fieldsIn, textIn } from '../lineage-answer.ts'

/** A column at one side of an edge, by its dataset and name. */
function columnKey(flow: Fields, side: 'from' | 'to'): string {
  return `${textIn(fieldsIn(flow, `${side}Dataset`), 'id')} ${textIn(fieldsIn(flow, side), 'name')}`
}

/**
 * The edges by which a column's values came, nearest first, and not those that only decided which
 * rows there are. `start` is a key as `columnKey` gives it.
 */
export function directWay(flows: readonly Fields[], start: string): readonly Fields[] {
  const way: Fields[] = []
  const reached = [start]
  for (const key of reached) {
    for (const flow of flows) {
      if (textIn(flow, 'type') !== 'DIRECT' || columnKey(flow, 'to') !== key) continue
      way.push(flow)
      if (!reached.includes(columnKey(flow, 'from'))) reached.push(columnKey(flow, 'from'))
    }
  }
  return way
}

/** The edges of a way whose columns nothing else in it makes: where the values begin. */
export function beginningsOf(way: readonly Fields[]): readonly Fields[] {
  return way.filter(
    (flow) => !way.some((other) => columnKey(other, 'to') === columnKey(flow, 'from')),
  )
}
