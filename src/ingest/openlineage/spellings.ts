import type { Json, Spelling } from '../../model/index.ts'
import { isJsonObject } from '../../model/index.ts'
import { isList, textIn } from '../members.ts'

/**
 * Every dataset that a value names somewhere inside, whatever its shape: objects with a `namespace`
 * and a `name` that are text, but for those that say they are a JOB.
 */
export function* spellingsIn(value: Json | undefined): Generator<Spelling> {
  if (isList(value)) {
    for (const item of value) yield* spellingsIn(item)
    return
  }
  if (!isJsonObject(value)) return
  const namespace = textIn(value, 'namespace')
  const name = textIn(value, 'name')
  const isJob = textIn(value, 'type')?.toUpperCase() === 'JOB'
  if (namespace !== undefined && name !== undefined && !isJob) yield { namespace, name }
  for (const item of Object.values(value)) yield* spellingsIn(item)
}
