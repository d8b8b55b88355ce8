import type { Command } from './command.ts'
import type { Terminal } from './terminal.ts'
import type { Listed } from './pages.ts'
import { datasetStatuses, zones } from '../model/index.ts'
import { optionOf } from './command.ts'
import { openDoor } from './door.ts'
import { fieldsIn, textIn } from './lineage-answer.ts'
import { firstOf, listed, membersOf } from './pages.ts'
import { settleJudged } from './settle-judged.ts'
import { printable, tableText } from './terminal.ts'

const footprintQuery = `
  query ($atLeast: DatasetStatus!, $zones: [Zone!], $asOf: DateTime, $first: Int!, $after: String) {
    footprint(atLeast: $atLeast, zones: $zones, asOf: $asOf, first: $first, after: $after) {
      edges { node { status enforced zone because dataset { id namespace name kind owners } } }
      pageInfo { hasNextPage endCursor }
      behind
    }
  }`
const atLeastDefault = 'PHI_LIMITED'
const firstDefault = 100
const becauseShown = 3

/** `lineward footprint`: where PHI lies. */
export const footprint: Command = {
  name: 'footprint',
  usage: ['[--at-least STATUS] [--zone ZONE]… [--as-of TIME] [--first N]'],
  summary: 'Lists the datasets that are PHI, or of another status at least, the worst first',
  options: {
    'at-least': {
      value: 'STATUS',
      meaning: `The least status that is listed; ${atLeastDefault} unless told. One of ${datasetStatuses.join(', ')}`,
    },
    zone: {
      value: 'ZONE',
      multiple: true,
      meaning: `Only in this zone: ${zones.join(', ')}; again for more`,
    },
    'as-of': { value: 'TIME', meaning: 'By the events up to this time (ISO 8601)' },
    first: { value: 'N', meaning: `At most so many; ${firstDefault} unless told` },
  },
  async run(invocation) {
    const { config, terminal, json, options } = invocation
    const least = optionOf(invocation, 'at-least') ?? atLeastDefault
    const atLeast = membersOf('at-least', [least], datasetStatuses)?.[0] ?? atLeastDefault
    const variables = {
      atLeast,
      zones: membersOf('zone', options.get('zone'), zones),
      asOf: optionOf(invocation, 'as-of') ?? null,
    }
    const first = firstOf(optionOf(invocation, 'first'), firstDefault)
    await using door = await openDoor(config, { mustExist: true, terminal })
    await settleJudged(door, terminal)
    const found = await listed(door, footprintQuery, { field: 'footprint', first, variables })
    if (json) {
      const { nodes, more, behind } = found
      terminal.out(JSON.stringify({ footprint: nodes, more, behind }))
    } else print(found, { terminal, atLeast, first })
    if (!found.behind) return 0
    terminal.note('Incomplete: not everything accepted is judged yet')
    return 3
  },
}

function print(
  { nodes, more }: Listed,
  { terminal, atLeast, first }: Readonly<{ terminal: Terminal; atLeast: string; first: number }>,
): void {
  if (nodes.length === 0) {
    terminal.out(`No dataset is ${atLeast} or worse there.`)
    return
  }
  const rows = nodes.map((node) => {
    const dataset = fieldsIn(node, 'dataset')
    const status = textIn(node, 'status')
    const enforced = textIn(node, 'enforced')
    const because: unknown = node['because']
    const words = Array.isArray(because) ? because.map(String) : []
    const rest = words.length > becauseShown ? `, ${words.length - becauseShown} more` : ''
    return [
      status === enforced ? status : `${status} (as ${enforced})`,
      textIn(node, 'zone'),
      printable(textIn(dataset, 'namespace')),
      printable(textIn(dataset, 'name')),
      printable(`${words.slice(0, becauseShown).join(', ')}${rest}`),
    ]
  })
  for (const line of tableText(['STATUS', 'ZONE', 'NAMESPACE', 'NAME', 'BECAUSE'], rows)) {
    terminal.out(line)
  }
  if (more) terminal.note(`There are more: --first ${first * 10}`)
}
