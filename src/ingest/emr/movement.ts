import type { Fact, Micros } from '../../model/index.ts'
import type { Movement } from '../command/index.ts'
import { columnsOf, namesOf } from '../aws/moved.ts'
import { savedKey } from './saved.ts'

type Part = Readonly<{ at: Micros; run: string; part: string; cluster: string }>

/** What one command of a run moves, apart from what its other commands do. */
export function movementFacts(
  movement: Movement,
  { at, run, part, cluster }: Part,
): readonly Fact[] {
  const { maps, copies } = columnsOf(movement)
  const of = { at, run, part }
  return [
    ...namesOf(movement.inputs).map((dataset): Fact => ({
      kind: 'io',
      ...of,
      side: 'reads',
      dataset,
    })),
    ...namesOf(movement.outputs).map((dataset): Fact => ({
      kind: 'io',
      ...of,
      side: 'writes',
      dataset,
    })),
    ...maps.map((map): Fact => ({ kind: 'columnMap', ...of, ...map })),
    ...copies.map((copy): Fact => ({ kind: 'copies', ...of, copy })),
    ...namesOf(movement.replaces).map((dataset): Fact => ({
      kind: 'lifecycle',
      at,
      dataset,
      change: 'OVERWRITE',
      run,
      whole: true,
    })),
    ...(movement.uses === undefined
      ? []
      : [{ kind: 'uses', ...of, key: savedKey(cluster, movement.uses) } as const]),
  ]
}
