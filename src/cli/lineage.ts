import type { Command, Invocation } from './command.ts'
import type { Terminal } from './terminal.ts'
import { LinewardError } from '../errors.ts'
import { optionOf } from './command.ts'
import { openDoor, settle } from './door.ts'
import { query } from './graphql.ts'
import { lacks } from './lacks.ts'
import { edgesOf, fieldsIn, lineageQuery } from './lineage-answer.ts'
import { treeLines } from './lineage-tree.ts'

const directions = ['UPSTREAM', 'DOWNSTREAM', 'BOTH'] as const
const depthDefault = 5

/** `lineward lineage`: where the data of a dataset or column came from and went. */
export const lineage: Command = {
  name: 'lineage',
  usage: ['NAMESPACE NAME [--column C] [--direction up|down|both] [--depth N] [--as-of TIME]'],
  summary: 'Shows where a dataset or one of its columns came from and went',
  takesWords: true,
  options: {
    column: { value: 'C', meaning: 'One column of it, nested ones by dots' },
    direction: { value: 'DIRECTION', meaning: 'upstream, downstream or both (the default)' },
    depth: { value: 'N', meaning: `How many flows away at most; ${depthDefault} unless told` },
    'as-of': { value: 'TIME', meaning: 'By the events up to this time (ISO 8601)' },
  },
  async run(invocation) {
    const { config, words, terminal, json } = invocation
    const [namespace, name, ...more] = words
    if (namespace === undefined || name === undefined || more.length > 0) {
      throw new LinewardError('ARGUMENT_INVALID', 'Name one dataset: its namespace and its name')
    }
    const column = optionOf(invocation, 'column')
    const direction = directionOf(invocation)
    const variables = {
      of: [{ namespace, name, ...(column === undefined ? {} : { column }) }],
      direction,
      depth: depthOf(invocation),
      grain: column === undefined ? 'DATASET' : 'COLUMN',
      asOf: optionOf(invocation, 'as-of') ?? null,
    }
    await using door = await openDoor(config, { mustExist: true, terminal })
    await settle(door, terminal)
    const answer = fieldsIn(await query(door, lineageQuery, variables), 'lineage')
    if (json) terminal.out(JSON.stringify(answer))
    else print(answer, { column, direction, terminal })
    const completeness = fieldsIn(answer, 'completeness')
    if (completeness['complete'] === true) return 0
    terminal.note(`Incomplete: ${lacks(completeness).join('; ')}`)
    return 3
  },
}

function print(
  answer: Readonly<Record<string, unknown>>,
  how: Readonly<{
    column: string | undefined
    direction: (typeof directions)[number]
    terminal: Terminal
  }>,
): void {
  const { starts, labelOf, upstream, downstream } = edgesOf(answer, how.column)
  const ways = [
    { heading: 'upstream', hops: upstream, isAsked: how.direction !== 'DOWNSTREAM' },
    { heading: 'downstream', hops: downstream, isAsked: how.direction !== 'UPSTREAM' },
  ]
  for (const start of starts) {
    how.terminal.out(labelOf(start))
    for (const { heading, hops } of ways.filter(({ isAsked }) => isAsked)) {
      const lines = treeLines(start, hops, labelOf)
      how.terminal.out(lines.length === 0 ? `${heading}: nothing known` : heading)
      for (const line of lines) how.terminal.out(line)
    }
  }
}

function directionOf(invocation: Invocation): (typeof directions)[number] {
  const given = (optionOf(invocation, 'direction') ?? 'both').toUpperCase()
  const found = directions.find((direction) => given !== '' && direction.startsWith(given))
  if (found !== undefined) return found
  throw new LinewardError('ARGUMENT_INVALID', '--direction is upstream, downstream or both')
}

function depthOf(invocation: Invocation): number {
  const given = optionOf(invocation, 'depth') ?? String(depthDefault)
  if (/^\d{1,6}$/.test(given)) return Number(given)
  throw new LinewardError('ARGUMENT_INVALID', '--depth is a whole number')
}
