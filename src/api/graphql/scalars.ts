import type { ValueNode } from 'graphql'
import type { Json, Micros, Position } from '../../model/index.ts'
import { Kind } from 'graphql'
import { LinewardError } from '../../errors.ts'
import { formatTime, micros, parseTime } from '../../model/index.ts'

/** What mercurius sets on a scalar of the schema. A value that cannot be read: ARGUMENT_INVALID. */
type Scalar<Inside> = Readonly<{
  serialize: (value: unknown) => unknown
  parseValue: (value: unknown) => Inside
  parseLiteral: (node: ValueNode) => Inside
}>

/** Inside whole microseconds; out in UTC, or the source's own text where it is at hand. */
const dateTime: Scalar<Micros> = {
  serialize: (value) => (typeof value === 'number' ? formatTime(micros(value)) : value),
  parseValue: parseDateTime,
  parseLiteral: (node) => parseDateTime(node.kind === Kind.STRING ? node.value : undefined),
}

const position: Scalar<Position> = {
  serialize: (value) => value,
  parseValue: parsePosition,
  parseLiteral: (node) => parsePosition(node.kind === Kind.STRING ? node.value : undefined),
}

const long: Scalar<number> = {
  serialize: parseLong,
  parseValue: parseLong,
  parseLiteral: (node) => parseLong(node.kind === Kind.INT ? Number(node.value) : undefined),
}

/** Nothing takes JSON, so there is no reading of it. Numbers keep the digits that they came with. */
const json: Scalar<Json> = {
  serialize: (value) => value,
  parseValue: refuseJson,
  parseLiteral: refuseJson,
}

/** The scalars of schema.graphql by name. */
export const scalars = { DateTime: dateTime, Position: position, Long: long, JSON: json }

function parseDateTime(value: unknown): Micros {
  const at = typeof value === 'string' ? parseTime(value) : undefined
  if (at !== undefined) return at
  throw new LinewardError(
    'ARGUMENT_INVALID',
    'A time is ISO 8601, like 2026-03-01T12:00:00Z, from 1685 to 2200',
  )
}

function parsePosition(value: unknown): Position {
  if (typeof value === 'string' && value.length <= 300) return value as Position
  throw new LinewardError('ARGUMENT_INVALID', 'A position is a text that an answer gave')
}

function parseLong(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new LinewardError('ARGUMENT_INVALID', 'A whole number up to 2^53 is needed')
}

function refuseJson(): never {
  throw new LinewardError('ARGUMENT_INVALID', 'No argument is JSON')
}
