import type { DocumentNode, FieldNode, FragmentDefinitionNode, SelectionSetNode } from 'graphql'
import { Kind } from 'graphql'

/** How a number is worked out bottom up: of a field from what is below it, of a set from its parts. */
export type Measure = Readonly<{
  field: (node: FieldNode, below: number) => number
  together: (one: number, other: number) => number
}>

/**
 * The measure of a document: that of its largest operation, every fragment measured where it is
 * spread. Reads each fragment once, however often and deep it is spread, so the work is that of the
 * document's length. A fragment that spreads itself counts as nothing in itself: validation
 * refuses it before anything runs.
 */
export function measured(document: DocumentNode, { field, together }: Measure): number {
  const fragments = fragmentsOf(document)
  const known = new Map<string, number>()

  const ofFragment = (name: string): number => {
    const before = known.get(name)
    if (before !== undefined) return before
    known.set(name, 0)
    const value = ofSet(fragments.get(name)?.selectionSet)
    known.set(name, value)
    return value
  }
  const ofSet = (set: SelectionSetNode | undefined): number =>
    (set?.selections ?? [])
      .map((node) => {
        if (node.kind === Kind.FIELD) return field(node, ofSet(node.selectionSet))
        return node.kind === Kind.INLINE_FRAGMENT
          ? ofSet(node.selectionSet)
          : ofFragment(node.name.value)
      })
      .reduce((one, other) => together(one, other), 0)

  return Math.max(
    0,
    ...document.definitions.map((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? ofSet(node.selectionSet) : 0,
    ),
  )
}

export function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION)
  return new Map(fragments.map((node) => [node.name.value, node]))
}
