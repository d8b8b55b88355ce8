import type { Page, PageAsk } from '../../graph/index.ts'
import type { PageArgs } from './args.ts'
import type { ApiContext } from './context.ts'
import { pageOf } from './args.ts'
import { isLimited } from './visible.ts'

export type Edge<Node> = Readonly<{ node: Node; cursor: string }>

/** A Relay connection, as every `…Connection` of schema.graphql is. */
export type Connection<Node> = Readonly<{
  edges: readonly Edge<Node>[]
  pageInfo: Readonly<{ hasNextPage: boolean; endCursor: string | undefined }>
}>

/** Gives the nodes for the items of one page, in their order; undefined for what must not be seen. */
type View<Item, Node> = (
  items: readonly Item[],
) => readonly (Node | undefined)[] | Promise<readonly (Node | undefined)[]>

/**
 * One page of what `fetch` gives, as the caller may see it. Where something is hidden it reads on
 * until the page is full, so that neither a gap nor a cursor tells of it.
 *
 * @throws LinewardError LIMIT_EXCEEDED when `first` exceeds `pageSizeMax`, ARGUMENT_INVALID when it
 *   is under 1 or the cursor is none that the port gave.
 */
export async function connection<Item, Node>(
  args: PageArgs,
  { config, caller }: ApiContext,
  {
    fetch,
    view,
    isSparse = isLimited(caller),
  }: Readonly<{
    fetch: (page: PageAsk) => Promise<Page<Item>>
    view: View<Item, Node>
    /** Many items may be left out: they are fetched many at once. */
    isSparse?: boolean
  }>,
): Promise<Connection<Node>> {
  const { first, after } = pageOf(config.pageSizeMax, args)
  const atOnce = isSparse ? config.pageSizeMax : first
  const edges: Edge<Node>[] = []
  let ask: PageAsk | undefined = { first: atOnce, after }
  while (ask !== undefined && edges.length < first) {
    const page: Page<Item> = await fetch(ask)
    const nodes = await view(page.items.map(({ node }) => node))
    for (const [index, { cursor }] of page.items.entries()) {
      const node = nodes[index]
      if (node !== undefined) edges.push({ node, cursor })
    }
    const last = page.items.at(-1)
    ask = page.hasNextPage && last !== undefined ? { first: atOnce, after: last.cursor } : undefined
  }
  const shown = edges.slice(0, first)
  return {
    edges: shown,
    pageInfo: {
      hasNextPage: edges.length > first || ask !== undefined,
      endCursor: shown.at(-1)?.cursor,
    },
  }
}
