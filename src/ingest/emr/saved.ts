import type { DefinitionKey, Fact, Micros } from '../../model/index.ts'
import type { Movement } from '../command/index.ts'
import { mentionsOf, movedBy } from '../aws/moved.ts'

/** Jobs that Sqoop saves belong to the cluster: its store is on it unless it is told of another. */
export function savedKey(cluster: string, name: string): DefinitionKey {
  return { scope: `sqoop:${cluster}`, name }
}

/** The jobs that movements save, as they are from now on. */
export function definitionFacts(
  movements: readonly Movement[],
  { at, cluster }: Readonly<{ at: Micros; cluster: string }>,
): readonly Fact[] {
  return movements.flatMap(({ saves }): readonly Fact[] =>
    saves === undefined
      ? []
      : [
          ...mentionsOf(at, saves.movements),
          {
            kind: 'definition',
            at,
            key: savedKey(cluster, saves.name),
            moved: movedBy(saves.movements),
          },
        ],
  )
}

/**
 * Movements with what a saved job moves in place of the call of it, as far as the same request saves
 * it; the calls of others are left over.
 */
export function withSaved(
  movements: readonly Movement[],
  all: readonly Movement[],
): Readonly<{ movements: readonly Movement[]; left: readonly string[] }> {
  const saved = new Map(
    all.flatMap(({ saves }) =>
      saves === undefined ? [] : [[saves.name, saves.movements] as const],
    ),
  )
  const left = movements.flatMap(({ uses }) =>
    uses === undefined || saved.has(uses) ? [] : [uses],
  )
  const moved = movements.flatMap((movement) => [
    movement,
    ...(movement.uses === undefined ? [] : (saved.get(movement.uses) ?? [])),
  ])
  return { movements: moved, left }
}
