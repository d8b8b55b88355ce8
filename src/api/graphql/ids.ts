import type { DatasetId, FlowId, JobId, RunId } from '../../model/index.ts'

/** The id of its kind that a text is; undefined when it is none, whatever else it may be. */
export const idsOf = {
  dataset: (text: string) => (isId('dataset', text) ? (text as DatasetId) : undefined),
  job: (text: string) => (isId('job', text) ? (text as JobId) : undefined),
  run: (text: string) => (isId('run', text) ? (text as RunId) : undefined),
  flow: (text: string) => (isId('flow', text) ? (text as FlowId) : undefined),
} as const

const digestShape = /^[\w-]{22}$/

function isId(prefix: string, text: string): boolean {
  return text.startsWith(`${prefix}_`) && digestShape.test(text.slice(prefix.length + 1))
}
