import type { Transformation } from '../../../model/index.ts'

/** One column of a table that goes into something, and what is done to it on the way. */
export type Input = Readonly<{ table: number; column: string; done: Transformation }>

/**
 * A column of a query's result: its name if it has one, the columns that make it (none: a constant),
 * and whether it is one of them as it is.
 */
export type Column = Readonly<{ name: string | undefined; inputs: readonly Input[] }>

/** All columns of a table that are not named in `except`, in the table's own order. */
export type Star = Readonly<{ table: number; except: readonly string[] }>

export type Item = Readonly<{ column: Column } | { star: Star }>

export const identity: Transformation = { type: 'DIRECT', subtype: 'IDENTITY', masking: false }

export type Indirect = 'CONDITIONAL' | 'FILTER' | 'GROUP_BY' | 'JOIN' | 'SORT' | 'WINDOW'

export function indirect(subtype: Indirect): Transformation {
  return { type: 'INDIRECT', subtype, masking: false }
}

export function transformed(masking?: string): Transformation {
  return {
    type: 'DIRECT',
    subtype: 'TRANSFORMATION',
    ...(masking === undefined ? {} : { description: masking }),
    masking: masking !== undefined,
  }
}

export function aggregated(name: string): Transformation {
  return { type: 'DIRECT', subtype: 'AGGREGATION', description: name, masking: name === 'count' }
}

/**
 * What is done by `outer` to the outcome of `inner`: an aggregate of anything is an aggregate, and
 * what only decides stays what it is.
 *
 * @see openlineage.md section 3: AGGREGATION > TRANSFORMATION > IDENTITY, masking anywhere on the way
 */
export function composed(outer: Transformation, inner: Transformation): Transformation {
  if (outer.type === 'INDIRECT') return outer
  if (inner.type === 'INDIRECT' || outer.subtype === 'IDENTITY') return inner
  if (inner.subtype === 'IDENTITY') return outer
  const isOuter = outer.subtype === 'AGGREGATION' || inner.subtype === 'TRANSFORMATION'
  const [main, other] = isOuter ? [outer, inner] : [inner, outer]
  const description = main.description ?? other.description
  return {
    type: 'DIRECT',
    ...(main.subtype === undefined ? {} : { subtype: main.subtype }),
    ...(description === undefined ? {} : { description }),
    masking: outer.masking || inner.masking,
  }
}

export function through(outer: Transformation, inputs: readonly Input[]): readonly Input[] {
  return inputs.map((input) => ({ ...input, done: composed(outer, input.done) }))
}

/** Each once. */
export function distinct(inputs: readonly Input[]): readonly Input[] {
  const seen = new Map<string, Input>()
  for (const input of inputs) {
    const { type, subtype, description, masking } = input.done
    const key = JSON.stringify([input.table, input.column, type, subtype, description, masking])
    seen.set(key, input)
  }
  return [...seen.values()]
}
