import type { JobName } from '../../model/index.ts'
import type { Facets } from './parts.ts'
import { canonicalJobName } from '../../model/index.ts'
import { objectIn, textIn } from '../members.ts'
import { facetValue } from './facet.ts'

/** `run` is absent where the parent is known by its job alone. */
export type Parent = Readonly<{ run: string | undefined; job: JobName | undefined }>

/**
 * The run and job that contain this run, from `parent`, or `parentRun` as old Airflow calls it. A
 * run that names itself has no parent. `root` is not read: what lies between it and this run is
 * unknown.
 *
 * @see openlineage.md section 6
 */
export function parentOf(runFacets: Facets, run: string): Parent {
  const facet = facetValue(runFacets, 'parent') ?? facetValue(runFacets, 'parentRun')
  const parent = textIn(objectIn(facet, 'run'), 'runId')
  if (parent === run) return { run: undefined, job: undefined }
  const namespace = textIn(objectIn(facet, 'job'), 'namespace')
  const name = textIn(objectIn(facet, 'job'), 'name')
  const job =
    namespace === undefined || name === undefined ? undefined : canonicalJobName(namespace, name)
  return { run: parent, job }
}
