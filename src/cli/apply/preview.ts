import type { Door } from '../door.ts'
import type { WantedBoundary } from './boundary-file.ts'
import { LinewardError } from '../../errors.ts'
import { query } from '../graphql.ts'
import { fieldsIn, listIn, textIn } from '../lineage-answer.ts'

type PreviewedFinding = Readonly<{ id: string; kind: string; severity: string; title: string }>

/** What a change would do, made alone. */
export type Previewed = Readonly<{
  opens: readonly PreviewedFinding[]
  closes: readonly PreviewedFinding[]
  statusChanges: readonly Readonly<{ dataset: string; before: string; after: string }>[]
  complete: boolean
}>

const previewQuery = `query Preview($change: ChangeInput!) {
  preview(change: $change) {
    opens { id kind severity title }
    closes { id kind severity title }
    statusChanges { dataset { namespace name } before after }
    completeness { complete }
  }
}`

/**
 * Which findings would open and close if the boundary stood; undefined from a server that gives no
 * previews. Errors as for `query`.
 */
export async function previewOf(
  door: Door,
  { name, zone, selectors }: WantedBoundary,
): Promise<Previewed | undefined> {
  const data = await asked(door, { change: { boundary: { name, zone, selectors } } })
  if (data === undefined) return undefined
  const preview = fieldsIn(data, 'preview')
  const findings = (key: string): readonly PreviewedFinding[] =>
    listIn(preview, key).map((one) => ({
      id: textIn(one, 'id'),
      kind: textIn(one, 'kind'),
      severity: textIn(one, 'severity'),
      title: textIn(one, 'title'),
    }))
  return {
    opens: findings('opens'),
    closes: findings('closes'),
    statusChanges: listIn(preview, 'statusChanges').map((one) => {
      const dataset = fieldsIn(one, 'dataset')
      return {
        dataset: `${textIn(dataset, 'namespace')} ${textIn(dataset, 'name')}`,
        before: textIn(one, 'before'),
        after: textIn(one, 'after'),
      }
    }),
    complete: fieldsIn(preview, 'completeness')['complete'] === true,
  }
}

async function asked(
  door: Door,
  variables: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return await query(door, previewQuery, variables)
  } catch (error) {
    if (error instanceof LinewardError && error.code === 'QUERY_INVALID') return undefined
    throw error
  }
}
