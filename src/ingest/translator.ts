import type { Fact, Micros } from '../model/index.ts'

/**
 * How it is known what an event of this kind looks like: seen in a record of a live account, printed
 * in AWS's documentation, or inferred from the shape of the request by CloudTrail's rule of casing.
 *
 * @see aws-events.md, marks R, D and I
 */
export type Proof = 'record' | 'documentation' | 'inferred'

/** Who reads one kind of event. `gives` says in words what its facts are, for docs/coverage.md. */
export type Translator<Event> = Readonly<{
  gives: string
  proof: Proof
  translate: (event: Event) => readonly Fact[]
  /** It only asks for something; what came of it is told by another event. So it may give nothing. */
  asksOnly?: true
}>

/** By the name of the event, as its format says it: `kinesis:CreateStream`. */
export type Translators<Event> = Readonly<Record<string, Translator<Event>>>

/**
 * Events of one source that no translator reads, and why: `*` stands for any letters, `but` for names
 * that are not meant.
 */
export type Unread = Readonly<{
  source: string
  names: readonly string[]
  but?: readonly string[]
  why: string
}>

/** What a translator gives, or that the event does not say what it is about. `path` is where it would. */
export function readBy<Event extends Readonly<{ at: Micros }>>(
  { translate, asksOnly }: Translator<Event>,
  event: Event,
  { name, path }: Readonly<{ name: string; path: string }>,
): readonly Fact[] {
  const facts = translate(event)
  if (facts.length > 0 || asksOnly === true) return facts
  const reason = `${name} names nothing that it is about: what would is missing, empty or hidden`
  return [{ kind: 'problem', at: event.at, code: 'EVENT_UNIDENTIFIABLE', path, reason, names: [] }]
}

/** A test for the names that a row means. */
export function matcherOf({
  names,
  but = [],
}: Pick<Unread, 'names' | 'but'>): (name: string) => boolean {
  const [yes, no] = [patternOf(names), patternOf(but)]
  return (name) => yes.test(name) && !no.test(name)
}

function patternOf(names: readonly string[]): RegExp {
  const escaped = names.map((name) => name.replaceAll(/[^\w* ]/g, '\\$&').replaceAll('*', '.*'))
  return names.length === 0 ? /$^/ : new RegExp(`^(?:${escaped.join('|')})$`, 's')
}
