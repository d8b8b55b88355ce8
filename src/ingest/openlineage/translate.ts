import type { Entry, Fact, Json, Mover } from '../../model/index.ts'
import type { OpenLineageEvent } from './event.ts'
import { canonicalJobName, canonicalName, canonicalNames } from '../../model/index.ts'
import { datasetEvent } from './dataset-event.ts'
import { distinctFacts } from './distinct.ts'
import { isRefusal, readEvent } from './event.ts'
import { jobEvent } from './job-event.ts'
import { mapped } from './mapping.ts'
import { redactionFacts } from './redacted.ts'
import { runEvent } from './run-event.ts'

/**
 * The facts of one OpenLineage event, and of what the scrubber found in it. Pure. An event that the
 * scrubber left without an identity gives one `problem` fact; it is in the ledger all the same.
 */
export function translateOpenLineage(
  value: Json,
  { eventTime, exposures, context }: Pick<Entry, 'eventTime' | 'exposures' | 'context'>,
): readonly Fact[] {
  const event = readEvent(mapped(value, context))
  if (isRefusal(event)) {
    const { code, path, reason } = event
    return [
      { kind: 'problem', at: eventTime, code, path, reason, names: [] },
      ...exposureFacts(exposures, eventTime, undefined),
    ]
  }
  return distinctFacts([
    ...factsOf(event),
    ...(exposures.length === 0 ? [] : redactionFacts(event, datasetsIn(event))),
    ...exposureFacts(exposures, event.at, moverOf(event)),
  ])
}

function factsOf(event: OpenLineageEvent): readonly Fact[] {
  switch (event.kind) {
    case 'run':
      return runEvent(event)
    case 'job':
      return jobEvent(event)
    case 'dataset':
      return datasetEvent(event)
  }
}

function exposureFacts(
  exposures: Entry['exposures'],
  at: Entry['eventTime'],
  of: Mover | undefined,
): readonly Fact[] {
  return exposures.map((exposure): Fact => ({ kind: 'exposure', at, of, ...exposure }))
}

function moverOf(event: OpenLineageEvent): Mover {
  switch (event.kind) {
    case 'run':
      return { run: event.runId }
    case 'job':
      return { job: canonicalJobName(event.job.namespace, event.job.name) }
    case 'dataset': {
      const { namespace, name } = event.dataset.spelling
      return { dataset: canonicalName(namespace, name) }
    }
  }
}

function datasetsIn(event: OpenLineageEvent): readonly { namespace: string; name: string }[] {
  const parts = event.kind === 'dataset' ? [event.dataset] : [...event.inputs, ...event.outputs]
  return parts.flatMap(({ spelling }) =>
    canonicalNames(spelling.namespace, spelling.name).map(({ name }) => name),
  )
}
