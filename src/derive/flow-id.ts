import type { DatasetId, FlowId, FlowKind, JobId } from '../model/index.ts'
import { digestId } from '../model/index.ts'

/** The id of a flow is made from its job, kind and names alone, so it is equal on every store. */
export function flowIdOf(
  job: JobId | undefined,
  kind: FlowKind,
  sets: { readonly inputs: readonly DatasetId[]; readonly outputs: readonly DatasetId[] },
): FlowId {
  return digestId('flow', job ?? '', kind, sets.inputs.join(), sets.outputs.join()) as FlowId
}
