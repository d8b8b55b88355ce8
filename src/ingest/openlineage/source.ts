import type { Json } from '../../model/index.ts'
import { textIn } from '../members.ts'

const sourceCharactersMax = 200

/**
 * The source of an OpenLineage event: `openlineage:` and who produced it, without what changes from
 * release to release (a git ref, a version), credentials, query or fragment; `openlineage:unknown`
 * when it does not say. Read from the scrubbed event.
 */
export function sourceOf(event: Json): string {
  const producer = textIn(event, 'producer')
  const told = producer === undefined ? '' : steadyPart(producer)
  return `openlineage:${told === '' ? 'unknown' : told.slice(0, sourceCharactersMax)}`
}

function steadyPart(producer: string): string {
  const address = producer
    .replace(/[?#].*$/s, '')
    .replace(/^(https?:)\/{0,2}/i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/[\s\p{C}]+/gu, ' ')
  return address
    .split('/')
    .filter((part, index, parts) => part !== '' && !isRef(part, parts[index - 1]))
    .join('/')
}

/** `tree` or `blob`, the ref behind it, and whatever looks like a version. */
function isRef(part: string, before: string | undefined): boolean {
  return isTree(part) || (before !== undefined && isTree(before)) || version.test(part)
}

const version = /^v?\d+(?:[.-]\w+)+$/i

function isTree(part: string): boolean {
  return part === 'tree' || part === 'blob'
}
