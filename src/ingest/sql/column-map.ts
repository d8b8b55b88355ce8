import type { ColumnInput, ColumnMap, DatasetName } from '../../model/index.ts'
import type { SqlName } from './name.ts'
import type { SqlColumnMap } from './statement.ts'
import { compareCodePoints, compareNames } from '../../model/index.ts'

/** The map with datasets for names, in the order of those; an input whose dataset is unknown is left out. */
export function columnMapOf(
  { fields, whole }: SqlColumnMap,
  datasetOf: (name: SqlName) => DatasetName | undefined,
): ColumnMap {
  const inputsOf = (inputs: SqlColumnMap['whole']): readonly ColumnInput[] =>
    inputs
      .flatMap(({ dataset: name, ...input }) => {
        const dataset = datasetOf(name)
        return dataset === undefined ? [] : [{ dataset, ...input }]
      })
      .toSorted(
        (a, b) => compareNames(a.dataset, b.dataset) || compareCodePoints(a.column, b.column),
      )
  return {
    fields: fields
      .map(({ column, inputs }) => ({ column, inputs: inputsOf(inputs) }))
      .toSorted((a, b) => compareCodePoints(a.column, b.column)),
    whole: inputsOf(whole),
  }
}
