import type { Finding } from '../../../governance/index.ts'
import type { DatasetId, Statement, Zone } from '../../../model/index.ts'
import type { Maybe } from '../args.ts'
import type { ApiContext } from '../context.ts'
import type { DatasetRef, JobRef } from '../names.ts'
import type { SelectorInput } from '../selectors.ts'
import type { FindingView } from '../view.ts'
import { checkBoundary } from '../../../governance/index.ts'
import { digestId, micros } from '../../../model/index.ts'
import { completenessOf } from '../completeness.ts'
import { findingView } from '../finding-view.ts'
import { categoryIn } from '../label-asked.ts'
import { present } from '../loads.ts'
import { datasetAsked, jobAsked } from '../names.ts'
import { selectorsIn } from '../selectors.ts'
import { partMeant } from '../subject.ts'

type ChangeInput = Readonly<{
  boundary?: Maybe<Readonly<{ name: string; zone: Zone; selectors: readonly SelectorInput[] }>>
  withdrawLabel?: Maybe<Readonly<{ of: DatasetRef; label: string }>>
  certificate?: Maybe<Readonly<{ job: JobRef; outputs: readonly DatasetRef[] }>>
}>

/**
 * `Query.preview`: what would be otherwise, as the caller may see it.
 *
 * @throws LinewardError as the mutations do whose change it is.
 */
export const previewResolvers = {
  Query: {
    async preview(
      _root: unknown,
      { change }: Readonly<{ change: ChangeInput }>,
      context: ApiContext,
    ) {
      await context.judged()
      const statements = await statementsIn(change, context)
      const { opens, closes, statusChanges } = await context.parts.governance.preview(statements)
      const findings = [...opens, ...closes]
      const touched = [
        ...findings.flatMap(({ datasets }) => datasets),
        ...statusChanges.map(({ dataset }) => dataset),
      ]
      const changes = statusChanges.map(async ({ dataset: id, before, after }) => {
        const dataset = await context.load.dataset(id, undefined)
        return dataset && { dataset, before, after }
      })
      return {
        opens: await shown(opens, context),
        closes: await shown(closes, context),
        statusChanges: present(await Promise.all(changes)),
        completeness: await completenessOf(
          {
            asOf: undefined,
            datasets: new Set<DatasetId>(touched),
            flows: [],
            coarse: 0,
            truncatedBy: [],
          },
          context,
        ),
      }
    },
  },
}

async function shown(
  findings: readonly Finding[],
  context: ApiContext,
): Promise<readonly FindingView[]> {
  return present(await Promise.all(findings.map((one) => findingView(one, context))))
}

const reason = 'A preview'
/** No run is before or after these: a certificate that is looked at covers them all. */
const always = { validFrom: micros(0), expires: micros(Date.UTC(2199, 0) * 1000) }

async function statementsIn(
  { boundary, withdrawLabel, certificate }: ChangeInput,
  context: ApiContext,
): Promise<readonly Statement[]> {
  if (boundary) {
    const selectors = selectorsIn('change.boundary.selectors', boundary.selectors, context)
    const { name, zone } = boundary
    checkBoundary({ name, zone, selectors }, await context.parts.governance.boundaries())
    return [{ says: 'boundary', name, zone, selectors }]
  }
  if (withdrawLabel) {
    const label = categoryIn(withdrawLabel.label)
    const dataset = await datasetAsked(withdrawLabel.of, undefined, context)
    const of = await partMeant(withdrawLabel.of, dataset, context)
    return [{ says: 'label', of, label, holds: false, reason }]
  }
  if (!certificate) return []
  const { name: job } = await jobAsked(certificate.job, context)
  const outputs = await Promise.all(
    certificate.outputs.map(async (ref) =>
      partMeant(ref, await datasetAsked(ref, undefined, context), context),
    ),
  )
  const id = digestId('certificate', 'preview')
  const method = 'EXPERT_DETERMINATION'
  const said = { job, outputs, method, signer: '', statement: '', ...always } as const
  return [{ says: 'certificate', id, ...said }]
}
