import type { Fact } from '../../model/index.ts'
import type { JobEvent } from './event.ts'
import { canonicalJobName } from '../../model/index.ts'
import { jobSourceOf, jobTypeOf } from './description.ts'
import { datasetFacts, facetMentions, jobFacts, problemFacts } from './facts.ts'
import { movedBy } from './moved.ts'
import { EventNames } from './names.ts'

/**
 * JobEvent: what a job is declared to do. It replaces the job's declaration before it, when it
 * names a dataset or has a `lineage` facet (also one that is deleted, which takes it back);
 * otherwise it only describes the job.
 *
 * @see openlineage.md sections 1 and 2.6
 */
export function jobEvent(event: JobEvent): readonly Fact[] {
  const { at } = event
  const { facets } = event.job
  const names = new EventNames()
  const inputs = names.own(event.inputs)
  const outputs = names.own(event.outputs)
  const job = canonicalJobName(event.job.namespace, event.job.name)
  const type = jobTypeOf(facets)
  const source = jobSourceOf(facets)
  const moved = movedBy({ renames: false, jobFacets: facets, inputs, outputs, names })
  const declares = inputs.length > 0 || outputs.length > 0 || facets.has('lineage')
  const context = { at, by: { job }, names }

  return [
    ...problemFacts(event, names),
    {
      kind: 'job',
      at,
      job,
      ...(type === undefined ? {} : { type }),
      ...(source === undefined ? {} : { source }),
    },
    ...jobFacts(job, facets, at),
    ...inputs.flatMap((input) =>
      datasetFacts(input, { ...context, schemaBy: 'reader', side: 'reads' }),
    ),
    ...outputs.flatMap((output) =>
      datasetFacts(output, { ...context, schemaBy: 'statement', side: 'writes' }),
    ),
    ...facetMentions(names, { at, explicit: moved.explicit }),
    ...(declares ? [{ kind: 'declaration', at, by: { job }, moved } as const] : []),
  ]
}
