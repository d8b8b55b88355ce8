import type { Fact } from '../../model/index.ts'
import type { DatasetEvent } from './event.ts'
import { datasetFacts, facetMentions, problemFacts } from './facts.ts'
import { explicitOf, mapsOf } from './moved.ts'
import { EventNames } from './names.ts'

/**
 * DatasetEvent: metadata of one dataset, stated by no run. Its `lineage` facet, or else its
 * `columnLineage`, declares where its content comes from and replaces what was declared before;
 * a deleted one takes the declaration back.
 *
 * @see openlineage.md sections 1 and 2.6
 */
export function datasetEvent(event: DatasetEvent): readonly Fact[] {
  const { at } = event
  const names = new EventNames()
  const parts = names.own([event.dataset])
  const { facets } = event.dataset
  const takesBack = [facets.get('lineage'), facets.get('columnLineage')].some(
    (facet) => facet?.deleted === true,
  )
  const explicit = parts.flatMap((part) => explicitOf(part, names))
  const maps = parts.flatMap((part) => mapsOf(part, names))
  const isEmpty = explicit.length === 0 && maps.length === 0

  return [
    ...problemFacts(event, names),
    ...parts.flatMap((part) =>
      part.names.flatMap(({ name }) =>
        datasetFacts(
          { ...part, names: part.names.filter((canonical) => canonical.name === name) },
          { at, by: { dataset: name }, names, schemaBy: 'statement', side: undefined },
        ),
      ),
    ),
    ...facetMentions(names, { at, explicit }),
    ...(isEmpty && !takesBack ? [] : names.all()).map((dataset): Fact => {
      const moved = {
        inputs: [],
        outputs: isEmpty ? [] : [dataset],
        maps: maps.filter(({ output }) => output === dataset),
        explicit: explicit.filter(({ target }) => target === dataset),
      }
      return { kind: 'declaration', at, by: { dataset }, moved }
    }),
  ]
}
