/** A node of the parser's tree. */
export type Node = Readonly<Record<string, unknown>>

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What an expression is, and its members: a node with exactly one member, named for its kind. */
export function kindOf(value: unknown): readonly [kind: string, body: Node] | undefined {
  if (!isNode(value)) return undefined
  const [entry, other] = Object.entries(value)
  if (entry === undefined || other !== undefined) return undefined
  const [kind, body] = entry
  return [kind, isNode(body) ? body : {}]
}

export function nodesIn(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : []
}

export function nodeIn(node: Node, key: string): Node | undefined {
  const value = node[key]
  return isNode(value) ? value : undefined
}

export function textIn(node: Node | undefined, key: string): string | undefined {
  const value = node?.[key]
  return typeof value === 'string' ? value : undefined
}

/** An identifier of the tree: a name, and whether it stood in quotes. */
export type Identifier = Readonly<{ name: string; isQuoted: boolean }>

export function identifierIn(node: Node, key: string): Identifier | undefined {
  const value = node[key]
  if (typeof value === 'string') return { name: value, isQuoted: false }
  if (!isNode(value)) return undefined
  const name = textIn(value, 'name')
  return name === undefined ? undefined : { name, isQuoted: value['quoted'] === true }
}
