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
    const members = new Set(dataset.names.map(({ id }) => id))
    const cells = this.#cells.between(row, 'alias', 'decision')
    const stated = cells.filter(({ property, member }) => {
      const other = property === 'decision' || property === 'located' ? after(member) : member
      return members.has(other as DatasetId)
    })
    for (const [property, rule] of strongestFirst) {
      const said = stated.filter((cell: Cell) => cell.property === property)
      const evidence = said.map(({ entry }) => entry as EntryKey)
      if (evidence.length > 0) return { rule, evidence }
    }
    return { rule: 'name', evidence: [] }
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
