import type { DatasetName, ExplicitEntry, Json, JsonObject } from '../../model/index.ts'
import type { EventNames } from './names.ts'
import { compareNames } from '../../model/index.ts'
import { addInput, datasetsOf, emptyDraft, inputsOf, settleMap } from './column-lineage.ts'
import { objectIn, objectsIn, textIn } from '../members.ts'

/**
 * Entries of the `lineage` facet of a job: one for each target, several for a target that is a brace
 * list. A target of type JOB is the job itself: its inputs end there. A facet without any is complete
 * all the same, and is told by one for the job itself into which nothing comes.
 *
 * @see openlineage.md section 3, precedence 1
 */
export function jobEntries(facet: Json, names: EventNames): readonly ExplicitEntry[] {
  const entries = objectsIn(facet, 'entries')
  if (entries.length === 0) return [entryFor(null, {}, names)]
  return entries.flatMap((entry) => {
    const targets = isJob(entry) ? [null] : names.resolve(spellingOf(entry))
    return targets.map((target) => entryFor(target, entry, names))
  })
}

/** The one entry of the `lineage` facet of a dataset, which is its target. */
export function datasetEntry(target: DatasetName, facet: Json, names: EventNames): ExplicitEntry {
  return entryFor(target, facet, names)
}

/**
 * Inputs are those of the entry and those that its fields name: a field's input feeds the target
 * all the same where `inputs` is absent, and where it is there and does not say so. An input that
 * is a job brings no dataset.
 */
function entryFor(target: DatasetName | null, entry: Json, names: EventNames): ExplicitEntry {
  const draft = emptyDraft()
  const datasets = new Set<DatasetName>()
  for (const input of datasetInputs(entry)) {
    for (const dataset of names.resolve(spellingOf(input))) datasets.add(dataset)
    addInput(draft.whole, input, names, undefined)
  }
  for (const [column, field] of Object.entries(objectIn(entry, 'fields') ?? {})) {
    const inputs = inputsOf(draft, column)
    for (const input of datasetInputs(field)) {
      for (const dataset of names.resolve(spellingOf(input))) datasets.add(dataset)
      addInput(inputs, input, names, undefined)
    }
  }
  const map = settleMap(draft)
  for (const dataset of datasetsOf(map)) datasets.add(dataset)
  return { target, inputs: [...datasets].toSorted(compareNames), map }
}

function datasetInputs(owner: Json): readonly JsonObject[] {
  return objectsIn(owner, 'inputs').filter((input) => !isJob(input))
}

function isJob(value: JsonObject): boolean {
  return textIn(value, 'type')?.toUpperCase() === 'JOB'
}

function spellingOf(value: JsonObject): { namespace: string; name: string } {
  return { namespace: textIn(value, 'namespace') ?? '', name: textIn(value, 'name') ?? '' }
}
