import type { DatasetId, EntryKey } from '../../model/index.ts'
import type { Cell } from '../cells.ts'
import type { DatasetNode } from './adjacency.ts'
import type { CellTable } from './cell-table.ts'

type Rule = Readonly<{ rule: string; evidence: readonly EntryKey[] }>

/** Why a name is in its class: the strongest statement that joins it to another member. */
export class Rules {
  readonly #cells: CellTable

  constructor(cells: CellTable) {
    this.#cells = cells
  }

  of(dataset: DatasetNode, row: number): Rule {
    const others = new Map(
      dataset.names.filter((name) => name.row !== row).map((name) => [name.id, name.row]),
    )
    const split = this.#splitAt(row)
    const holds = (cell: Cell): boolean => {
      const other = others.get(after(cell.member) as DatasetId)
      if (other === undefined) return false
      const last = Math.max(split, this.#splitAt(other))
      // What a steward stated after the last split holds, what anybody else said only without one.
      return cell.property === 'decision' ? cell.at > last : last === -Infinity
    }
    const stated = this.#cells.between(row, 'alias', 'decision').filter(holds)
    for (const [property, rule] of strongestFirst) {
      const said = stated.filter((cell) => cell.property === property)
      const evidence = new Set(said.map(({ entry }) => entry as EntryKey))
      if (evidence.size > 0) return { rule, evidence: [...evidence] }
    }
    return { rule: 'name', evidence: [] }
  }

  #splitAt(row: number): number {
    const splits = this.#cells.of(row, 'decision').filter(({ member }) => member === 'split')
    return Math.max(-Infinity, ...splits.map(({ at }) => at))
  }
}

const strongestFirst = [
  ['decision', 'stated by a steward'],
  ['alias', 'symlink'],
  ['location', 'only location of the table'],
  ['located', 'only table of the location'],
] as const

function after(member: string): string {
  return member.slice(member.indexOf(':') + 1)
}
