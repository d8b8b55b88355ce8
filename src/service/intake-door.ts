import type {
  Intake as Door,
  IntakeNote,
  IntakeResult,
  IntakeTerms,
  PassedOver,
} from '../api/index.ts'
import type { Intake, ItemOutcome, Received } from '../ingest/index.ts'
import type { JsonBounds } from '../model/index.ts'
import { LinewardError } from '../errors.ts'
import { overBounds, parseJsonRounded, unrounded } from '../model/index.ts'

/** The intake as the doors know it: texts in, counts and coded notes out. */
export function intakeDoor(
  intake: Pick<Intake, 'accept' | 'passedOver'>,
  bounds: JsonBounds,
): Door {
  return {
    async accept(events, terms, passedOver = []) {
      const received = events.values().map((text) => receivedOf(text, terms, bounds))
      const tallies = { sender: terms.sender, tallies: passedOver }
      return counted(await intake.accept(received, tallies), passedOver)
    },
    passedOver(text, value, terms) {
      if (overBounds(text, bounds) !== undefined) return undefined
      return intake.passedOver({ ...howOf(terms), value })
    },
  }
}

function howOf(terms: IntakeTerms): Omit<Received, 'value' | 'text'> {
  const { sender, trust, context, mode, formats, namespaces, accounts, mapping } = terms
  return { sender, trust, context, mode, scope: { formats, namespaces, accounts }, mapping }
}

function receivedOf(text: string, terms: IntakeTerms, bounds: JsonBounds): Received {
  const how = howOf(terms)
  const over = overBounds(text, bounds)
  if (over !== undefined) {
    return {
      ...how,
      text,
      failing: { code: 'EVENT_OVER_LIMIT', reason: `The event ${over}`, path: '' },
    }
  }
  try {
    const value = parseJsonRounded(text)
    return { ...how, value, exact: () => unrounded(text, value) }
  } catch (error) {
    if (!(error instanceof LinewardError) || error.code !== 'JSON_MALFORMED') throw error
    const { code, message } = error
    // A text can still be a record of a log; what is JSON but for a fault says where that lies.
    const failing = how.mode === 'refuse' ? { failing: { code, reason: message, path: '' } } : {}
    return { ...how, text, ...failing }
  }
}

/** How each outcome is counted; what is refused was never received for keeping. */
const counters = {
  accepted: 'accepted',
  duplicate: 'duplicates',
  irrelevant: 'irrelevant',
  unknown: 'unknown',
  'dead-lettered': 'deadLettered',
  refused: undefined,
} as const satisfies Record<ItemOutcome['status'], keyof IntakeResult | undefined>

function counted(
  outcomes: readonly ItemOutcome[],
  passedOver: readonly PassedOver[],
): IntakeResult {
  const irrelevant = passedOver.reduce((sum, { count }) => sum + count, 0)
  const counts = { accepted: 0, duplicates: 0, irrelevant, unknown: 0, deadLettered: 0 }
  const warnings: IntakeNote[] = []
  const failed: IntakeResult['failed'][number][] = []
  for (const { item: index, status, code, path = '', reason = '', ...outcome } of outcomes) {
    const counter = counters[status]
    if (counter !== undefined) counts[counter] += 1
    if (code !== undefined) {
      failed.push({ index, code, path, message: reason, kept: status === 'dead-lettered' })
    }
    for (const warning of outcome.warnings) warnings.push({ index, ...warning })
  }
  return { received: outcomes.length + irrelevant, ...counts, warnings, failed }
}
