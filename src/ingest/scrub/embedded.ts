import type { Json } from '../../model/index.ts'
import { parseJson } from '../../model/index.ts'

/** How Athena keeps a view: a comment around base64 of JSON. */
export const prestoView =
  /^(\s*\/\* Presto (?:Materialized )?View: )([A-Za-z0-9+/]+={0,2})( \*\/\s*)$/

/** How a list or an object begins and ends: `[aws-sdk-java/2.31]` is none of both. */
const document = /^\s*(?:\[\s*(?:["[{\]\d-]|true|false|null)|\{\s*["}])[^]*[\]}]\s*$/

/** The list or object of a text, if it is one. */
export function parsedOrUndefined(text: string): Json | undefined {
  if (!document.test(text)) return undefined
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}

/** A text encoded as in a URL, if it is one. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
