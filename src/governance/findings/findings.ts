import type { FindingParts, Found } from './found.ts'
import { certificateFindings } from './certificate.ts'
import { crossings } from './crossings.ts'
import { datasetFindings } from './dataset.ts'
import { exposureFindings } from './exposure.ts'
import { setupFindings } from './setup.ts'

/** Everything that a person must look at, each once, by its id. */
export async function findingsOf(parts: FindingParts): Promise<ReadonlyMap<string, Found>> {
  const found = [
    ...setupFindings(parts),
    ...(parts.places.areDefined ? await crossings(parts) : []),
    ...certificateFindings(parts),
    ...exposureFindings(parts),
    ...(await datasetFindings(parts)),
  ]
  return new Map(found.map((one) => [one.id, one]))
}
