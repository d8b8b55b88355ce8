import type { Fact, JobName } from '../../model/index.ts'
import type { RunEvent } from './event.ts'
import { canonicalJobName } from '../../model/index.ts'
import { isContinuous, isSnapshot, jobSourceOf, jobTypeOf } from './description.ts'
import { datasetFacts, facetMentions, jobFacts, problemFacts, snapshotFacets } from './facts.ts'
import { digestOf, movedBy } from './moved.ts'
import { EventNames } from './names.ts'
import { parentOf } from './parent.ts'

/**
 * RunEvent: what one execution of a job was seen to do. Each event gives what it says by itself;
 * that the events of a run add up is the store's to know. Events of a job whose content mode is
 * COMPLETE_SNAPSHOT stand alone: their sets are told apart by `part`.
 *
 * @see openlineage.md sections 2 and 3
 */
export function runEvent(event: RunEvent): readonly Fact[] {
  const { at, runId: run, runFacets } = event
  const { facets: jobFacets } = event.job
  const names = new EventNames()
  const inputs = names.own(event.inputs)
  const outputs = names.own(event.outputs)
  const job = canonicalJobName(event.job.namespace, event.job.name)
  const parent = parentOf(runFacets, run)
  const moved = movedBy({ renames: true, jobFacets, inputs, outputs, names })
  const part = isSnapshot(jobFacets) ? digestOf(moved) : ''
  const continuous = isContinuous(jobFacets)
  const context = { at, by: { run }, names }

  return [
    ...problemFacts(event, names),
    jobFact(event, job, parent.job),
    { kind: 'run', at, run, job, event: event.eventType, continuous },
    ...(parent.run === undefined
      ? []
      : [{ kind: 'parent', at, run, parent: parent.run, parentJob: parent.job } as const]),
    ...jobFacts(job, jobFacets, at),
    ...snapshotFacets(jobFacets, { jobOfRun: run }, at),
    ...snapshotFacets(runFacets, { run }, at),
    ...inputs.flatMap((input) =>
      datasetFacts(input, { ...context, schemaBy: 'reader', side: 'reads' }),
    ),
    ...outputs.flatMap((output) =>
      datasetFacts(output, { ...context, schemaBy: 'writer', side: 'writes' }),
    ),
    ...facetMentions(names, { at, explicit: moved.explicit }),
    ...moved.inputs.map((dataset): Fact => ({ kind: 'io', at, run, part, side: 'reads', dataset })),
    ...moved.outputs.map((dataset): Fact => ({
      kind: 'io',
      at,
      run,
      part,
      side: 'writes',
      dataset,
    })),
    ...moved.maps.map(({ output, map }): Fact => ({
      kind: 'columnMap',
      at,
      run,
      part,
      output,
      map,
    })),
    ...moved.explicit.map((entry): Fact => ({ kind: 'explicit', at, run, part, entry })),
  ]
}

function jobFact(
  { at, job: { facets } }: RunEvent,
  job: JobName,
  parent: JobName | undefined,
): Fact {
  const type = jobTypeOf(facets)
  const source = jobSourceOf(facets)
  const isOwn = parent?.namespace === job.namespace && parent.name === job.name
  return {
    kind: 'job',
    at,
    job,
    ...(type === undefined ? {} : { type }),
    ...(source === undefined ? {} : { source }),
    ...(parent === undefined || isOwn ? {} : { parent }),
  }
}
