import type { JobName } from '../../model/index.ts'
import type { Where } from '../aws/arn.ts'
import { withoutRunMarks } from '../../model/index.ts'
import { namespaceIn } from '../aws/arn.ts'

/** `{cluster}/{step}`, both without what differs from run to run. A cluster without a name has its id. */
export function stepJob(where: Where, cluster: string, step: string): JobName {
  return { namespace: spaceOf(where), name: `${recurring(cluster)}/${recurring(step)}` }
}

/** The cluster itself, which its steps run on: a job that the steps are parts of. */
export function clusterJob(where: Where, cluster: string): JobName {
  return { namespace: spaceOf(where), name: recurring(cluster) }
}

function spaceOf(where: Where): string {
  return namespaceIn(where, 'elasticmapreduce')
}

// What is no date for certain is one here: a time of day, or a number of six or more digits.
const number = /[-_. ]+(?:\d{6,}|\d\d:\d\d(?::\d\d)?)$/

/**
 * The name of what recurs: without a trailing date, time, UUID, or number of six or more digits.
 *
 * @see naming.md "Jobs and runs"
 */
export function recurring(name: string): string {
  let left = name
  for (;;) {
    const folded = withoutRunMarks(left)
    const shorter = folded.slice(0, number.exec(folded)?.index ?? folded.length)
    if (shorter === '' || shorter === left) return left
    left = shorter
  }
}
