import type { GraphQLObjectType } from 'graphql'
import type { Running } from '../../service.ts'
import { readFileSync } from 'node:fs'
import { buildSchema, isObjectType } from 'graphql'

export const schema = buildSchema(
  readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'),
)

/** What questions are made of, beside the schema's own names. */
export type Vocabulary = Readonly<{
  /** Names, ids and cursors of what is in the graph, and some that mean nothing. */
  words: readonly string[]
  /** What there is, by the names that arguments have for it. */
  nodes: readonly Readonly<Record<string, string>>[]
  types: readonly GraphQLObjectType[]
}>

const all = `{
  datasets(first: 40, filter: { includeRetired: true }) {
    pageInfo { endCursor } edges { cursor node { id namespace name } } }
  jobs(first: 20) { edges { node { id namespace name runs(first: 2) { edges { node { id runId } } } } } }
  deadLetters(first: 5) { edges { node { id } } }
}`

/** The words that the graph of this server knows. */
export async function vocabularyOf({ url, tokens }: Running): Promise<Vocabulary> {
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: all }),
  })
  const found = new Set<string>()
  const nodes: Readonly<Record<string, string>>[] = []
  const gather = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const texts = Object.entries(value).filter(
      (pair): pair is [string, string] => typeof pair[1] === 'string',
    )
    for (const [, text] of texts) found.add(text)
    if (texts.some(([key]) => key === 'id')) nodes.push(Object.fromEntries(texts))
    Object.values(value).forEach(gather)
  }
  const { data } = (await answer.json()) as { data: unknown }
  gather(data)
  if (found.size < 20) throw new Error('there is too little in the graph to ask about')
  const odd = ['', 'nowhere', '%', '\u0000', '*', '../..', 'x'.repeat(500), 'bm9kZQ==', '__proto__']
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith('__'),
  ) as GraphQLObjectType[]
  return { words: [...found, ...odd], nodes, types }
}
