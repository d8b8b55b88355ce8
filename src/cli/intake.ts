import type { Command } from './command.ts'
import type { Terminal } from './terminal.ts'
import { openDoor, settle } from './door.ts'
import { query } from './graphql.ts'
import { fieldsIn, listIn } from './lineage-answer.ts'
import { figure, printable, tableText } from './terminal.ts'

const intakeQuery = `query ($first: Int!) {
  intake {
    settled entries projectionLag governanceLag deadLetters
    sources { source events lastEvent lagMs }
    unknownEvents(first: $first) { source name count lastSeen }
    irrelevantEvents(first: $first) { source name count lastSeen }
  }
}`
/** Of each kind of event, unless pages have to be shorter. */
const shownMax = 100

type Fields = Readonly<Record<string, unknown>>

/** `lineward intake`: what came in, from where, and what became of it. */
export const intake: Command = {
  name: 'intake',
  usage: [''],
  summary: 'Shows what came in, from where, and how much of it nobody reads yet',
  async run({ config, terminal, json }) {
    const first = Math.min(shownMax, config.pageSizeMax)
    await using door = await openDoor(config, { mustExist: true, terminal })
    await settle(door, terminal)
    const answer = fieldsIn(await query(door, intakeQuery, { first }), 'intake')
    if (json) terminal.out(JSON.stringify(answer))
    else print(answer, terminal)
    return 0
  },
}

function print(answer: Fields, terminal: Terminal): void {
  const count = (key: string): string => figure(Number(answer[key]))
  const rows = [
    ['entries', count('entries')],
    ['not in the graph yet', count('projectionLag')],
    ['not judged yet', count('governanceLag')],
    ['dead letters', count('deadLetters')],
  ]
  for (const line of tableText(['INTAKE', 'COUNT'], rows)) terminal.out(line)
  const sources = listIn(answer, 'sources').map((one) => ({ ...one, lag: lagOf(one['lagMs']) }))
  table(terminal, 'sources', ['source', 'events', 'lastEvent', 'lag'], sources)
  const counted = ['source', 'name', 'count', 'lastSeen']
  const kept = 'kept, for a translator to come'
  table(terminal, `unknown events (${kept})`, counted, listIn(answer, 'unknownEvents'))
  const tallied = 'counted as they came, and not kept'
  table(terminal, `irrelevant events (${tallied})`, counted, listIn(answer, 'irrelevantEvents'))
}

function table(
  terminal: Terminal,
  heading: string,
  columns: readonly string[],
  rows: readonly Fields[],
): void {
  terminal.out('')
  terminal.out(rows.length === 0 ? `${heading}: none` : heading)
  if (rows.length === 0) return
  const cells = rows.map((row) => columns.map((column) => cellOf(row[column])))
  for (const line of tableText(
    columns.map((one) => one.toUpperCase()),
    cells,
  ))
    terminal.out(line)
}

function cellOf(value: unknown): string {
  if (typeof value === 'number') return figure(value)
  return value === null || value === undefined ? '-' : printable(String(value))
}

const unitsOfLag = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const

/** For how long nothing newer is known, in whole units of the largest that there is one of. */
function lagOf(ms: unknown): string | undefined {
  if (typeof ms !== 'number') return undefined
  const [unit, size] = unitsOfLag.find(([, length]) => ms >= length) ?? ['s', 1000]
  return `${Math.floor(ms / size)} ${unit}`
}
