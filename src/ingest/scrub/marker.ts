/**
 * Everything that can be found. The word is what a marker shows and what an exposure is stored
 * under, so none is ever reused for something else.
 */
const detectors = [
  // What a name says of its value.
  'password',
  'secret',
  'token',
  'credential',
  'access-key',
  'api-key',
  'private-key',
  // What a value says of itself.
  'aws-access-key-id',
  'aws-secret-key',
  'aws-session-token',
  'azure-key',
  'basic-auth',
  'bearer-token',
  'databricks-token',
  'github-token',
  'gitlab-token',
  'google-key',
  'jwt',
  'npm-token',
  'openai-key',
  'slack-token',
  'stripe-key',
  'uri-signature',
  'uri-userinfo',
  // Identifiers of people.
  'card',
  'email',
  'mbi',
  'mrn',
  'npi',
  'phone',
  'ssn',
  // What goes wherever it stands, whatever it is: data that an event carries, a value in a statement.
  'literal',
  'payload',
  // A text in which replacing kept giving rise to new finds: gone as a whole.
  'text',
] as const

export type Detector = (typeof detectors)[number]

/** One thing that was found: what, where, and what takes its place if not the marker. */
export type Span = Readonly<{ start: number; end: number; detector: Detector; put?: string }>

const markers: ReadonlySet<string> = new Set(detectors.map(markerOf))

/** Any marker inside of a text. */
export const markerPattern = new RegExp(`\\[scrubbed:(?:${detectors.join('|')})\\]`, 'g')

/** What stands where a find was: `[scrubbed:ssn]`. */
export function markerOf(detector: Detector): string {
  return `[scrubbed:${detector}]`
}

/** Whether the text is a marker and nothing else. `[scrubbed:hunter2]` is none. */
export function isMarker(text: string): boolean {
  return text.startsWith('[scrubbed:') && markers.has(text)
}

/** Puts a marker (or what the span says) at each span; spans are in order and do not overlap. */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  let out = ''
  let from = 0
  for (const { start, end, detector, put } of spans) {
    out += text.slice(from, start) + (put ?? markerOf(detector))
    from = end
  }
  return out + text.slice(from)
}
