import type { DatasetId, Side } from '../model/index.ts'
import type { Cell } from './cells.ts'
import type { RunDataset } from './port.ts'
import { bestOf } from './best-cell.ts'
import { facetRecords } from './facet-records.ts'

type Facets = Map<string, Cell>
type Shown = Readonly<{ side: Side; dataset: DatasetId; facets: Facets; ioFacets: Facets }>

/**
 * What one run read and wrote, gathered from the cells in which it says names: once for each dataset,
 * with the facets of all its names.
 */
export class DatasetsOfRun {
  readonly #datasetOf: (name: DatasetId) => DatasetId
  readonly #shown = new Map<string, Shown>()

  constructor(datasetOf: (name: DatasetId) => DatasetId) {
    this.#datasetOf = datasetOf
  }

  addIo({ member }: Cell): void {
    const [, side, name] = member.split(':') as [string, Side, DatasetId]
    this.#at(side, name)
  }

  addFacet(cell: Cell): void {
    const [side, name, group, key] = JSON.parse(cell.member) as [Side, DatasetId, string, string]
    const facets = this.#at(side, name)[group === 'facets' ? 'facets' : 'ioFacets']
    // Two names of one dataset can each have brought a facet of that key.
    const best = bestOf([facets.get(key), { ...cell, member: key }])
    if (best !== undefined) facets.set(key, best)
  }

  records(): readonly RunDataset[] {
    return [...this.#shown]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { side, dataset, facets, ioFacets }]) => ({
        side,
        dataset,
        facets: facetRecords([...facets.values()]),
        ioFacets: facetRecords([...ioFacets.values()]),
      }))
  }

  #at(side: Side, name: DatasetId): Shown {
    const dataset = this.#datasetOf(name)
    const key = `${side}:${dataset}`
    const known = this.#shown.get(key) ?? {
      side,
      dataset,
      facets: new Map(),
      ioFacets: new Map(),
    }
    this.#shown.set(key, known)
    return known
  }
}
