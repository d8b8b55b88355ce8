import type { AsOf, EvidenceOf } from '../../../graph/index.ts'
import type { Entry, Json, Micros } from '../../../model/index.ts'
import type { PageArgs } from '../args.ts'
import type { Connection } from '../connection.ts'
import type { ApiContext } from '../context.ts'
import { isJsonObject, parseJson, parseTime } from '../../../model/index.ts'
import { connection } from '../connection.ts'
import { mayReadEvents } from '../visible.ts'

/** `Evidence` in schema.graphql: an entry of the ledger. */
export const evidenceResolvers = {
  Evidence: {
    eventTime: timeOf,
    event: (entry: Entry, _args: unknown, { caller }: ApiContext) =>
      mayReadEvents(caller) ? eventOf(entry) : undefined,
  },
}

/** A page of the entries that say so, opened in one call of the ledger. */
export function evidencePage(
  of: EvidenceOf,
  asOf: AsOf,
  args: PageArgs,
  context: ApiContext,
): Promise<Connection<Entry>> {
  return connection(args, context, {
    fetch: (page) => context.graph.evidence(of, asOf, page),
    view: (keys) => context.load.entries(keys),
  })
}

/** The newest `first` entries that say so. */
export async function entriesOf(
  of: EvidenceOf,
  asOf: AsOf,
  first: number,
  { graph, load }: ApiContext,
): Promise<readonly Entry[]> {
  const { items } = await graph.evidence(of, asOf, { first })
  return load.entries(items.map(({ node }) => node))
}

/** What was handed in, scrubbed: as JSON where it is JSON, else as text; undefined: it is erased. */
export function eventOf({ erased, format, payload }: Entry): Json | undefined {
  if (erased === true) return undefined
  return format === 'text' ? payload : parseJson(payload)
}

/**
 * The event's time in its source's own words where these are UTC already: they may be finer than
 * the microseconds that we count in.
 */
function timeOf({ erased, format, payload, eventTime }: Entry): Micros | string {
  if (erased === true || format !== 'openlineage') return eventTime
  const event: unknown = parseJson(payload)
  const text = isJsonObject(event) ? event['eventTime'] : undefined
  const isSame = typeof text === 'string' && utc.test(text) && parseTime(text) === eventTime
  return isSame ? text : eventTime
}

const utc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/
