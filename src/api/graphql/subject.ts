import type { DatasetPart, SpelledName } from '../../model/index.ts'
import type { ApiContext } from './context.ts'
import type { DatasetRef } from './names.ts'
import type { DatasetView } from './view.ts'
import { LinewardError } from '../../errors.ts'
import { canonicalName } from '../../model/index.ts'
import { quoted, textWithin } from './args.ts'
import { datasetAsked, datasetNamed, hasColumn } from './names.ts'
import { refuseSecret } from './scrubbed.ts'

const columnCharactersMax = 2000

/*
 * What a decision is about: it keeps a name and not an id, since datasets are worked out from names.
 */

/**
 * The dataset as a whole.
 *
 * @throws LinewardError ARGUMENT_INVALID when a column is named, and those of `datasetAsked`.
 */
export async function wholeDataset(of: DatasetRef, context: ApiContext): Promise<DatasetView> {
  if (typeof of.column === 'string') {
    throw new LinewardError('ARGUMENT_INVALID', 'This is said of a dataset, not of one column')
  }
  return datasetAsked(of, undefined, context)
}

/** A decision keeps the name that the person meant, whatever the dataset is called later. */
export function nameMeant({ namespace, name }: DatasetRef, dataset: DatasetView): SpelledName {
  return typeof namespace === 'string' && typeof name === 'string'
    ? canonicalName(namespace, name)
    : dataset.name
}

/** The dataset, or one column of it; a column that nothing has shown is taken with a warning. */
export async function partMeant(
  ref: DatasetRef,
  dataset: DatasetView,
  context: ApiContext,
): Promise<DatasetPart> {
  const name = nameMeant(ref, dataset)
  if (typeof ref.column !== 'string') return { dataset: name }
  const column = textWithin(columnCharactersMax, 'of.column', { value: ref.column })
  if (!(await hasColumn(dataset, column, context))) {
    refuseSecret('of.column', column, context)
    context.warn({
      code: 'COLUMN_UNSEEN',
      path: 'of.column',
      message: `No schema and no column map has shown the column ${quoted(column)} of ${quoted(name.name)}; it was taken as it is`,
    })
  }
  return { dataset: name, column }
}

/** The dataset of the name after a decision. @throws LinewardError FORBIDDEN when it is hidden now. */
export async function datasetNow(name: SpelledName, context: ApiContext): Promise<DatasetView> {
  const found = await datasetNamed(name, undefined, context)
  if (found !== undefined) return found
  // A join can bring the name into a dataset that goes by a name which the caller may not see.
  throw new LinewardError('FORBIDDEN', 'It was accepted; the dataset is not yours to see')
}
