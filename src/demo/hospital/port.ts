import type { DatasetName, Facets, Port, Producer } from './event.ts'
import type { Field } from './columns.ts'
import { facet } from './facets.ts'

/**
 * A dataset as an input or output, with the source that it is read from and, where `fields` are
 * given, its schema. The name is written as it stands: spell it first where the producer does.
 */
export function portOf(
  producer: Producer,
  { namespace, name }: DatasetName,
  more: Readonly<{
    fields?: readonly Field[]
    facets?: Facets
    inputFacets?: Facets
    outputFacets?: Facets
  }> = {},
): Port {
  const { fields, facets, ...sides } = more
  return {
    namespace,
    name,
    facets: {
      dataSource: facet(producer, 'DatasourceDatasetFacet', { name: namespace, uri: namespace }),
      ...(fields && { schema: facet(producer, 'SchemaDatasetFacet', { fields }) }),
      ...facets,
    },
    ...sides,
  }
}
