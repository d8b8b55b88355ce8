import type { DatasetName, Fact, Micros } from '../../model/index.ts'
import type { EventNames, NamedPart } from './names.ts'
import { isLocation } from '../../model/index.ts'
import { objectsIn, textIn } from '../members.ts'
import { facetValue } from './facet.ts'

/**
 * The `symlinks` of one dataset: each identifier is another name of it, and a table that names a
 * location points there. What is without a namespace or a name says nothing; neither does a brace
 * list, of which it cannot be told which of its names is meant.
 *
 * @see openlineage.md section 5; MQ#2645
 */
export function symlinkFacts(
  { part, names: [dataset, ...more] }: NamedPart,
  { at, names }: { readonly at: Micros; readonly names: EventNames },
): readonly Fact[] {
  if (dataset === undefined || more.length > 0) return []
  const facts: Fact[] = []
  for (const identifier of objectsIn(facetValue(part.facets, 'symlinks'), 'identifiers')) {
    const namespace = textIn(identifier, 'namespace')
    const name = textIn(identifier, 'name')
    if (namespace === undefined || name === undefined) continue
    const [other, ...others] = names.of({ namespace, name })
    if (other === undefined || others.length > 0) continue
    facts.push({
      kind: 'mention',
      at,
      dataset: other.name,
      spelling: { namespace, name },
      touched: false,
    })
    if (other.name !== dataset.name) facts.push(linkOf(dataset.name, other.name, at))
  }
  return facts
}

function linkOf(dataset: DatasetName, other: DatasetName, at: Micros): Fact {
  const [here, there] = [isLocation(dataset), isLocation(other)]
  if (here === there) return { kind: 'alias', at, dataset, other }
  const [table, location] = here ? [other, dataset] : [dataset, other]
  return { kind: 'location', at, table, location, by: 'symlink' }
}
