import type { Item } from './input.ts'
import type { Node } from './node.ts'
import type { Scope, Source } from './scope.ts'
import { inputsOf } from './expression.ts'
import { identifierIn, nodesIn } from './node.ts'
import { nameOf } from './scope.ts'

/** What `*` or `t.*` stands for: the columns of queries by name, all those of a table unnamed. */
export function starItems(
  star: Node,
  scope: Scope,
): Readonly<{ items: readonly Item[]; isUnordered: boolean }> {
  const qualifier = identifierIn(star, 'table')
  const visible = scope.sources.filter(({ isHidden }) => isHidden !== true)
  const one = qualifier === undefined ? undefined : scope.source([scope.fold(qualifier)])
  const sources = qualifier === undefined ? visible : one === undefined ? [] : [one]
  const left = new Set(namesIn(star['except'], scope))
  const replaced: Item[] = nodesIn(star['replace']).flatMap((alias) => {
    const named = identifierIn(alias, 'alias')
    if (named === undefined) return []
    const name = scope.fold(named)
    left.add(name)
    return [{ column: { name, inputs: inputsOf(alias['this'], scope) } }]
  })
  const items = sources.flatMap((source) => itemsOf(source, left))
  const isUnordered =
    replaced.length > 0 ||
    sources.some((source) => source.kind === 'derived' && source.result.alternatives.length > 1)
  return { items: [...items, ...replaced], isUnordered }
}

function namesIn(value: unknown, scope: Scope): readonly string[] {
  return nodesIn(value).flatMap((name) => {
    const named = identifierIn({ name }, 'name')
    return named === undefined ? [] : [scope.fold(named)]
  })
}

function itemsOf(source: Source, left: ReadonlySet<string>): readonly Item[] {
  const isLeft = (name: string | undefined): boolean => name !== undefined && left.has(name)
  switch (source.kind) {
    case 'table':
      return [{ star: { table: source.table, except: [...left].toSorted() } }]
    case 'function':
      return source.columns
        .filter((name) => !isLeft(name))
        .map((name) => ({ column: { name, inputs: source.inputs } }))
    case 'derived':
      return source.result.alternatives
        .flatMap((items) =>
          items.map((item, place): Item => {
            if ('star' in item) {
              const except = [...new Set([...item.star.except, ...left])].toSorted()
              return { star: { ...item.star, except } }
            }
            const name = source.columns[place] ?? item.column.name
            return { column: { ...item.column, name } }
          }),
        )
        .filter((item) => !isLeft(nameOf(item)))
  }
}
