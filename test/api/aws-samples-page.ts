import type { Running } from '../service.ts'

export const outcomes = [
  'received',
  'accepted',
  'duplicates',
  'irrelevant',
  'unknown',
  'deadLettered',
] as const
/** What the door says became of a body's events. */
export type Counts = Readonly<Record<(typeof outcomes)[number], number>>

/** What a file of samples holds that is rightly nobody's event. A file that is not here has none. */
export const rightlyDead: Readonly<Record<string, string>> = {
  'envelopes/lambda-cloudwatch-logs.json': 'lines of an application in its log group',
  'envelopes/lambda-config-rule.json': 'what AWS Config asks a function: it says of no data',
  'envelopes/lambda-firehose-transform-response.json': 'what a function answered, with data in it',
  'envelopes/lambda-sns.json': 'the message is a greeting',
  'envelopes/lambda-sqs.json': 'the message is a text',
  'envelopes/s3-object-lambda.json': 'what S3 asks a function: a request with no time',
  'envelopes/sns-in-sqs.json': 'the message is an object of an application',
  'phi-services/GetTranscriptionJob__awsdocs2021.json': 'the time of the page is `timestamp`',
  'phi-services/StartTranscriptionJob__awsdocs2021.json': 'the time of the page is `timestamp`',
  'redshift/audit-connectionlog-lines__test-drive.json':
    'it quotes a log; the log itself is read, as text',
  'redshift/audit-log-object-listing__test-drive.json': 'a listing of 65 objects of a bucket',
  'redshift/audit-useractivitylog-lines__sumologic.json':
    'it quotes a log; the log itself is read, as text',
}

type Counted = Readonly<{ source: string; count: number }>

/** The tables of the page: by format as intake counts them, by folder, and each dead letter. */
export async function pageOf(server: Running, alone: ReadonlyMap<string, Counts>): Promise<string> {
  const folders = Map.groupBy(alone, ([file]) => file.split('/')[0] ?? '')
  const folderRows = [...folders].map(([folder, files]) => {
    const total = totalOf(files.map(([, counts]) => counts))
    return [folder, files.length, ...outcomes.map((name) => total[name])]
  })
  const total = totalOf([...alone.values()])
  const deadRows = Object.entries(rightlyDead).map(([file, why]) => [
    `\`${file}\``,
    alone.get(file)?.deadLettered ?? 0,
    why,
  ])
  return [
    '# What becomes of the samples of AWS',
    '',
    'Each file once through `POST /api/v1/events`; the two logs of Redshift also as the text that they',
    'quote. Pages of AWS use one id for several events: one of those is in effect.',
    '',
    ...tableText(
      ['format', 'kept', 'in effect', 'of these unknown', 'irrelevant'],
      await formatRowsOf(server),
    ),
    '',
    ...tableText(
      ['folder', 'files', ...outcomes],
      [...folderRows, ['all', alone.size, ...outcomes.map((name) => total[name])]],
    ),
    '',
    ...tableText(['dead letters of', 'count', 'why that is right'], deadRows),
    '',
  ].join('\n')
}

async function formatRowsOf({ url, tokens, service }: Running) {
  const { ledger, projector } = service
  const { entries } = ledger.head()
  await projector.reached(entries, 20_000)
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      query: `{ intake {
        sources { source count: events }
        unknownEvents(first: 1000) { source count }
        irrelevantEvents(first: 1000) { source count } } }`,
    }),
  })
  const { data } = (await answer.json()) as {
    data: { intake: Readonly<Record<string, readonly Counted[]>> }
  }
  const events = (await ledger.read(0, entries)).filter(({ kind }) => kind === 'event')
  const lists = [
    events.map(({ source }) => ({ source, count: 1 })),
    ...['sources', 'unknownEvents', 'irrelevantEvents'].map((list) => data.intake[list] ?? []),
  ]
  const formatOf = ({ source }: Counted): string => source.split(':')[0] ?? ''
  const formats = new Set(lists.flat().map(formatOf))
  return [...formats].toSorted().map((format) => {
    const sums = lists.map((list) =>
      sumOf(list.filter((one) => formatOf(one) === format).map(({ count }) => count)),
    )
    return [format, ...sums]
  })
}

export const sumOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0)

export function totalOf(all: readonly (Counts | undefined)[]): Counts {
  return Object.fromEntries(
    outcomes.map((name) => [name, sumOf(all.map((one) => one?.[name] ?? 0))]),
  ) as Counts
}

/** A table of Markdown, its columns as wide as what is in them. */
function tableText(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): readonly string[] {
  const all = [head, ...rows].map((row) => row.map(String))
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [first = [], ...rest] = all
  return [line(first), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)]
}
