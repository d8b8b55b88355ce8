import type { ColumnInput, DatasetName, Transformation } from '../../model/index.ts'
import { compareCodePoints, compareNames } from '../../model/index.ts'

/** The input columns of one output column, or of the output as a whole, with what is done to them. */
export type Inputs = Map<DatasetName, Map<string, Map<string, Transformation>>>

/** One input column and one thing that is done to it; `key` makes the transformation that it is. */
export type Said = Readonly<{
  dataset: DatasetName
  column: string
  key: string
  transformation: Transformation
}>

/** What makes two transformations the same one. */
export function keyOf({ type, subtype, description, masking }: Transformation): string {
  return JSON.stringify([type, subtype ?? null, description ?? null, masking])
}

/** Adds what is said, in place; said again, it changes nothing. */
export function put(inputs: Inputs, { dataset, column, key, transformation }: Said): void {
  const columns = inputs.get(dataset) ?? new Map<string, Map<string, Transformation>>()
  inputs.set(dataset, columns)
  const transformations = columns.get(column) ?? new Map<string, Transformation>()
  columns.set(column, transformations)
  transformations.set(key, transformation)
}

/** Whether it was said of that column. */
export function has(
  inputs: Inputs,
  { dataset, column, key }: Omit<Said, 'transformation'>,
): boolean {
  return inputs.get(dataset)?.get(column)?.has(key) === true
}

/** Everything that is said, one by one. */
export function* each(inputs: Inputs): Generator<Said> {
  for (const [dataset, columns] of inputs) {
    for (const [column, transformations] of columns) {
      for (const [key, transformation] of transformations) {
        yield { dataset, column, key, transformation }
      }
    }
  }
}

/** What is said here and not there. */
export function without(inputs: Inputs, taken: Inputs): Inputs {
  if (taken.size === 0) return inputs
  const left: Inputs = new Map()
  for (const said of each(inputs)) if (!has(taken, said)) put(left, said)
  return left
}

/** What is said in any of them. */
export function union(...many: readonly Inputs[]): Inputs {
  const all: Inputs = new Map()
  for (const inputs of many) for (const said of each(inputs)) put(all, said)
  return all
}

/** In order, each column once with all that is done to it: equal inputs are equal text. */
export function settled(inputs: Inputs): readonly ColumnInput[] {
  const columnInputs: ColumnInput[] = []
  for (const [dataset, columns] of inputs) {
    for (const [column, byKey] of columns) {
      const sorted = [...byKey].toSorted(([a], [b]) => compareCodePoints(a, b))
      columnInputs.push({ dataset, column, transformations: sorted.map(([, done]) => done) })
    }
  }
  return columnInputs.toSorted(
    (a, b) => compareNames(a.dataset, b.dataset) || compareCodePoints(a.column, b.column),
  )
}
