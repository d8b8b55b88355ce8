import type { DefinitionKey, Fact, Micros } from '../../model/index.ts'
import type { Movement, SavedName } from '../command/index.ts'
import { mentionsOf, movedBy } from '../aws/moved.ts'

/** Jobs that Sqoop saves belong to the cluster: its store is on it unless it is told of another. */
export function savedKey(cluster: string, { name, store }: SavedName): DefinitionKey {
  return { scope: `sqoop:${store ?? cluster}`, name }
}

/** What tells saved jobs of one request apart. */
function wordsOf({ name, store }: SavedName): string {
  return JSON.stringify([store ?? null, name])
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
            key: savedKey(cluster, saves),
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
      saves === undefined ? [] : [[wordsOf(saves), saves.movements] as const],
    ),
  )
  const left = movements.flatMap(({ uses }) =>
    uses === undefined || saved.has(wordsOf(uses)) ? [] : [uses.name],
  )
  const moved = movements.flatMap((movement) => [
    movement,
    ...(movement.uses === undefined ? [] : (saved.get(wordsOf(movement.uses)) ?? [])),
  ])
  return { movements: moved, left }
}
