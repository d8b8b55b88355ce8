import type { Json } from '../../model/index.ts'

/**
 * The spellings by which AWS hides a value. What is hidden is neither there nor absent: it is never a
 * name, and its absence proves nothing.
 *
 * @see aws-events.md section 5.1
 */
const marker =
  /^(?:\*{3,}|[^]{0,1000}\*{3}(?:OMITTED\*{3}|\(Redacted\))[^]*|HIDDEN_(?:DUE_TO|FOR)_SECURITY_REASONS|<?sensitive ?data ?removed>?|Value hidden due to security reasons\.?)$/i

/** Whether the whole value, or a part of it, is hidden. */
export function isRedacted(value: Json | undefined): boolean {
  return typeof value === 'string' && marker.test(value)
}
