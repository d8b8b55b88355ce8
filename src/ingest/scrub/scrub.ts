import type { Json } from '../../model/index.ts'
import type { Find } from './find-log.ts'
import { isJsonObject } from '../../model/index.ts'
import { contextPlace, positions } from './positions.ts'
import { Scrubber } from './scrubber.ts'

export type Scrubbed = Readonly<{ value: Json; finds: readonly Find[] }>

/** The version of the tables and rules: goes up with them. */
export const scrubVersion = 1

/**
 * The event with each secret and identifier replaced by a marker that says what it was
 * (`[scrubbed:password]`), and the list of what was found, for `exposure` facts. What is looked for
 * depends on the place (`positions.ts`), what counts as a find on `detectors.ts`: names, references
 * and ids stay, so that the event means the same lineage.
 *
 * Keys, array lengths and types stay, but for a number that was a secret, and a key outside of the
 * tables with an identifier in it; keys stay distinct. Equal events give equal results, scrubbing a
 * result changes nothing, and an event without a find comes back as it is, the same object. Takes any
 * JSON and throws nothing.
 *
 * @see openlineage.md, section 8
 */
export function scrub(event: Json, format: keyof typeof positions): Scrubbed {
  const scrubber = new Scrubber()
  const value = scrubber.visit(event, { place: positions[format], name: '', secret: undefined })
  return { value, finds: scrubber.finds() }
}

/**
 * Free text without secrets and identifiers: a body that is no JSON, an error's message. Finds have
 * the empty path.
 */
export function scrubText(text: string): {
  readonly text: string
  readonly finds: readonly Find[]
} {
  const scrubber = new Scrubber()
  return { text: scrubber.text(text, 'text', ''), finds: scrubber.finds() }
}

/**
 * What a sender said beside the bytes (`context.account=…`), without secrets and identifiers. Paths
 * of finds begin with `/context`.
 */
export function scrubContext(context: Readonly<Record<string, string>>): {
  readonly context: Readonly<Record<string, string>>
  readonly finds: readonly Find[]
} {
  const scrubber = new Scrubber()
  const clean = scrubber.visit(context, { place: contextPlace, name: '', secret: undefined })
  const entries = isJsonObject(clean) ? Object.entries(clean) : []
  return {
    context: Object.fromEntries(entries.map(([key, text]) => [key, String(text)])),
    finds: scrubber.finds().map((find) => ({ ...find, path: `/context${find.path}` })),
  }
}
