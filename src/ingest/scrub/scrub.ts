import type { Json } from '../../model/index.ts'
import type { Find } from './find-log.ts'
import type { ScrubRules } from './scrubber.ts'
import { isJsonObject } from '../../model/index.ts'
import { contextPlace, placeOfEvent } from './positions.ts'
import { Scrubber } from './scrubber.ts'

export type Scrubbed = Readonly<{ value: Json; finds: readonly Find[] }>

/** Goes up with the tables and rules: what an older version let through can be scrubbed again. */
const version = 2

/**
 * The scrubber of an installation. Whatever it gives is clean: scrubbing it again changes nothing, and
 * equal input gives equal results. It takes any JSON or text and throws nothing.
 *
 * @see openlineage.md section 8, aws-events.md section 8
 */
export type Scrub = Readonly<{
  version: number
  /**
   * The event with each secret and identifier replaced by a marker that says what it was
   * (`[scrubbed:password]`), each file name of an object by a token, and the list of what was found,
   * for `exposure` facts. What is looked for depends on the place (`positions.ts`), what counts as a
   * find on `detectors.ts`: names, references and ids stay, so that the event means the same lineage.
   *
   * Keys, array lengths and types stay, but for a number that was a secret, and a key outside of the
   * tables with an identifier in it; keys stay distinct. An event without a find comes back as it is,
   * the same object.
   */
  event: (event: Json, format: string) => Scrubbed
  /** Free text: a body that is no JSON, an error's message. Finds have the empty path. */
  text: (text: string) => Readonly<{ text: string; finds: readonly Find[] }>
  /** What a sender said beside the bytes (`context.account=…`). Paths of finds begin with `/context`. */
  context: (context: Readonly<Record<string, string>>) => Readonly<{
    context: Readonly<Record<string, string>>
    finds: readonly Find[]
  }>
}>

export function createScrub(rules: ScrubRules): Scrub {
  return {
    version,
    event(event, format) {
      const scrubber = new Scrubber(rules)
      const place = placeOfEvent(format, event)
      const value = scrubber.visit(event, { place, name: '', secret: undefined })
      return { value, finds: scrubber.finds() }
    },
    text(text) {
      const scrubber = new Scrubber(rules)
      return { text: scrubber.text(text, 'text', ''), finds: scrubber.finds() }
    },
    context(context) {
      const scrubber = new Scrubber(rules)
      const clean = scrubber.visit(context, { place: contextPlace, name: '', secret: undefined })
      const entries = isJsonObject(clean) ? Object.entries(clean) : []
      return {
        context: Object.fromEntries(entries.map(([key, text]) => [key, String(text)])),
        finds: scrubber.finds().map((find) => ({ ...find, path: `/context${find.path}` })),
      }
    },
  }
}
