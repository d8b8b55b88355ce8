import type { Command, ExitCode, Invocation } from './command.ts'
import type { Door } from './door.ts'
import type { Terminal } from './terminal.ts'
import { LinewardError } from '../errors.ts'
import { optionOf } from './command.ts'
import { openDoor, settle } from './door.ts'
import { query } from './graphql.ts'
import { fieldsIn, listIn, textIn } from './lineage-answer.ts'
import { firstOf } from './pages.ts'
import { figure, printable, tableText } from './terminal.ts'

type Fields = Readonly<Record<string, unknown>>

const firstDefault = 50
const pageMax = 500
/** The least that `replayLettersMax` of the server can be. */
const replayAtOnce = 100

const listQuery = `query ($first: Int!, $after: String) {
  deadLetters(first: $first, after: $after) {
    edges { node { id code reason receivedAt sender } }
    pageInfo { hasNextPage endCursor }
  }
}`
const showQuery = listQuery.replace('sender }', 'sender event }')
const replayMutation = `mutation ($ids: [ID!], $after: String) {
  replayDeadLetters(ids: $ids, after: $after) { replayed stillDead endCursor }
}`

/** `lineward dead-letters list | show ID | replay ID … | replay --all`. */
export const deadLetters: Command = {
  name: 'dead-letters',
  usage: ['list [--code C] [--first N]', 'show ID', 'replay ID … | replay --all'],
  summary: 'Lists, shows and tries again what could not be used',
  takesWords: true,
  options: {
    code: { value: 'CODE', meaning: 'Only those with this code, such as EVENT_UNIDENTIFIABLE' },
    first: {
      value: 'N',
      meaning: `At most so many, the newest first; ${firstDefault} unless told`,
    },
    all: { meaning: 'Tries all of them again, as after an upgrade' },
  },
  async run(invocation) {
    const { config, words, terminal } = invocation
    const [action, ...ids] = words
    const isAll = invocation.options.has('all')
    const isRight =
      (action === 'list' && ids.length === 0) ||
      (action === 'show' && ids.length === 1) ||
      (action === 'replay' && ids.length > 0 !== isAll)
    if (!isRight) {
      throw new LinewardError(
        'ARGUMENT_INVALID',
        'dead-letters list, dead-letters show ID, or dead-letters replay ID … (or --all)',
      )
    }
    await using door = await openDoor(config, { mustExist: true, terminal })
    await settle(door, terminal)
    if (action === 'list') return await list(door, invocation)
    if (action === 'show') return await show(door, ids[0] ?? '', invocation)
    return await replay(door, isAll ? undefined : ids, invocation)
  },
}

async function list(door: Door, invocation: Invocation): Promise<ExitCode> {
  const { terminal, json } = invocation
  const code = optionOf(invocation, 'code')
  const first = firstOf(optionOf(invocation, 'first'), firstDefault)
  const found: Fields[] = []
  for await (const letter of lettersOf(door, listQuery)) {
    if (code !== undefined && letter['code'] !== code) continue
    found.push(letter)
    if (found.length > first) break
  }
  const shown = found.slice(0, first)
  if (json) {
    terminal.out(JSON.stringify({ deadLetters: shown, more: found.length > first }))
    return 0
  }
  if (shown.length === 0) {
    terminal.out(
      code === undefined ? 'There are no dead letters.' : `None has the code ${printable(code)}.`,
    )
    return 0
  }
  const columns = ['id', 'receivedAt', 'sender', 'code', 'reason'] as const
  const rows = shown.map((letter) => columns.map((column) => printable(textIn(letter, column))))
  for (const line of tableText(['ID', 'RECEIVED', 'SENDER', 'CODE', 'REASON'], rows))
    terminal.out(line)
  if (found.length > first) terminal.note(`There are more: --first ${first * 10}`)
  return 0
}

async function show(door: Door, id: string, { terminal, json }: Invocation): Promise<ExitCode> {
  for await (const letter of lettersOf(door, showQuery)) {
    if (letter['id'] !== id) continue
    if (json) terminal.out(JSON.stringify(letter))
    else print(letter, terminal)
    return 0
  }
  throw new LinewardError(
    'NOT_FOUND',
    `No dead letter has the id ${printable(id)}: dead-letters list shows those there are`,
  )
}

function print(letter: Fields, terminal: Terminal): void {
  const rows = ['code', 'reason', 'sender', 'receivedAt'].map((key) => [
    key,
    printable(textIn(letter, key)),
  ])
  for (const [key = '', value = ''] of rows) terminal.out(`${key.padEnd(12)}${value}`)
  const event: unknown = letter['event']
  terminal.out('event')
  const text = typeof event === 'string' ? event : JSON.stringify(event, undefined, 2)
  for (const line of text.split('\n')) terminal.out(`  ${printable(line)}`)
}

async function replay(
  door: Door,
  ids: readonly string[] | undefined,
  { terminal, json }: Invocation,
): Promise<ExitCode> {
  let replayed = 0
  let stillDead = 0
  for await (const result of ids === undefined ? allReplayed(door) : theseReplayed(door, ids)) {
    replayed += Number(result['replayed'])
    stillDead += Number(result['stillDead'])
    terminal.progress(`Tried again ${figure(replayed + stillDead)}, read now ${figure(replayed)}`)
  }
  terminal.progress(undefined)
  if (json) terminal.out(JSON.stringify({ replayed, stillDead }))
  else {
    const rows = [
      ['read now', figure(replayed)],
      ['still dead', figure(stillDead)],
    ]
    for (const line of tableText(['DEAD LETTERS', 'COUNT'], rows)) terminal.out(line)
  }
  return stillDead > 0 ? 3 : 0
}

async function* theseReplayed(door: Door, ids: readonly string[]): AsyncGenerator<Fields> {
  for (let start = 0; start < ids.length; start += replayAtOnce) {
    yield await replayedOf(door, { ids: ids.slice(start, start + replayAtOnce) })
  }
}

async function* allReplayed(door: Door): AsyncGenerator<Fields> {
  let after: unknown = null
  do {
    const result = await replayedOf(door, { after })
    yield result
    after = result['endCursor']
  } while (typeof after === 'string')
}

async function replayedOf(door: Door, variables: Fields): Promise<Fields> {
  return fieldsIn(await query(door, replayMutation, variables), 'replayDeadLetters')
}

/** All of them, page after page, the newest first. */
async function* lettersOf(door: Door, text: string): AsyncGenerator<Fields> {
  let after: unknown = null
  for (;;) {
    const page = fieldsIn(await query(door, text, { first: pageMax, after }), 'deadLetters')
    for (const edge of listIn(page, 'edges')) yield fieldsIn(edge, 'node')
    const { hasNextPage, endCursor } = fieldsIn(page, 'pageInfo')
    if (hasNextPage !== true) return
    after = endCursor
  }
}
