/** What is known of columns, to be found by a column, by one that it lies in, or by one in it. */
export type ByColumn<Value> = Readonly<{
  of: ReadonlyMap<string, Value>
  /** Some of them lie in others: `address.zip`. */
  isNested: boolean
}>

export function byColumn<Value>(of: ReadonlyMap<string, Value>): ByColumn<Value> {
  return { of, isNested: [...of.keys()].some((column) => column.includes('.')) }
}

/** Of the same column, and of those in it or about it. */
export function valuesAt<Value>(
  { of, isNested }: ByColumn<Value>,
  column: string,
): readonly Value[] {
  if (isNested || column.includes('.')) {
    return [...of].flatMap(([other, value]) => (covers(other, column) ? [value] : []))
  }
  const value = of.get(column)
  return value === undefined ? [] : [value]
}

/** The same column, or one in it, by dotted paths. */
export function covers(read: string, column: string): boolean {
  return read === column || column.startsWith(`${read}.`) || read.startsWith(`${column}.`)
}
