import type { Command } from './command.ts'
import type { Listed } from './pages.ts'
import type { Terminal } from './terminal.ts'
import { findingKinds, severities } from '../governance/index.ts'
import { findingStatuses } from '../model/index.ts'
import { optionOf } from './command.ts'
import { openDoor } from './door.ts'
import { textIn } from './lineage-answer.ts'
import { firstOf, listed, membersOf } from './pages.ts'
import { settleJudged } from './settle-judged.ts'
import { figure, printable, tableText } from './terminal.ts'

const findingsQuery = `
  query ($kinds: [FindingKind!], $statuses: [FindingStatus!], $severities: [Severity!], $first: Int!,
    $after: String) {
    findings(kinds: $kinds, statuses: $statuses, severities: $severities, first: $first, after: $after) {
      edges { node {
        id kind severity status title detail firstSeen lastSeen occurrences assignee
        datasets { id namespace name }
      } }
      pageInfo { hasNextPage endCursor }
      behind
    }
  }`
const firstDefault = 50

/** `lineward findings`: what a person must look at. */
export const findings: Command = {
  name: 'findings',
  usage: ['[--kind KIND]… [--status STATUS]… [--severity SEVERITY]… [--first N]'],
  summary: 'Lists what a person must look at, the worst first',
  options: {
    kind: { value: 'KIND', multiple: true, meaning: `Only these: ${findingKinds.join(', ')}` },
    status: {
      value: 'STATUS',
      multiple: true,
      meaning: `Only these: ${findingStatuses.join(', ')}; OPEN unless told`,
    },
    severity: {
      value: 'SEVERITY',
      multiple: true,
      meaning: `Only these: ${severities.join(', ')}`,
    },
    first: { value: 'N', meaning: `At most so many; ${firstDefault} unless told` },
  },
  async run(invocation) {
    const { config, terminal, json, options } = invocation
    const statuses = membersOf('status', options.get('status') ?? ['OPEN'], findingStatuses) ?? []
    const variables = {
      kinds: membersOf('kind', options.get('kind'), findingKinds),
      statuses,
      severities: membersOf('severity', options.get('severity'), severities),
    }
    const first = firstOf(optionOf(invocation, 'first'), firstDefault)
    await using door = await openDoor(config, { mustExist: true, terminal })
    await settleJudged(door, terminal)
    const found = await listed(door, findingsQuery, { field: 'findings', first, variables })
    if (json) {
      const { nodes, more, behind } = found
      terminal.out(JSON.stringify({ findings: nodes, more, behind }))
    } else print(found, { terminal, statuses, first })
    if (!found.behind) return 0
    terminal.note('Incomplete: not everything accepted is judged yet')
    return 3
  },
}

function print(
  { nodes, more }: Listed,
  {
    terminal,
    statuses,
    first,
  }: Readonly<{ terminal: Terminal; statuses: readonly string[]; first: number }>,
): void {
  if (nodes.length === 0) {
    terminal.out(`No finding of that kind is ${statuses.join(' or ')}.`)
    return
  }
  const columns = ['severity', 'kind', 'status', 'lastSeen', 'occurrences', 'title', 'id'] as const
  const rows = nodes.map((node) =>
    columns.map((column) =>
      column === 'occurrences' ? figure(Number(node[column])) : printable(textIn(node, column)),
    ),
  )
  const headings = ['SEVERITY', 'KIND', 'STATUS', 'LAST SEEN', 'TIMES', 'WHAT', 'ID']
  for (const line of tableText(headings, rows)) terminal.out(line)
  if (more) terminal.note(`There are more: --first ${first * 10}`)
}
