import type { Coverage } from '../src/ingest/index.ts'
import { coverage, logsGive } from '../src/ingest/index.ts'
import { table } from './markdown-table.ts'

const proofs = {
  record: 'a record of a live account',
  documentation: "AWS's documentation",
  inferred: 'inferred',
} as const

/** docs/coverage.md: every event of AWS that is known, by the tables of translators. */
export function coveragePage(): string {
  const { calls, events } = coverage
  return `# What is read of AWS

<!-- Written by \`npm run docs\` from the tables of translators in src/ingest. -->

Events come as CloudTrail records of calls and as events that services send by EventBridge. Each is in
one of three tables: read, kept unread with the reason, or known to tell nothing of where data went,
and then counted and not kept. An event that is in no table is kept, and counted as unknown. A call that
was refused gives nothing of what it asked for. What an event hides (\`***OMITTED***\`, emptied lists and
the like) is unknown, and said to be so.

How the shape of an event is proved: ${proofs.record} was seen, it is printed in
${proofs.documentation}, or it is inferred from the request of the API by CloudTrail's rule of casing.

## Calls, by CloudTrail

${readTable(calls, (name) => name.split(':', 2) as [string, string])}

## Events of services' own, by EventBridge

${readTable(events, (name) => [name.slice(0, name.indexOf(' ')), name.slice(name.indexOf(' ') + 1)])}

## Logs that are text

${table(
  ['format', 'gives'],
  logsGive.map(([log, gives]) => [`\`${log}\``, gives]),
)}

## Kept unread

${unreadTable([...calls.kept, ...events.kept])}

## Counted and not kept

Calls only where they are read-only, succeeded, and are no data events.

${unreadTable([...calls.irrelevant, ...events.irrelevant])}
`
}

function readTable({ read }: Coverage, split: (name: string) => readonly [string, string]): string {
  const rows = Object.entries(read)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { gives, proof }]) => {
      const [system, event] = split(name)
      return [`\`${system}\``, `\`${event}\``, gives, proofs[proof]]
    })
  return table(['system', 'event', 'gives', 'shape'], rows)
}

/** Sources about which the same is said share a row. */
function unreadTable(rows: Coverage['kept']): string {
  const groups = Map.groupBy(rows, ({ names, but, why }) => JSON.stringify([names, but, why]))
  const lines = [...groups.values()].map((group) => {
    const [{ names, but = [], why } = { names: [], why: '' }] = group
    const meant = coded(names)
    return [
      coded(group.map(({ source }) => source)),
      but.length === 0 ? meant : `${meant}; not ${coded(but)}`,
      why,
    ]
  })
  return table(['system', 'events', 'why'], lines)
}

function coded(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(', ')
}
