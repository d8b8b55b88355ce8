import type { Json } from '../../model/index.ts'
import type { Find } from './find-log.ts'
import type { ScrubRules } from './rules.ts'
import { isJsonObject } from '../../model/index.ts'
import { contextPlace, placeOfFormat } from './positions.ts'
import { ReadBefore } from './read-before.ts'
import { Scrubber } from './scrubber.ts'
import { SpecialStrings } from './special-strings.ts'
import { TextReader } from './text.ts'
import { tokensUnder } from './token.ts'

export type Scrubbed = Readonly<{ value: Json; finds: readonly Find[] }>
export type ScrubbedText = Readonly<{ text: string; finds: readonly Find[] }>
export type ScrubbedContext = Readonly<{
  context: Readonly<Record<string, string>>
  finds: readonly Find[]
}>

/** The version of the tables and rules: goes up with them, and is kept with every entry. */
const version = 3

/** What takes secrets, identifiers and patients' data out, before anything is written or logged. */
export type Scrub = Readonly<{
  /**
   * The event with each secret and identifier replaced by a marker that says what it was
   * (`[scrubbed:password]`), and the list of what was found, for `exposure` facts. What is looked for
   * depends on the place (`positions.ts`), what counts as a find on `detectors.ts`: names, references
   * and ids stay, so that the event means the same lineage. Where equality matters and the value must
   * not stand, there is a token (`~…`) instead, which is no find unless an identifier was in it.
   *
   * Keys, array lengths and types stay, but for a number that was a secret, a payload that goes as a
   * whole, and a key outside of the tables with an identifier in it; keys stay distinct. Equal events
   * give equal results, scrubbing a result changes nothing, and an event in which nothing changes comes
   * back as it is, the same object. Takes any JSON and throws nothing.
   *
   * @see openlineage.md, section 8; aws-events.md, sections 5, 7.11 and 8
   */
  event: (event: Json, format: string) => Scrubbed
  /**
   * What a sender said beside the bytes (`context.account=…`), without secrets and identifiers. Paths
   * of finds begin with `/context`.
   */
  context: (context: Readonly<Record<string, string>>) => ScrubbedContext
  /**
   * Free text without secrets and identifiers: a body that is no JSON, an error's message. Finds have
   * the empty path.
   */
  text: (text: string) => ScrubbedText
  version: number
}>

/** A scrubber by the rules of a deployment. The same rules give the same results for ever. */
export function createScrub(rules: ScrubRules): Scrub {
  const reader = new TextReader(rules)
  const specials = new SpecialStrings(reader, tokensUnder(rules.tokenKey))
  const parts = { reader, specials, before: new ReadBefore() }
  return {
    version,
    event(event, format) {
      const scrubber = new Scrubber(parts)
      const value = scrubber.visit(event, {
        place: placeOfFormat(format),
        name: '',
        secret: undefined,
      })
      return { value, finds: scrubber.finds() }
    },
    context(context) {
      const scrubber = new Scrubber(parts)
      const clean = scrubber.visit(context, { place: contextPlace, name: '', secret: undefined })
      const entries = isJsonObject(clean) ? Object.entries(clean) : []
      return {
        context: Object.fromEntries(entries.map(([key, text]) => [key, String(text)])),
        finds: scrubber.finds().map((find) => ({ ...find, path: `/context${find.path}` })),
      }
    },
    text(text) {
      const scrubber = new Scrubber(parts)
      return { text: scrubber.text(text, 'text', ''), finds: scrubber.finds() }
    },
  }
}
