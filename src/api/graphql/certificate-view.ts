import type { Certificate } from '../../governance/index.ts'
import type { ApiContext } from './context.ts'
import type { ColumnView, DatasetView, JobView } from './view.ts'
import { LinewardError } from '../../errors.ts'
import { jobIdOf } from '../../model/index.ts'
import { quoted } from './args.ts'
import { present } from './loads.ts'
import { datasetNamed } from './names.ts'
import { isLimited, sees } from './visible.ts'

/** `Certificate` in schema.graphql. */
export type CertificateView = Readonly<{
  record: Certificate
  job: JobView
  outputs: readonly DatasetView[]
  columns: readonly ColumnView[]
}>

/**
 * A certificate, when the caller may see its job and all that it covers: its statement tells of all
 * of it. What was retracted since is left out of what it covers.
 */
export async function certificateView(
  record: Certificate,
  context: ApiContext,
): Promise<CertificateView | undefined> {
  const { caller } = context
  if (isLimited(caller) && !sees(caller, record.job.namespace)) return undefined
  const parts = await Promise.all(
    record.outputs.map(async ({ dataset: name, column }) => {
      const dataset = await datasetNamed(name, undefined, context)
      return dataset && { dataset, column }
    }),
  )
  const seen = present(parts)
  if (isLimited(caller) && seen.length < parts.length) return undefined
  const job: JobView = {
    __typename: 'Job',
    id: jobIdOf(record.job),
    name: record.job,
    asOf: undefined,
  }
  return {
    record,
    job,
    outputs: [...new Map(seen.map(({ dataset }) => [dataset.id, dataset])).values()],
    columns: seen.flatMap(({ dataset, column }): readonly ColumnView[] =>
      column === undefined ? [] : [{ __typename: 'Column', dataset, name: column }],
    ),
  }
}

/** @throws LinewardError NOT_FOUND when there is none of this id that the caller may see. */
export async function certificateAsked(id: string, context: ApiContext): Promise<CertificateView> {
  await context.judged()
  const records = await context.parts.governance.certificates()
  const record = records.find((one) => one.id === id)
  const view = record && (await certificateView(record, context))
  if (view !== undefined) return view
  throw new LinewardError(
    'NOT_FOUND',
    `No certificate has the id ${quoted(id)}: \`certificates\` lists those that there are`,
  )
}
