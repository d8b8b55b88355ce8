import type { Config } from '../../config.ts'
import type { Allowance } from '../body/allowance.ts'
import type { Body } from '../body/body.ts'
import type { Intake, IntakeResult, IntakeTerms } from '../parts.ts'
import type { Meters } from '../meters.ts'
import type { FastifyRequest } from 'fastify'
import { eventGroups } from '../body/event-groups.ts'
import { beginsAsArray } from '../body/event-splitter.ts'
import { readRequest } from '../body/request-body.ts'
import { callerOf, confirmCaller } from '../parts.ts'

export type TakeParts = Readonly<{
  intake: Intake
  config: Config
  allowance: Allowance
  meters: Meters
}>

/**
 * `isList`: the body was an array or held several events. `isBare`: it was no array, and no object was
 * in it, well formed or not.
 */
export type Taken = IntakeResult & Readonly<{ isList: boolean; isBare: boolean }>

const nothing: IntakeResult = {
  received: 0,
  accepted: 0,
  duplicates: 0,
  irrelevant: 0,
  unknown: 0,
  deadLettered: 0,
  warnings: [],
  failed: [],
}

/**
 * Reads the events of a request and hands them in, group by group. When it resolves, what was
 * accepted is on disk. When it fails half way, what was accepted before stays: sending all of it
 * again says nothing twice.
 *
 * @throws LinewardError as reading a body does, before anything is handed in; UNAUTHENTICATED when
 *   the token was revoked meanwhile; NOT_DURABLE.
 */
export async function takeEvents(
  request: FastifyRequest,
  { intake, config, allowance, meters }: TakeParts,
  how: Pick<IntakeTerms, 'mode' | 'context'>,
): Promise<Taken> {
  const { name: sender, formats, namespaces, accounts, mapping } = callerOf(request)
  const scope = { formats, namespaces, accounts, mapping }
  const terms: IntakeTerms = { ...how, ...scope, sender, trust: 'SELF_REPORTED' }
  using holding = allowance.open()
  const read = await readRequest(request, config, holding)
  let total = nothing
  let hasObject = false
  for await (const { first, texts } of await eventGroups(read, config)) {
    confirmCaller(request)
    const result = await intake.accept(texts, terms)
    meters.took(result)
    total = sum(total, result, first)
    hasObject ||= texts.some((text) => /^\s*\{/.test(text))
  }
  const isWhole = await isArray(read.body)
  return { ...total, isList: total.received > 1 || isWhole, isBare: !isWhole && !hasObject }
}

function sum(before: IntakeResult, more: IntakeResult, first: number): IntakeResult {
  const moved = <Note extends { readonly index: number }>(note: Note): Note => ({
    ...note,
    index: note.index + first,
  })
  return {
    received: before.received + more.received,
    accepted: before.accepted + more.accepted,
    duplicates: before.duplicates + more.duplicates,
    irrelevant: before.irrelevant + more.irrelevant,
    unknown: before.unknown + more.unknown,
    deadLettered: before.deadLettered + more.deadLettered,
    warnings: [...before.warnings, ...more.warnings.map(moved)],
    failed: [...before.failed, ...more.failed.map(moved)],
  }
}

async function isArray({ chunks }: Body): Promise<boolean> {
  for await (const chunk of chunks()) {
    const begins = beginsAsArray(chunk)
    if (begins !== undefined) return begins
  }
  return false
}
